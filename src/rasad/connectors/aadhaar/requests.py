"""The documents we send to UIDAI: authentication, a code to a mobile, e-KYC."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from lxml import etree

from rasad.connectors.aadhaar import pid, xml
from rasad.connectors.aadhaar.captured import DEVICE, Captured
from rasad.connectors.aadhaar.keys import Pair

VERSION = "2.5"
# UIDAI's limit for a transaction's name.
LONGEST_TXN = 50
Proof = Literal["finger", "otp"]
# e-KYC: authenticated by finger or code; no local language, the KSA opens the answer, no printable file.
KYC_OPTIONS = {"rc": "Y", "lr": "N", "de": "Y", "pfr": "N"}
RA = {"finger": "F", "otp": "O"}


@dataclass(frozen=True)
class Agency:
    """Who asks: the codes and licences UIDAI gave us, and the key that signs for us."""

    aua: str
    sub_aua: str
    licence: str = field(repr=False)
    asa_licence: str = field(repr=False)
    terminal: str
    signs: Pair = field(repr=False)


def kind_of(uid: str) -> Literal["A", "V", "T"]:
    """Whether it is an Aadhaar number, a virtual one (16 digits) or a token (72 characters)."""
    if uid.isdigit() and len(uid) in {12, 16}:
        return "A" if len(uid) == 12 else "V"
    return "T"


def path(agency: Agency, uid: str) -> str:
    """`/<ver>/<ac>/<uid0>/<uid1>/<asalk>`; a token has no digits to spread the load by."""
    first, second = ("0", "0") if kind_of(uid) == "T" else (uid[0], uid[1])
    return f"/{VERSION}/{agency.aua}/{first}/{second}/{agency.asa_licence}"


def with_finger(agency: Agency, *, uid: str, txn: str, captured: Captured) -> bytes:
    """A signed Auth with what a registered device captured."""
    root = _auth(agency, uid=uid, txn=txn)
    _uses(root, bio="y", bt=captured.kinds)
    xml.add(root, "Device", {name: captured.device.get(name, "") for name in DEVICE})
    _sealed(
        root, pid.Sealed(captured.ci, captured.skey, captured.hmac, captured.data), kind=captured.data_type
    )
    return xml.signed(root, key=agency.signs.key, certificate=agency.signs.certificate)


def with_otp(agency: Agency, *, uid: str, txn: str, block: pid.Sealed) -> bytes:
    """A signed Auth with a code in its PID block."""
    root = _auth(agency, uid=uid, txn=txn)
    _uses(root, otp="y")
    xml.add(root, "Device", dict.fromkeys(DEVICE, ""))
    _sealed(root, block, kind="X")
    return xml.signed(root, key=agency.signs.key, certificate=agency.signs.certificate)


def for_otp(agency: Agency, *, uid: str, txn: str, at: datetime) -> bytes:
    """A signed request for a code to the mobile that Aadhaar knows."""
    told = {**_who(agency, uid=uid, txn=txn), "ts": pid.stamp(at), "type": kind_of(uid)}
    root = xml.root(xml.OTP, "Otp", told)
    xml.add(root, "Opts", {"ch": "01"})
    return xml.signed(root, key=agency.signs.key, certificate=agency.signs.certificate)


def for_kyc(auth: bytes, *, proof: Proof) -> bytes:
    """A request for e-KYC around a signed Auth."""
    root = xml.root(xml.KYC, "Kyc", {"ver": VERSION, "ra": RA[proof], **KYC_OPTIONS})
    xml.add(root, "Rad", text=b64encode(auth).decode())
    return xml.written(root)


def wadh(proof: Proof) -> str:
    """What binds a PID block to e-KYC: the hash of the options. The device puts it into the block."""
    options = [VERSION, RA[proof], *KYC_OPTIONS.values()]
    return b64encode(hashlib.sha256("".join(options).encode()).digest()).decode()


def _who(agency: Agency, *, uid: str, txn: str) -> dict[str, str]:
    if not 0 < len(txn) <= LONGEST_TXN:
        raise ValueError(f"a transaction's name has 1 to {LONGEST_TXN} characters")
    return {
        "uid": uid,
        "ac": agency.aua,
        "sa": agency.sub_aua,
        "lk": agency.licence,
        "tid": agency.terminal,
        "ver": VERSION,
        "txn": txn,
    }


def _auth(agency: Agency, *, uid: str, txn: str) -> etree._Element:
    return xml.root(xml.AUTH, "Auth", {**_who(agency, uid=uid, txn=txn), "rc": "Y"})


def _uses(root: etree._Element, *, bio: str = "n", bt: str = "", otp: str = "n") -> None:
    wanted = {"pi": "n", "pa": "n", "pfa": "n", "bio": bio, "bt": bt, "pin": "n", "otp": otp}
    xml.add(root, "Uses", {name: value for name, value in wanted.items() if value})


def _sealed(root: etree._Element, block: pid.Sealed, *, kind: str) -> None:
    xml.add(root, "Skey", {"ci": block.ci}, text=block.skey)
    xml.add(root, "Hmac", text=block.hmac)
    xml.add(root, "Data", {"type": kind}, text=block.data)
