"""Asks UIDAI: is it this person? By a finger, by a code on a mobile; and who is it (e-KYC)."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import httpx
from cryptography.x509 import Certificate
from tenacity import (
    Retrying,
    retry_if_exception_type,
    retry_if_result,
    stop_after_attempt,
    stop_before_delay,
    wait_fixed,
)

from rasad.connectors.aadhaar import answers, pid, requests, xml
from rasad.connectors.aadhaar.answers import Answer, CodeSent, Kyc
from rasad.connectors.aadhaar.captured import Captured
from rasad.connectors.aadhaar.requests import Agency
from rasad.values.month import INDIA
from rasad.values.refused import OutsideError

# Its line for each request has the address, and the address has our licence key.
logging.getLogger("httpx").setLevel(logging.WARNING)

LARGEST_BYTES = 1_000_000
PAUSE_SECONDS, TRIES = 0.2, 3
DUPLICATE = "563"
# The connection failed before or after UIDAI had the request; a time-out is no such failure.
CONNECTION = (httpx.ConnectError, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)
Read = TypeVar("Read", Answer, CodeSent, Kyc)


class AadhaarClient:
    """UIDAI for one agency. Each call takes the seconds it may last, and raises OutsideError beyond them."""

    def __init__(
        self,
        *,
        url: str,
        agency: Agency,
        seals_with: Certificate,
        answers_with: Certificate,
        otp_url: str = "",
        kyc_url: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(INDIA),
    ) -> None:
        """Be ready to ask at `url`; codes at `otp_url` (`url`/otp), e-KYC at `kyc_url` (`url`/kyc)."""
        self.url = url.rstrip("/")
        self.otp_url = otp_url.rstrip("/") or f"{self.url}/otp"
        self.kyc_url = kyc_url.rstrip("/") or f"{self.url}/kyc"
        self.agency, self.seals_with, self.answers_with, self.now = agency, seals_with, answers_with, now
        self._http = httpx.Client(headers={"Content-Type": "application/xml"}, follow_redirects=False)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def authenticate(
        self, *, uid_or_ref: str, txn: str, captured: Captured, consent: bool, within: float
    ) -> Answer:
        """Whether the captured finger is this person's. Without consent nothing is sent, and the answer is 512."""
        if not consent:
            return self._without_consent(txn)
        sent = requests.with_finger(self.agency, uid=uid_or_ref, txn=txn, captured=captured)
        return self._asked(self.url, sent, uid=uid_or_ref, txn=txn, within=within, read=answers.answer)

    def authenticate_otp(
        self, *, uid: str, txn: str, otp: str, within: float, consent: bool = True
    ) -> Answer:
        """Whether the code is the one that was sent in the same `txn`. Telling it is the person's consent."""
        if not consent:
            return self._without_consent(txn)
        sent = requests.with_otp(self.agency, uid=uid, txn=txn, block=self._code(otp))
        return self._asked(self.url, sent, uid=uid, txn=txn, within=within, read=answers.answer)

    def request_otp(self, *, uid: str, txn: str, within: float) -> CodeSent:
        """Have UIDAI send a code to the person's mobile."""
        sent = requests.for_otp(self.agency, uid=uid, txn=txn, at=self.now())
        return self._asked(self.otp_url, sent, uid=uid, txn=txn, within=within, read=answers.code_sent)

    def ekyc(
        self, *, uid: str, txn: str, captured: Captured | None = None, otp: str = "", within: float
    ) -> Kyc:
        """Name, birth and gender of the person, after a finger or a code in the same request.

        The finger must have been captured with `wadh` as `requests.wadh("finger")` gives it. UIDAI demands
        `UKC:` before the transaction of an e-KYC: it is put there.
        """
        txn = f"UKC:{txn.removeprefix('UKC:')}"
        if captured is not None:
            auth = requests.with_finger(self.agency, uid=uid, txn=txn, captured=captured)
            sent = requests.for_kyc(auth, proof="finger")
        else:
            block = self._code(otp, wadh=requests.wadh("otp"))
            sent = requests.for_kyc(
                requests.with_otp(self.agency, uid=uid, txn=txn, block=block), proof="otp"
            )
        return self._asked(self.kyc_url, sent, uid=uid, txn=txn, within=within, read=answers.kyc)

    def _code(self, otp: str, *, wadh: str = "") -> pid.Sealed:
        ts = pid.stamp(self.now())
        return pid.seal(pid.written(ts=ts, otp=otp, wadh=wadh), ts=ts, certificate=self.seals_with)

    def _without_consent(self, txn: str) -> Answer:
        return Answer(is_match=False, code="512", action="", reference="", txn=txn, at=self.now())

    def _asked(
        self, url: str, sent: bytes, *, uid: str, txn: str, within: float, read: Callable[..., Read]
    ) -> Read:
        """Send, again where UIDAI did not get or record it, and believe only a signed answer to this `txn`."""
        text, tries = self._sent(url + requests.path(self.agency, uid), sent, within=within)
        try:
            found = read(text, certificate=self.answers_with)
        except xml.UnreadableError:
            raise OutsideError("Aadhaar answered with something unreadable", permanent=False) from None
        except xml.UnsignedError:
            raise OutsideError("Aadhaar's answer is not signed by UIDAI", permanent=True) from None
        if found.txn != txn:
            raise OutsideError("Aadhaar answered another transaction", permanent=True)
        if tries > 1 and found.code == DUPLICATE:
            # UIDAI had our first request: its answer was lost, and we do not know it.
            raise OutsideError("Aadhaar's answer was lost on the way", permanent=False)
        return found

    def _sent(self, url: str, body: bytes, *, within: float) -> tuple[bytes, int]:
        """The body of the answer and how often it was asked for."""
        until = time.monotonic() + within
        retrying = Retrying(
            stop=stop_after_attempt(TRIES) | stop_before_delay(within),
            wait=wait_fixed(PAUSE_SECONDS),
            retry=retry_if_exception_type(CONNECTION) | retry_if_result(answers.is_not_recorded),
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else b"",
        )
        try:
            text: bytes = retrying(self._once, url, body, until)
        except httpx.TimeoutException:
            raise OutsideError("Aadhaar did not answer in time", permanent=False) from None
        except httpx.HTTPStatusError as status:
            number = status.response.status_code
            raise OutsideError(f"Aadhaar answered HTTP {number}", permanent=400 <= number < 500) from None
        except httpx.HTTPError as failed:
            raise OutsideError(
                f"Aadhaar cannot be reached ({type(failed).__name__})", permanent=False
            ) from None
        return text, retrying.statistics["attempt_number"]

    def _once(self, url: str, body: bytes, until: float) -> bytes:
        """One try, over by `until` however slowly the answer trickles in."""
        left = until - time.monotonic()
        if left <= 0:
            raise httpx.ReadTimeout("no time left")
        with self._http.stream("POST", url, content=body, timeout=left) as response:
            if response.status_code != httpx.codes.OK:
                raise httpx.HTTPStatusError("", request=response.request, response=response)
            found = bytearray()
            for part in response.iter_bytes():
                found += part
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("no time left")
                if len(found) > LARGEST_BYTES:
                    raise httpx.DecodingError("too long")
        return bytes(found)
