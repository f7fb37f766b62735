"""What UIDAI answered: read from its signed XML, with nothing in it that may not be kept."""

from base64 import b64decode
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.x509 import Certificate
from lxml import etree

from rasad.connectors.aadhaar import xml
from rasad.connectors.aadhaar.codes import Leads, leads_to
from rasad.values.aadhaar import masked
from rasad.values.month import INDIA


@dataclass(frozen=True)
class Answer:
    """UIDAI's yes or no. `signed` is the document with its signature, to be kept as evidence."""

    is_match: bool
    code: str
    action: str
    reference: str
    txn: str
    at: datetime
    signed: bytes = field(repr=False, default=b"")

    @property
    def leads(self) -> Leads:
        """Where it leads at the counter."""
        return leads_to(self.code)


@dataclass(frozen=True)
class CodeSent:
    """Whether a code went to a mobile, and to which (its last digits only)."""

    is_sent: bool
    code: str
    action: str
    reference: str
    txn: str
    at: datetime
    mobile: str = ""


@dataclass(frozen=True)
class Kyc:
    """Who somebody is, says UIDAI. Its photo is not read; `auth_code` says why a K-100 failed."""

    is_match: bool
    code: str
    action: str
    reference: str
    txn: str
    at: datetime
    auth_code: str = ""
    name: str = field(repr=False, default="")
    dob: str = field(repr=False, default="")
    gender: str = field(repr=False, default="")
    masked_uid: str = ""


def is_not_recorded(text: bytes) -> bool:
    """Whether UIDAI asks for the same request again (`code="NA"`)."""
    try:
        return xml.parsed(text).get("code") == "NA"
    except xml.UnreadableError:
        return False


def answer(text: bytes, *, certificate: Certificate) -> Answer:
    """The answer to an Auth. Raises xml.UnreadableError or xml.UnsignedError."""
    root = _verified(text, "AuthRes", certificate=certificate)
    return Answer(
        is_match=_is_yes(root),
        code=_code(root),
        action=root.get("actn", ""),
        reference=_info(root)[0],
        txn=root.get("txn", ""),
        at=_at(root),
        signed=text,
    )


def code_sent(text: bytes, *, certificate: Certificate) -> CodeSent:
    """The answer to an Otp. Raises xml.UnreadableError or xml.UnsignedError."""
    root = _verified(text, "OtpRes", certificate=certificate)
    info = _info(root)
    return CodeSent(
        is_sent=_is_yes(root),
        code=_code(root),
        action=root.get("actn", ""),
        reference=info[0],
        txn=root.get("txn", ""),
        at=_at(root),
        mobile=next((part for part in info[1:] if part.startswith("*")), ""),
    )


def kyc(text: bytes, *, certificate: Certificate) -> Kyc:
    """The answer to a Kyc, opened by the KSA. Raises xml.UnreadableError or xml.UnsignedError."""
    envelope = xml.parsed(text)
    if xml.name(envelope) != "Resp":
        raise xml.UnreadableError("no Resp")
    if not (envelope.text or "").strip():
        # Refused before it was looked at: there is nothing signed to believe, and no yes in it.
        return Kyc(False, _failed(envelope), "", "", envelope.get("txn", ""), _at(envelope))
    root = _verified(_decoded(envelope.text or ""), "KycRes", certificate=certificate)
    data = xml.child(root, "UidData")
    person = None if data is None else xml.child(data, "Poi")
    is_match = _is_yes(root) and person is not None
    told = (
        {str(name): str(value) for name, value in person.items()} if is_match and person is not None else {}
    )
    return Kyc(
        is_match=is_match,
        code="" if is_match else _failed(root),
        action=root.get("actn", ""),
        reference="" if data is None else data.get("tkn", ""),
        txn=root.get("txn", ""),
        at=_at(root),
        auth_code=_auth_code(root),
        name=told.get("name", ""),
        dob=told.get("dob", ""),
        gender=told.get("gender", ""),
        masked_uid="" if data is None or not is_match else masked(data.get("uid", "")[-4:]),
    )


def _verified(text: bytes, name: str, *, certificate: Certificate) -> etree._Element:
    root = xml.verified(text, certificate=certificate)
    if xml.name(root) != name:
        raise xml.UnreadableError(f"no {name}")
    return root


def _is_yes(root: etree._Element) -> bool:
    return root.get("ret", "").lower() == "y"


def _code(root: etree._Element) -> str:
    """The error, empty for a yes; a no without an error is named by its `code`, which is then NA."""
    if _is_yes(root):
        return ""
    return root.get("err") or ("NA" if root.get("code") == "NA" else "999")


def _failed(root: etree._Element) -> str:
    return root.get("err") or "K-999"


def _auth_code(root: etree._Element) -> str:
    """The error of the authentication inside an e-KYC answer."""
    inner = xml.text_in(root, "Rar")
    return _code(xml.parsed(_decoded(inner))) if inner else ""


def _info(root: etree._Element) -> list[str]:
    """The parts of `info`, `04{token,…}`: the token first, the same for a person and an agency always."""
    text = root.get("info", "")
    return text.partition("{")[2].rstrip("}").split(",")


def _at(root: etree._Element) -> datetime:
    try:
        at = datetime.fromisoformat(root.get("ts", ""))
    except ValueError:
        raise xml.UnreadableError("no time") from None
    return at if at.tzinfo else at.replace(tzinfo=INDIA)


def _decoded(text: str) -> bytes:
    try:
        return b64decode("".join(text.split()), validate=True)
    except ValueError:
        raise xml.UnreadableError("not Base64") from None
