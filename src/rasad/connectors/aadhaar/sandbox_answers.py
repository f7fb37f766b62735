"""The twin's answers: UIDAI's XML, signed with the twin's key."""

import hashlib
import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from rasad.connectors.aadhaar import xml
from rasad.connectors.aadhaar.keys import Pair
from rasad.connectors.aadhaar.requests import VERSION, kind_of
from rasad.connectors.aadhaar.residents import Resident, masked_mobile, token
from rasad.values.month import INDIA


@dataclass(frozen=True)
class To:
    """Whom an answer goes to, and about what."""

    txn: str
    aua: str
    sub_aua: str
    uid: str
    at: datetime


def auth_result(to: To, *, code: str, action: str, resident: Resident | None, signs: Pair) -> bytes:
    """An AuthRes."""
    told = _told(to, code=code, action=action)
    told["info"] = _info(to, resident, "2.0", *["NA"] * 12)
    return xml.signed(xml.root("", "AuthRes", told), key=signs.key, certificate=signs.certificate)


def otp_result(to: To, *, code: str, action: str, resident: Resident | None, signs: Pair) -> bytes:
    """An OtpRes; the last digits of the mobile are told when a code went to it."""
    mobile = masked_mobile(resident.mobile) if resident and resident.mobile and not code else "NA"
    told = _told(to, code=code, action=action)
    told["info"] = _info(to, resident, "01", mobile, "NA")
    return xml.signed(xml.root("", "OtpRes", told), key=signs.key, certificate=signs.certificate)


def kyc_result(
    to: To, *, code: str, action: str, resident: Resident | None, auth: bytes, signs: Pair
) -> bytes:
    """A Resp with a KycRes in it, opened by the KSA; with the person's data only after a match."""
    told = _told(to, code=code, action=action) | {"ret": "N" if code else "Y", "ttl": _time(to.at)}
    root = xml.root("", "KycRes", told)
    xml.add(root, "Rar", text=b64encode(auth).decode())
    if resident and not code:
        _person(root, to, resident)
    inside = xml.signed(root, key=signs.key, certificate=signs.certificate)
    outside = {
        "status": "0",
        "ko": "KSA",
        "ret": told["ret"],
        "code": told["code"],
        "txn": to.txn,
        "ts": told["ts"],
        "err": code,
    }
    envelope = xml.root("", "Resp", outside)
    envelope.text = b64encode(inside).decode()
    return xml.written(envelope)


def forged(answer: bytes) -> bytes:
    """An answer that was changed after it was signed: a no made into a yes, or its transaction into another."""
    if b'ret="n"' in answer:
        return answer.replace(b'ret="n"', b'ret="y"', 1)
    return answer.replace(b'ret="y"', b'ret="n"', 1)


def _person(root: etree._Element, to: To, resident: Resident) -> None:
    data = xml.add(
        root, "UidData", {"uid": f"xxxxxxxx{resident.uid[-4:]}", "tkn": token(resident.uid, to.aua)}
    )
    xml.add(data, "Poi", {"name": resident.name, "dob": resident.dob, "gender": resident.gender})
    # A real answer has a photo here. The twin's is no picture, and the client does not read it.
    xml.add(data, "Pht", text=b64encode(b"no picture").decode())


def _told(to: To, *, code: str, action: str) -> dict[str, str]:
    told = {
        "ret": "n" if code else "y",
        "code": "NA" if code == "NA" else secrets.token_hex(16),
        "txn": to.txn,
        "ts": _time(to.at),
    }
    if code and code != "NA":
        told["err"] = code
    if action:
        told["actn"] = action
    return told


def _info(to: To, resident: Resident | None, *rest: str) -> str:
    """`04{token,…}`: who was asked about, by whom and when, as hashes."""
    who = token(resident.uid, to.aua) if resident else ""
    at = to.at.astimezone(INDIA).strftime("%Y%m%d%H%M%S")
    asked = (hashlib.sha256(text.encode()).hexdigest() for text in (to.aua, to.sub_aua))
    return "04{" + ",".join([who, kind_of(to.uid), at, VERSION, *asked, *rest]) + "}"


def _time(at: datetime) -> str:
    return at.astimezone(INDIA).isoformat(timespec="milliseconds")
