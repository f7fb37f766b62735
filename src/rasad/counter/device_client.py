"""A device of a shop in Python: it makes ids, signs, and asks again with the same id when no answer came.

It needs nothing of the server but `rasad.values.signed`; Django is not imported.
"""

import json
import os
import secrets
import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from rasad.values import signed

BASE = "/api/counter"
TRIES = 5
SECONDS = 20.0
# What decides nothing, among answers of 500 and more; the empty one is of whatever stands before the server.
UNDECIDED = frozenset({"", "busy_try_again", "server_unreachable"})
Json = dict[str, Any]


class DeviceRefusedError(Exception):
    """The server said no: `code` for the program, `what`, `why`, `next` for people, `status` of HTTP."""

    def __init__(self, status: int, said: Mapping[str, str]) -> None:
        super().__init__(said.get("code", ""), status)
        self.status, self.code = status, said.get("code", "")
        self.what, self.why, self.next = (said.get(name, "") for name in ("what", "why", "next"))


class UndecidedError(Exception):
    """No answer came, or one that decides nothing: the same request may be sent again."""


def new_id() -> UUID:
    """An id for a visit and its sale that sorts by time (UUID version 7)."""
    made = bytearray(int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10))
    made[6] = 0x70 | made[6] & 0x0F
    made[8] = 0x80 | made[8] & 0x3F
    return UUID(bytes=bytes(made))


