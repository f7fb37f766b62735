"""Whom the twin knows: UIDAI's five published test residents, and whoever a test or a training adds."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass

from rasad.values import check_digit

POSITIONS = tuple(
    f"{side}_{finger}"
    for side in ("LEFT", "RIGHT")
    for finger in ("THUMB", "INDEX", "MIDDLE", "RING", "LITTLE")
)


@dataclass(frozen=True)
class Resident:
    """A made-up person of the twin."""

    uid: str
    name: str
    dob: str
    gender: str
    mobile: str = ""
    has_biometrics: bool = True


PUBLISHED = (
    Resident("999941057058", "Shivshankar Choudhury", "13-05-1968", "M", "2810806979"),
    Resident("999971658847", "Kumar Agarwal", "04-05-1978", "M", "2314475929"),
    Resident("999933119405", "Fatima Bedi", "30-07-1943", "F", "2837032088"),
    Resident("999955183433", "Rohit Pandey", "08-07-1985", "M", "2821096353"),
    Resident("999990501894", "Anisha Jay Kapoor", "01-01-1982", "F"),
)


def template(uid: str, posh: str) -> bytes:
    """What stands for a person's finger between the two twins: made up from the number, of nobody's hand."""
    seed = hashlib.sha256(f"made-up finger {posh} of {uid}".encode()).digest()
    return b"FMR\x00" + seed * 4


def vid(uid: str) -> str:
    """The virtual number the twin knows a resident by: 16 digits, the last one a check digit."""
    stem = "9" + str(int.from_bytes(hashlib.sha256(uid.encode()).digest()[:8]))[-14:].zfill(14)
    return next(number for number in (f"{stem}{last}" for last in range(10)) if check_digit.is_valid(number))


def token(uid: str, aua: str) -> str:
    """The token of a resident for one agency: 72 characters, the same always, another for each agency."""
    return "01000001" + b64encode(hashlib.sha384(f"{uid} {aua}".encode()).digest()).decode()


def masked_mobile(mobile: str) -> str:
    """A mobile number as UIDAI tells it."""
    return "*" * (len(mobile) - 4) + mobile[-4:]
