"""The match: is the finger or the code this resident's? The people of the twin are made up, their fingers too."""

from base64 import b64decode

from lxml import etree

from rasad.connectors.aadhaar.codes import Call
from rasad.connectors.aadhaar.requests import kind_of
from rasad.connectors.aadhaar.residents import POSITIONS, Resident, template
from rasad.connectors.aadhaar.sandbox_checks import Asked
from rasad.connectors.aadhaar.sandbox_known import ACTIONS, Known
from rasad.connectors.aadhaar.sandbox_phones import Phones
from rasad.values.aadhaar import is_aadhaar

INVALID = {"A": "998", "V": "515", "T": "514"}


def stranger(uid: str) -> tuple[str, str]:
    """Code and action for a number that is nobody's: wrong in itself, or not available."""
    code = INVALID[kind_of(uid)]
    if code != "998":
        return code, ""
    return code, ("A202" if is_aadhaar(uid) else "A201")


def action_for(code: str) -> str:
    """The `actn` that goes with a code."""
    return ACTIONS.get(code, "")


def match(asked: Asked, known: Known, phones: Phones, resident: Resident) -> str:
    """Empty for a match, else why not."""
    if not known.is_new(asked.part("Data").text or ""):
        return "563"
    if asked.bios():
        return _fingers(asked.bios(), resident)
    return phones.entered(resident.uid, otp=asked.otp(), txn=asked.told("txn"), at=asked.at)


def proof_of(asked: Asked) -> Call:
    """Which call an Auth makes, by what is in its block."""
    return "finger" if asked.bios() else "otp"


def _fingers(bios: list[etree._Element], resident: Resident) -> str:
    if not resident.has_biometrics:
        return "811"
    return "" if all(_is_of(one, resident) for one in bios) else "300"


def _is_of(bio: etree._Element, resident: Resident) -> bool:
    try:
        record = b64decode(bio.text or "", validate=True)
    except ValueError:
        return False
    posh = bio.get("posh", "UNKNOWN")
    return record in {template(resident.uid, one) for one in (POSITIONS if posh == "UNKNOWN" else (posh,))}
