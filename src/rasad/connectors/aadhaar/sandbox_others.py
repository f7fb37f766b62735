"""The checks of the two other calls: a code to a mobile, and e-KYC, which has an Auth inside."""

from base64 import b64decode
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from rasad.connectors.aadhaar import xml
from rasad.connectors.aadhaar.requests import KYC_OPTIONS, RA, VERSION, Proof, kind_of, wadh
from rasad.connectors.aadhaar.sandbox_checks import Asked, check, licence, linked, signed
from rasad.connectors.aadhaar.sandbox_known import Known

OTP_ATTRIBUTES = ("uid", "ac", "sa", "ver", "txn", "ts", "lk", "type")


@dataclass
class KycAsked:
    """One Kyc while it is looked at, and the Auth in it with the code of its checks."""

    text: bytes = field(repr=False)
    asa_licence: str = field(repr=False)
    at: datetime
    root: etree._Element = field(repr=False, default_factory=lambda: etree.Element("none"))
    auth_code: str = ""
    auth: Asked = field(init=False)

    def __post_init__(self) -> None:
        self.auth = Asked(b"", self.asa_licence, self.at)


def check_otp(asked: Asked, known: Known) -> str:
    """The code of the first check that a request for a code fails; empty where all is well."""
    try:
        asked.root = xml.parsed(asked.text)
    except xml.UnreadableError:
        return "510"
    if xml.name(asked.root) != "Otp" or any(asked.root.get(name) is None for name in OTP_ATTRIBUTES):
        return "510"
    if asked.told("ver") != VERSION:
        return "540"
    wrong = next((code for step in (licence, linked, signed) if (code := step(asked, known))), "")
    if not wrong and asked.told("type") != kind_of(asked.told("uid")):
        return "998"
    return wrong


def check_kyc(request: KycAsked, known: Known) -> str:
    """The code of e-KYC's own first check that fails; the Auth's is left in the request."""
    try:
        request.root = xml.parsed(request.text)
        request.auth.text = b64decode("".join(xml.text_in(request.root, "Rad").split()), validate=True)
    except ValueError:  # an UnreadableError, too
        request.auth_code = "510"
        return "K-540"
    request.auth_code = check(request.auth, known)
    told = request.root.get
    if told("ver") != VERSION:
        return "K-541"
    if told("rc") != KYC_OPTIONS["rc"]:
        return "K-542"
    if told("pfr") not in {"Y", "N"}:
        return "K-546"
    if request.auth_code in {"569", "570"}:
        return f"K-{request.auth_code}"
    if request.auth_code:
        return "K-100"
    return _bound(request)


def _bound(request: KycAsked) -> str:
    """Whether what is in the PID block was made for this e-KYC."""
    proof: Proof = "finger" if request.auth.bios() else "otp"
    if request.root.get("ra") != RA[proof]:
        return "K-544"
    if not request.auth.told("txn").startswith("UKC:"):
        return "K-551"
    return "" if request.auth.pid.get("wadh") == wadh(proof) else "K-547"
