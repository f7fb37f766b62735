"""UIDAI's checks of a request, in its order; each answers with a code, or with nothing where all is well."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lxml import etree

from rasad.connectors.aadhaar import pid, xml
from rasad.connectors.aadhaar.captured import DEVICE
from rasad.connectors.aadhaar.requests import VERSION
from rasad.connectors.aadhaar.sandbox_known import Known, Licensed
from rasad.connectors.aadhaar.sandbox_signature import signature

OLDEST = timedelta(hours=24)
# Clocks of terminals are seldom right to the second.
AHEAD = timedelta(minutes=5)
ATTRIBUTES = ("uid", "ac", "sa", "ver", "txn", "lk", "tid", "rc")
PARTS = ("Uses", "Device", "Skey", "Hmac", "Data")


@dataclass
class Asked:
    """One Auth while it is looked at. It lives as long as the answer takes."""

    text: bytes = field(repr=False)
    asa_licence: str = field(repr=False)
    at: datetime
    root: etree._Element = field(repr=False, default_factory=lambda: etree.Element("none"))
    ts: str = ""
    key: bytes = field(repr=False, default=b"")
    clear: bytes = field(repr=False, default=b"")
    pid: etree._Element = field(repr=False, default_factory=lambda: etree.Element("none"))

    def told(self, name: str) -> str:
        """An attribute of the Auth."""
        return self.root.get(name, "")

    def part(self, local: str) -> etree._Element:
        """A child of the Auth; an empty one where it is missing."""
        found = xml.child(self.root, local)
        return etree.Element("none") if found is None else found

    def bios(self) -> list[etree._Element]:
        """The records of fingers, irises and faces in the block."""
        holder = xml.child(self.pid, "Bios")
        return [] if holder is None else [one for one in holder if isinstance(one.tag, str)]

    def otp(self) -> str:
        """The code in the block."""
        entered = xml.child(self.pid, "Pv")
        return "" if entered is None else entered.get("otp", "")


Check = Callable[[Asked, Known], str]


def check(asked: Asked, known: Known) -> str:
    """The code of the first check that fails; empty when the match may begin."""
    return next((code for step in STEPS if (code := step(asked, known))), "")


def document(asked: Asked, _: Known) -> str:
    """The XML, its attributes and parts, its version."""
    try:
        asked.root = xml.parsed(asked.text)
    except xml.UnreadableError:
        return "510"
    if xml.name(asked.root) != "Auth" or etree.QName(asked.root).namespace != xml.AUTH:
        return "510"
    if any(asked.root.get(name) is None for name in ATTRIBUTES):
        return "510"
    if any(xml.child(asked.root, part) is None for part in PARTS):
        return "510"
    return "" if asked.told("ver") == VERSION else "540"


def licence(asked: Asked, known: Known) -> str:
    """The licences of AUA and ASA."""
    agency = known.agencies.get(asked.told("ac"))
    if agency is None or agency.licence != asked.told("lk"):
        return "565"
    return "" if asked.asa_licence in known.asa_licences else "566"


def linked(asked: Asked, known: Known) -> str:
    """Whether this AUA goes through this ASA, and asks for this sub-AUA."""
    agency = _agency(asked, known)
    if asked.asa_licence not in agency.asa_licences:
        return "542"
    return "" if asked.told("sa") in agency.sub_auas else "543"


def signed(asked: Asked, known: Known) -> str:
    """The signature, and whose it is."""
    return signature(asked.text, certificate=_agency(asked, known).certificate)


def consent(asked: Asked, _: Known) -> str:
    """Whether the person agreed."""
    return "" if asked.told("rc") == "Y" else "512"


def session_key(asked: Asked, known: Known) -> str:
    """The session key: sealed for our certificate, and openable."""
    skey = asked.part("Skey")
    if skey.get("ci") != pid.identifier(known.opens.certificate):
        return "501"
    try:
        asked.key = pid.session_key(skey.text or "", key=known.opens.key)
    except pid.PidError as wrong:
        return wrong.code
    return ""


def block(asked: Asked, _: Known) -> str:
    """The PID block: openable, XML, of a version we know."""
    data = asked.part("Data")
    if data.get("type") != "X":
        return "510"
    try:
        asked.clear, asked.ts = pid.open_data(data.text or "", key=asked.key, around=asked.at)
        asked.pid = xml.parsed(asked.clear)
    except pid.PidError as wrong:
        return wrong.code
    except xml.UnreadableError:
        return "511"
    if xml.name(asked.pid) != "Pid" or asked.pid.get("ts") != asked.ts:
        return "511"
    return "" if asked.pid.get("ver") == "2.0" else "541"


def hmac(asked: Asked, _: Known) -> str:
    """Whether the block is the one that was sealed."""
    try:
        pid.check_hmac(asked.part("Hmac").text or "", pid=asked.clear, key=asked.key, ts=asked.ts)
    except pid.PidError as wrong:
        return wrong.code
    return ""


def age(asked: Asked, _: Known) -> str:
    """Neither a day old nor from the future."""
    try:
        made = pid.moment(asked.ts)
    except ValueError:
        return "511"
    if made < asked.at - OLDEST:
        return "561"
    return "562" if made > asked.at + AHEAD else ""


def uses(asked: Asked, _: Known) -> str:
    """Whether what is said to be in the block is in it."""
    said = asked.part("Uses")
    kinds = {one.get("type", "") for one in asked.bios()}
    has_bios, has_otp = said.get("bio", "n").lower() == "y", said.get("otp", "n").lower() == "y"
    if has_bios != bool(kinds) or has_otp != bool(asked.otp()) or not (has_bios or has_otp):
        return "550"
    return "550" if kinds - set(said.get("bt", "").split(",")) else ""


def device(asked: Asked, known: Known) -> str:
    """Whether a registered device captured it, of a provider, software and model that are known."""
    if not asked.bios():
        return ""
    if not _agency(asked, known).may_use_devices:
        return "588"
    told = {name: asked.part("Device").get(name, "") for name in DEVICE}
    missing = {"dc": "521", "mi": "524", "mc": "527"}
    if wrong := next((code for name, code in missing.items() if not told[name]), ""):
        return wrong
    registry = known.devices
    unknown = {
        "555": told["rdsId"] not in registry.software,
        "556": told["rdsVer"] not in registry.versions,
        "557": told["dpId"] not in registry.providers,
        "524": told["mi"] not in registry.models,
        "594": told["dc"] in registry.blocked,
    }
    return next((code for code, is_so in unknown.items() if is_so), "")


def misuse(asked: Asked, _: Known) -> str:
    """More, or other, records than may be in one block."""
    kinds = [one.get("type", "") for one in asked.bios()]
    places = [(one.get("type"), one.get("posh")) for one in asked.bios() if one.get("posh") != "UNKNOWN"]
    fingers = kinds.count("FMR") + kinds.count("FIR")
    twice = {kind for kind, posh in places if places.count((kind, posh)) > 1}
    wrong = {
        "310": bool(twice & {"FMR", "FIR"}),
        "311": "IIR" in twice,
        "312": {"FMR", "FIR"} <= set(kinds),
        "314": fingers > 10,
        "315": kinds.count("IIR") > 2,
        "316": kinds.count("FID") > 1,
        "317": bool(fingers) + ("IIR" in kinds) + ("FID" in kinds) > 2,
        "914": set(kinds) == {"FID"},
    }
    return next((code for code, is_so in wrong.items() if is_so), "")


def _agency(asked: Asked, known: Known) -> Licensed:
    return known.agencies[asked.told("ac")]


STEPS: tuple[Check, ...] = (
    document,
    licence,
    linked,
    signed,
    consent,
    session_key,
    block,
    hmac,
    age,
    uses,
    device,
    misuse,
)
