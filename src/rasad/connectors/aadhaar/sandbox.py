"""The twin of UIDAI: authentication, codes to mobiles and e-KYC 2.5 over HTTP, on this machine only.

It opens what was captured, checks and matches it as UIDAI does, signs its answers, and does on demand
everything that goes wrong in the field.
"""

import json
from collections.abc import Callable
from datetime import datetime
from urllib.parse import parse_qsl

from rasad.connectors.aadhaar.codes import Call
from rasad.connectors.aadhaar.keys import Pair
from rasad.connectors.aadhaar.requests import VERSION
from rasad.connectors.aadhaar.residents import Resident
from rasad.connectors.aadhaar.sandbox_answers import To, auth_result, forged, kyc_result, otp_result
from rasad.connectors.aadhaar.sandbox_checks import Asked, check
from rasad.connectors.aadhaar.sandbox_known import ANYBODY, Behaviour, Known, Licensed
from rasad.connectors.aadhaar.sandbox_match import action_for, match, proof_of, stranger
from rasad.connectors.aadhaar.sandbox_others import KycAsked, check_kyc, check_otp
from rasad.connectors.aadhaar.sandbox_page import page
from rasad.connectors.aadhaar.sandbox_phones import Phones
from rasad.connectors.twin import RUBBISH, Request, Response, Twin
from rasad.values.month import INDIA

XML = "application/xml"
NOTHING = Response(b"no such address", 404, "text/plain")
LOST = Response(b"", 599, "text/plain")


