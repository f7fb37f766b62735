"""The mobiles of the twin's residents: codes that were sent, asked for too often, entered right or wrong."""

import hmac
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rasad.connectors.aadhaar.residents import Resident

VALID = timedelta(minutes=10)
WRONG_CODES = 3
# Four codes within a minute are a flood; ten without one being used are, too.
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
PER_MINUTE, UNUSED = 3, 10


@dataclass
class _Phone:
    sent: list[datetime] = field(default_factory=list)
    code: str = field(default="", repr=False)
    txn: str = ""
    wrong: int = 0


class Phones:
    """What lies on the mobiles. A code is shown on the twin's page, as it would be on the mobile; never logged."""

    def __init__(self) -> None:
        self._phones: dict[str, _Phone] = {}
        self._lock = threading.Lock()

    def send(self, resident: Resident, *, txn: str, at: datetime) -> str:
        """Send a code; empty when it went out, else why not."""
        if not resident.mobile:
            return "112"
        with self._lock:
            phone = self._phones.setdefault(resident.uid, _Phone())
            phone.sent = [sent for sent in phone.sent if sent > at - A_DAY]
            if len([sent for sent in phone.sent if sent > at - A_MINUTE]) >= PER_MINUTE:
                return "952"
            if len(phone.sent) >= UNUSED:
                return "953"
            phone.sent.append(at)
            phone.code, phone.txn, phone.wrong = f"{secrets.randbelow(10**6):06}", txn, 0
        return ""

    def entered(self, uid: str, *, otp: str, txn: str, at: datetime) -> str:
        """Whether the code is the one that was sent: empty, 400 wrong, 402 another transaction, 403 none left."""
        with self._lock:
            phone = self._phones.get(uid)
            if phone is None or not phone.code or at > phone.sent[-1] + VALID or phone.wrong >= WRONG_CODES:
                return "403"
            if phone.txn.removeprefix("UKC:") != txn.removeprefix("UKC:"):
                return "402"
            if not hmac.compare_digest(phone.code, otp):
                phone.wrong += 1
                return "400"
            phone.code, phone.sent = "", []
        return ""

    def code_on(self, uid: str) -> str:
        """The code on somebody's mobile; empty where there is none."""
        with self._lock:
            phone = self._phones.get(uid)
            return phone.code if phone else ""