class DeviceClient:
    """A device with its key; `opened()` first, then whatever a counter does. Safe to use from one thread."""

    def __init__(
        self,
        url: str,
        key: Ed25519PrivateKey,
        device_id: UUID | str,
        *,
        language: str = "en",
        transport: httpx.BaseTransport | None = None,
        tries: int = TRIES,
    ) -> None:
        self.key, self.device, self.language, self._tries = key, str(device_id), language, tries
        self.session, self.session_key = "", b""
        self._http = httpx.Client(base_url=url, timeout=SECONDS, transport=transport)

    def opened(self, *, app_version: str = "", off_ms: int = 0) -> Json:
        """Open the counter; `off_ms`: how wrong the device's clock is."""
        now, nonce = int(time.time() * 1000) + off_ms, secrets.token_urlsafe(12)
        given = self.key.sign(signed.opening_text(self.device, now, nonce)).hex()
        asked = {"device": self.device, "time": now, "nonce": nonce, "signature": given}
        told = self._insist("POST", "/sessions", asked | {"app_version": app_version}, is_signed=False)
        self.session, self.session_key = told["session"], bytes.fromhex(told["key"])
        return told

    def end(self) -> Json:
        """Close the counter."""
        return self._insist("POST", "/sessions/end")

    def heartbeat(self, **told: Any) -> Json:
        """Say that the device is there: `battery` in percent, `signal` in bars, `app_version`."""
        return self._insist("POST", "/heartbeat", told)

    def open_visit(self, number: str, *, id: UUID | None = None) -> Json:
        """A card or token of this State is shown."""
        return self._insist("POST", "/visits", {"id": str(id or new_id()), "number": number})

    def open_visitor_visit(self, number: str = "", *, aadhaar: str = "", id: UUID | None = None) -> Json:
        """A card of another State is shown (IMPDS)."""
        asked = {"id": str(id or new_id()), "number": number, "aadhaar": aadhaar}
        return self._insist("POST", "/visits/visitor", asked)

    def visit(self, id: UUID | str) -> Json:
        """A visit as it stands now."""
        return self._insist("GET", f"/visits/{id}")

    def agree(self, id: UUID | str, *, version: str, is_given: bool = True, language: str = "hi") -> Json:
        """The visitor's answer to the words of consent."""
        asked = {"is_given": is_given, "version": version, "language": language}
        return self._insist("POST", f"/visits/{id}/consent", asked)

    def finger(self, id: UUID | str, *, member: int, finger: str, pid_data: str) -> Json:
        """A finger as the reader captured it. Without an answer, `visit` says what came of it."""
        return self.once(
            "POST", f"/visits/{id}/finger", {"member": member, "finger": finger, "pid_data": pid_data}
        )

    def skip_finger(self, id: UUID | str, *, why: str = "reader") -> Json:
        """No finger can be read."""
        return self.once("POST", f"/visits/{id}/no-finger", {"why": why})

    def send_code(self, id: UUID | str, *, member: int) -> Json:
        """Send a code to a member's mobile."""
        return self.once("POST", f"/visits/{id}/code/send", {"member": member})

    def enter_code(self, id: UUID | str, *, code: str) -> Json:
        """The code that the family told."""
        return self.once("POST", f"/visits/{id}/code/enter", {"code": code})

    def go_without(self, id: UUID | str, *, why: str) -> Json:
        """Serve the family without authentication."""
        return self.once("POST", f"/visits/{id}/without", {"why": why})

    def ekyc_words(self) -> Json:
        """What a member agrees to before eKYC, and the `wadh` for the reader."""
        return self._insist("GET", "/ekyc")

    def ekyc(
        self,
        id: UUID | str,
        *,
        member: int,
        pid_data: str,
        version: str,
        aadhaar: str = "",
        language: str = "hi",
    ) -> Json:
        """Link a member with an Aadhaar number, or without one confirm that on the card."""
        asked = {
            "member": member, "aadhaar": aadhaar, "is_given": True, "version": version, "language": language,
            "pid_data": pid_data,
        }  # fmt: skip
        return self.once("POST", f"/visits/{id}/ekyc", asked)

    def issue_pass(self, id: UUID | str) -> Json:
        """The pass of a visit that is through its steps."""
        return self._insist("POST", f"/visits/{id}/pass")

    def sell(self, id: UUID | str, *, pass_: str, lines: Mapping[str, int]) -> Json:
        """Sell grams or ml by line; asked again with the same id until it is decided."""
        asked = [{"line": line, "quantity": quantity} for line, quantity in lines.items()]
        return self._insist("POST", "/sales", {"id": str(id), "pass": pass_, "lines": asked})

    def sales(self) -> Json:
        """The sales of the shop today."""
        return self._insist("GET", "/sales")

    def receipt(self, id: UUID | str) -> Json:
        """A receipt once more."""
        return self._insist("GET", f"/sales/{id}")

    def take_back(self, id: UUID | str, *, reason: str) -> Json:
        """Take a sale of today back."""
        return self.once("POST", f"/sales/{id}/reversal", {"reason": reason})

    def stock(self) -> Json:
        """What the shop holds."""
        return self._insist("GET", "/stock")

    def receive(self, *, challan: str, commodity: str, allocation: str, quantity: int) -> Json:
        """Take a line of a challan into stock; safe to send again."""
        asked = {"challan": challan, "commodity": commodity, "allocation": allocation, "quantity": quantity}
        return self._insist("POST", "/stock/receipts", asked)

    def day(self, on: str = "") -> Json:
        """A day of the shop in figures, `on` as 2026-11-12."""
        return self._insist("GET", f"/day?on={on}" if on else "/day")

    def once(self, method: str, path: str, asked: object = None) -> Json:
        """One request, sent once. Raises DeviceRefusedError, UndecidedError."""
        return self._sent(method, path, asked, is_signed=True)

    def headers(self, method: str, path: str, body: bytes) -> dict[str, str]:
        """The headers of a request that is signed now; `path` whole, with its query."""
        now, nonce = str(int(time.time() * 1000)), secrets.token_urlsafe(12)
        given = signed.signature(self.session_key, method=method, path=path, time=now, nonce=nonce, body=body)
        return {
            signed.SESSION_HEADER: self.session, signed.TIME_HEADER: now, signed.NONCE_HEADER: nonce,
            signed.SIGNATURE_HEADER: given,
        }  # fmt: skip

    def raw(
        self, method: str, path: str, body: bytes = b"", *, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """One request with these bytes and, unless others are given, signed headers; whatever comes back."""
        whole = f"{BASE}{path}"
        told = {"Accept-Language": self.language}
        if body:
            told["Content-Type"] = "application/json"
        told |= self.headers(method, whole, body) if headers is None else headers
        return self._http.request(method, whole, content=body, headers=told)

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def _insist(self, method: str, path: str, asked: object = None, *, is_signed: bool = True) -> Json:
        again = Retrying(
            retry=retry_if_exception(lambda error: isinstance(error, UndecidedError)),
            stop=stop_after_attempt(self._tries), wait=wait_exponential_jitter(multiplier=0.1, max=2.0), reraise=True,
        )  # fmt: skip
        return again(self._sent, method, path, asked, is_signed=is_signed)

    def _sent(self, method: str, path: str, asked: object, *, is_signed: bool) -> Json:
        body = b"" if asked is None else json.dumps(asked, ensure_ascii=False).encode()
        try:
            answer = self.raw(method, path, body, headers=None if is_signed else {})
        except httpx.TransportError as error:
            raise UndecidedError(type(error).__name__) from error
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        told: Json = answer.json() if is_json else {}
        if told.get("code", "") in UNDECIDED and answer.status_code >= 500:
            raise UndecidedError(str(answer.status_code))
        if answer.status_code >= 400:
            raise DeviceRefusedError(answer.status_code, told)
        return told


def enrol(
    url: str,
    code: str,
    *,
    key: Ed25519PrivateKey | None = None,
    transport: httpx.BaseTransport | None = None,
    language: str = "en",
) -> DeviceClient:
    """A new device, enrolled with the code that the inspector's page showed. Raises DeviceRefusedError."""
    key = key or Ed25519PrivateKey.generate()
    asked = {"code": code, "public_key": key.public_key().public_bytes_raw().hex()}
    made = DeviceClient(url, key, "", language=language, transport=transport)
    made.device = made._sent("POST", "/devices", asked, is_signed=False)["device"]
    return made