class UidaiTwin(Twin):
    """UIDAI on loopback; a context manager, like every twin."""

    def __init__(
        self,
        *,
        agencies: list[Licensed],
        opens: Pair,
        signs: Pair,
        port: int = 0,
        now: Callable[[], datetime] = lambda: datetime.now(INDIA),
    ) -> None:
        super().__init__(port=port)
        licences = {licence for agency in agencies for licence in agency.asa_licences}
        self.known = Known({one.aua: one for one in agencies}, licences, opens, signs, now)
        self.phones = Phones()

    def add(self, resident: Resident) -> None:
        """One more person. The number must be of the test range (9999…)."""
        if not resident.uid.startswith("9999"):
            raise ValueError("the twin knows made-up people only: numbers begin with 9999")
        self.known.residents[resident.uid] = resident

    def behave(
        self,
        uid: str = ANYBODY,
        *,
        code: str = "",
        action: str = "",
        delay: float = 0,
        drop: bool = False,
        status: int = 200,
        rubbish: bool = False,
        forge: bool = False,
        times: int | None = None,
    ) -> None:
        """From now on (or `times` times) answer so about somebody; with no wish at all, normally again.

        `drop` does the work and loses the answer; `forge` changes the answer after it was signed.
        """
        wished = Behaviour(code, action or action_for(code), delay, drop, status, rubbish, forge, times)
        self.known.tell(uid, None if wished == Behaviour(times=times) else wished)

    def forget(self) -> None:
        """Treat everybody normally again, with nothing on the mobiles."""
        self.known.forget()
        self.phones = Phones()

    def code_on_mobile(self, uid: str) -> str:
        """The code that lies on somebody's mobile."""
        return self.phones.code_on(uid)

    def answer(self, request: Request) -> Response:
        """What UIDAI answers."""
        if request.method == "GET":
            return Response(page(self.known, self.phones), content_type="text/html; charset=utf-8")
        if request.path == "/twin/behave":
            return self._told(request)
        call, licence = _address(request.path)
        if not call:
            return NOTHING
        behaviour, text = {"auth": self._auth, "otp": self._otp, "kyc": self._kyc}[call](
            request.body, licence
        )
        return self._sent(behaviour, text)

    def respond(self, request: Request) -> tuple[Response, ...]:
        """The answer; none when it is to be lost."""
        responses = super().respond(request)
        return () if LOST in responses else responses

    def _sent(self, behaviour: Behaviour, text: bytes) -> Response:
        if behaviour.delay:
            self._wait(behaviour.delay)
        if behaviour.is_dropped:
            return LOST
        if behaviour.is_rubbish:
            return Response(RUBBISH, content_type="text/html")
        if behaviour.status != 200:
            return Response(b"", behaviour.status, "text/plain")
        return Response(forged(text) if behaviour.is_forged else text, content_type=XML)

    def _auth(self, body: bytes, licence: str) -> tuple[Behaviour, bytes]:
        asked = Asked(body, licence, self.known.now())
        wrong = check(asked, self.known)
        call = proof_of(asked)
        behaviour, resident, code, action = self._judged(asked, wrong, call)
        return behaviour, self._auth_result(asked, code, action, resident)

    def _judged(self, asked: Asked, wrong: str, call: Call) -> tuple[Behaviour, Resident | None, str, str]:
        """Code and action for an Auth: of a check that failed, of what was ordered, of the match."""
        if wrong:
            return Behaviour(), None, wrong, ""
        uid = asked.told("uid")
        resident = self.known.resident(uid, aua=asked.told("ac"))
        behaviour = self.known.behaviour(resident.uid if resident else uid, call)
        if behaviour.code and not behaviour.code.startswith("K-"):
            return behaviour, resident, behaviour.code, behaviour.action
        if resident is None:
            return behaviour, None, *stranger(uid)
        return behaviour, resident, match(asked, self.known, self.phones, resident), ""

    def _auth_result(self, asked: Asked, code: str, action: str, resident: Resident | None) -> bytes:
        to = _to(asked)
        return auth_result(to, code=code, action=action, resident=resident, signs=self.known.signs)

    def _otp(self, body: bytes, licence: str) -> tuple[Behaviour, bytes]:
        asked = Asked(body, licence, self.known.now())
        code, action, resident, behaviour = check_otp(asked, self.known), "", None, Behaviour()
        if not code:
            uid = asked.told("uid")
            resident = self.known.resident(uid, aua=asked.told("ac"))
            behaviour = self.known.behaviour(resident.uid if resident else uid, "send_otp")
            code, action = behaviour.code, behaviour.action
            if not code and resident is None:
                code, action = stranger(uid)
            elif not code and resident:
                code = self.phones.send(resident, txn=asked.told("txn"), at=asked.at)
        answer = otp_result(_to(asked), code=code, action=action, resident=resident, signs=self.known.signs)
        return behaviour, answer

    def _kyc(self, body: bytes, licence: str) -> tuple[Behaviour, bytes]:
        request = KycAsked(body, licence, self.known.now())
        wrong = check_kyc(request, self.known)
        asked = request.auth
        behaviour, resident, code, action = self._judged(asked, request.auth_code, "ekyc")
        inside = self._auth_result(asked, code, action, resident)
        kyc_code = wrong or (behaviour.code if behaviour.code.startswith("K-") else "K-100" if code else "")
        answer = kyc_result(
            _to(asked), code=kyc_code, action=action, resident=resident, auth=inside, signs=self.known.signs
        )
        return behaviour, answer

    def _told(self, request: Request) -> Response:
        """A behaviour ordered by the page's form, or as JSON for a twin in a process of its own."""
        is_form = "json" not in request.headers.get("Content-Type", "")
        try:
            wish = dict(parse_qsl(request.body.decode())) if is_form else json.loads(request.body)
            self.behave(**wish)
        except (ValueError, TypeError):
            wanted = b"give uid, code, delay, drop, status, rubbish, forge, times as JSON"
            return Response(wanted, 400, "text/plain")
        return Response(b"", 303, "text/plain", {"Location": "/"}) if is_form else Response(b"{}")


def _to(asked: Asked) -> To:
    return To(asked.told("txn"), asked.told("ac"), asked.told("sa"), asked.told("uid"), asked.at)


def _address(path: str) -> tuple[str, str]:
    """Which call, and the ASA's licence, of `[/otp|/kyc]/<ver>/<ac>/<uid0>/<uid1>/<asalk>`."""
    parts = path.strip("/").split("/")
    call = parts.pop(0) if parts[0] in {"otp", "kyc"} else "auth"
    return (call, parts[4]) if len(parts) == 5 and parts[0] == VERSION else ("", "")
