"""What the twin of UIDAI knows: agencies, residents, devices, and what it is told to do to whom."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.x509 import Certificate

from rasad.connectors.aadhaar.codes import Call, code_of
from rasad.connectors.aadhaar.keys import Pair
from rasad.connectors.aadhaar.residents import PUBLISHED, Resident, token, vid

ANYBODY = "*"
# Of these UIDAI speaks for a finger only; every other code of its table may follow a code on a mobile, too.
FOR_FINGERS = {"300", *map(str, range(310, 319)), "330", "811", "812", *map(str, range(914, 918)), "951"}
ACTIONS = {"998": "A202", "997": "A301", "996": "A401"}


@dataclass(frozen=True)
class Licensed:
    """An agency that may ask (AUA): its licence, those it asks for, the ASAs it goes through, its certificate."""

    aua: str
    licence: str = field(repr=False)
    sub_auas: frozenset[str]
    asa_licences: frozenset[str] = field(repr=False)
    certificate: Certificate = field(repr=False)
    may_use_devices: bool = True


@dataclass(frozen=True)
class Devices:
    """The registry of devices: providers, their software and its versions, models, and what was blocked."""

    providers: frozenset[str] = frozenset({"RASAD.TWIN"})
    software: frozenset[str] = frozenset({"RASAD.TWIN.001"})
    versions: frozenset[str] = frozenset({"1.0.0"})
    models: frozenset[str] = frozenset({"TWIN-L1"})
    blocked: frozenset[str] = frozenset()


@dataclass
class Behaviour:
    """What happens to the next requests about somebody, until `times` is used up."""

    code: str = ""
    action: str = ""
    delay: float = 0
    is_dropped: bool = False
    status: int = 200
    is_rubbish: bool = False
    is_forged: bool = False
    times: int | None = None

    def __str__(self) -> str:
        usual = Behaviour()
        told = {name: one for name, one in vars(self).items() if one != getattr(usual, name)}
        return ", ".join(f"{name.removeprefix('is_')} {one}" for name, one in told.items())


@dataclass
class Known:
    """Everything the twin keeps. No PID block is among it: of a request only its digest stays, for 563."""

    agencies: dict[str, Licensed]
    asa_licences: set[str]
    opens: Pair
    signs: Pair
    now: Callable[[], datetime]
    devices: Devices = field(default_factory=Devices)
    residents: dict[str, Resident] = field(default_factory=lambda: {one.uid: one for one in PUBLISHED})
    _behaviours: dict[str, Behaviour] = field(default_factory=dict)
    _seen: set[bytes] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def resident(self, uid: str, *, aua: str) -> Resident | None:
        """Whoever goes by a number, a virtual number or an agency's token."""
        if uid in self.residents:
            return self.residents[uid]
        people = self.residents.values()
        return next((one for one in people if uid in (vid(one.uid), token(one.uid, aua))), None)

    def tell(self, uid: str, behaviour: Behaviour | None) -> None:
        """From now on, behave so towards somebody; normally again with None."""
        with self._lock:
            if behaviour is None:
                self._behaviours.pop(uid, None)
            else:
                self._behaviours[uid] = behaviour

    def behaviour(self, uid: str, call: Call) -> Behaviour:
        """What is to happen to this call about somebody; counts it. A code of another call waits for that."""
        with self._lock:
            where = uid if uid in self._behaviours else ANYBODY
            found = self._behaviours.get(where, Behaviour())
            if found.code and not is_given(found.code, call):
                return Behaviour()
            if found.times is not None:
                found.times -= 1
                if found.times <= 0:
                    self._behaviours.pop(where, None)
            return found

    def forget(self) -> None:
        """Treat everybody normally again; the added and the requests seen stay known."""
        with self._lock:
            self._behaviours.clear()

    def told(self) -> dict[str, str]:
        """Who is treated specially, and how, for the page."""
        with self._lock:
            return {uid: str(one) for uid, one in self._behaviours.items()}

    def is_new(self, request: str) -> bool:
        """Whether this very request (its Data element) came for the first time; remembers its digest."""
        digest = hashlib.sha256(request.encode()).digest()
        with self._lock:
            if digest in self._seen:
                return False
            self._seen.add(digest)
            return True


def is_given(code: str, call: Call) -> bool:
    """Whether UIDAI gives this code in answer to this call."""
    if code.startswith("K-"):
        return call == "ekyc"
    if code_of(code).call in {"otp", "send_otp"}:
        return call == code_of(code).call
    return call in {"finger", "ekyc"} or code not in FOR_FINGERS
