"""Who speaks, when, and that it is said once: HMAC-SHA256 with the key that two States share."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rasad.values import signed

WINDOW = timedelta(seconds=signed.WINDOW_SECONDS)
SHORTEST_KEY_BYTES = 32
STATE, TIME, NONCE, SIGNATURE = "Impds-State", "Impds-Time", "Impds-Nonce", "Impds-Signature"
_NONCE = re.compile(r"[0-9a-f]{32}")

# Told a State, a nonce, when it was sent and what time it is: whether it is new. To be remembered for two windows.
IsNew = Callable[[str, str, datetime, datetime], bool]


class UnsignedError(Exception):
    """A request whose sender, time or wholeness is not shown. `reason` is one word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class SignedRequest:
    """A request as it came in, whatever server took it."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Sender:
    """The State that signed a request, and the nonce its answer is bound to."""

    state: str
    nonce: str


def sign(*, path: str, body: bytes, state: str, key: bytes, at: datetime) -> dict[str, str]:
    """The headers of a request, with a nonce of its own."""
    nonce, time = secrets.token_hex(16), at.isoformat()
    return {
        STATE: state,
        TIME: time,
        NONCE: nonce,
        SIGNATURE: _mac(key, _said(path, state, time, nonce, body)),
    }


def check(request: SignedRequest, *, keys: Mapping[str, bytes], at: datetime, is_new: IsNew) -> Sender:
    """The State that signed a request, within two minutes of our clock and never seen before.

    Raises UnsignedError: malformed, unknown_state, signature, clock, nonce.
    """
    told = {name.lower(): value for name, value in request.headers.items()}
    state, time, nonce = (told.get(name.lower(), "") for name in (STATE, TIME, NONCE))
    try:
        sent = datetime.fromisoformat(time)
    except ValueError:
        raise UnsignedError("malformed") from None
    if request.method != "POST" or sent.tzinfo is None or not _NONCE.fullmatch(nonce):
        raise UnsignedError("malformed")
    if state not in keys:
        raise UnsignedError("unknown_state")
    mac = _mac(keys[state], _said(request.path, state, time, nonce, request.body))
    if not hmac.compare_digest(mac.encode(), told.get(SIGNATURE.lower(), "").encode()):
        raise UnsignedError("signature")
    if abs(at - sent) > WINDOW:
        raise UnsignedError("clock")
    if not is_new(state, nonce, sent, at):
        raise UnsignedError("nonce")
    return Sender(state, nonce)


def sign_reply(*, status: int, body: bytes, nonce: str, key: bytes) -> dict[str, str]:
    """The header of an answer: it belongs to this request and comes from whoever shares the key."""
    return {SIGNATURE: _mac(key, _answered(status, nonce, body))}


def is_reply(*, status: int, headers: Mapping[str, str], body: bytes, nonce: str, key: bytes) -> bool:
    """Whether an answer is whole and belongs to the request with this nonce."""
    told = {name.lower(): value for name, value in headers.items()}.get(SIGNATURE.lower(), "")
    return hmac.compare_digest(_mac(key, _answered(status, nonce, body)).encode(), told.encode())


def aadhaar_reference(number: str, key: bytes) -> str:
    """What two States say instead of an Aadhaar number: nobody without their key can make or undo it."""
    return hmac.new(key, b"IMPDS1 aadhaar\n" + number.encode("ascii"), hashlib.sha256).hexdigest()


def checked_key(key: bytes) -> bytes:
    """A key that is long enough. Raises ValueError."""
    if len(key) < SHORTEST_KEY_BYTES:
        raise ValueError(f"a key between States has {SHORTEST_KEY_BYTES} bytes or more, this one {len(key)}")
    return key


class Nonces:
    """The nonces of the last minutes, in the memory of one process."""

    def __init__(self) -> None:
        self._seen = signed.Nonces()

    def is_new(self, state: str, nonce: str, sent: datetime, now: datetime) -> bool:
        """Whether a State's nonce was not seen before; it is from now on."""
        return self._seen.note(state, nonce, time_ms=_milliseconds(sent), now_ms=_milliseconds(now)) is True


def _said(path: str, state: str, time: str, nonce: str, body: bytes) -> str:
    return "\n".join(("IMPDS1", "POST", path, state, time, nonce, hashlib.sha256(body).hexdigest()))


def _answered(status: int, nonce: str, body: bytes) -> str:
    return "\n".join(("IMPDS1 answer", str(status), nonce, hashlib.sha256(body).hexdigest()))


def _mac(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
