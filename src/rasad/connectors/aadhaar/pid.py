"""The PID block: what a person shows (a finger, a code), sealed so that only UIDAI can open it."""

import hashlib
import hmac
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509 import Certificate
from lxml import etree

from rasad.connectors.aadhaar import xml
from rasad.connectors.aadhaar.keys import public_key
from rasad.values.month import INDIA

KEY_BYTES = 32
_TS = re.compile(rb"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")
TS_BYTES = 19
Kind = Literal["FMR", "FIR", "IIR", "FID"]


class PidError(ValueError):
    """A block that cannot be opened. `code` is UIDAI's for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Sealed:
    """A PID block on its way: nobody between here and UIDAI can read it, and nobody prints it."""

    ci: str
    skey: str = field(repr=False)
    hmac: str = field(repr=False)
    data: str = field(repr=False)


@dataclass(frozen=True)
class Bio:
    """One record of a finger, an iris or a face."""

    kind: Kind
    posh: str
    record: bytes = field(repr=False)


def stamp(at: datetime) -> str:
    """A moment as PID blocks carry it: India's clock, whole seconds, no zone."""
    return at.astimezone(INDIA).strftime("%Y-%m-%dT%H:%M:%S")


def moment(ts: str) -> datetime:
    """The moment a PID block carries. Raises ValueError."""
    return datetime.strptime(ts, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=INDIA)


def identifier(certificate: Certificate) -> str:
    """`ci`: the day on which UIDAI's certificate expires."""
    return certificate.not_valid_after_utc.strftime("%Y%m%d")


def written(*, ts: str, bios: Sequence[Bio] = (), otp: str = "", wadh: str = "") -> bytes:
    """A PID block in clear. It never leaves the function that seals it."""
    root = xml.root(xml.PID, "Pid", {"ts": ts, "ver": "2.0", "wadh": wadh})
    if bios:
        holder = xml.add(root, "Bios", {"dih": ""})
        for bio in bios:
            told = {"type": bio.kind, "posh": bio.posh, "bs": ""}
            xml.add(holder, "Bio", told, text=b64encode(bio.record).decode())
    if otp:
        xml.add(root, "Pv", {"otp": otp})
    return etree.tostring(root)


def seal(pid: bytes, *, ts: str, certificate: Certificate, is_prefixed: bool = True) -> Sealed:
    """Encrypt a PID block for the holder of the certificate, with a session key used once.

    Most clients write `ts` before the encrypted data, some do not; UIDAI reads both.
    """
    key = os.urandom(KEY_BYTES)
    prefix = ts.encode() if is_prefixed else b""
    return Sealed(
        ci=identifier(certificate),
        skey=_text(public_key(certificate).encrypt(key, PKCS1v15())),
        hmac=_text(prefix + encrypted(hashlib.sha256(pid).digest(), key=key, ts=ts)),
        data=_text(prefix + encrypted(pid, key=key, ts=ts)),
    )


def session_key(skey: str, *, key: RSAPrivateKey) -> bytes:
    """The session key in an Skey element. Raises PidError(500)."""
    try:
        opened = key.decrypt(_bytes(skey), PKCS1v15())
    except ValueError as wrong:
        raise PidError("500") from wrong
    # A wrong padding comes back as random bytes of any length, so that nobody can probe the key.
    if len(opened) != KEY_BYTES:
        raise PidError("500")
    return opened


def open_data(data: str, *, key: bytes, around: datetime) -> tuple[bytes, str]:
    """A PID block in clear, and its ts. Raises PidError(502).

    Without the prefix the ts is not known beforehand: the seconds of the last and next minutes are tried.
    """
    try:
        content = _bytes(data)
        found = _TS.match(content)
        if found:
            return decrypted(content[TS_BYTES:], key=key, ts=found[0].decode()), found[0].decode()
    except (ValueError, InvalidTag) as wrong:
        raise PidError("502") from wrong
    for ts in _seconds_around(around):
        try:
            return decrypted(content, key=key, ts=ts), ts
        except InvalidTag:
            continue
    raise PidError("502")


def check_hmac(text: str, *, pid: bytes, key: bytes, ts: str) -> None:
    """Whether the block is the one that was sealed. Raises PidError(503: cannot be opened, 564: another)."""
    try:
        content = _bytes(text)
        digest = decrypted(content[TS_BYTES:] if _TS.match(content) else content, key=key, ts=ts)
    except (ValueError, InvalidTag) as wrong:
        raise PidError("503") from wrong
    if not hmac.compare_digest(digest, hashlib.sha256(pid).digest()):
        raise PidError("564")


def encrypted(content: bytes, *, key: bytes, ts: str) -> bytes:
    """AES-256 in GCM: nonce and associated data are the last 12 and 16 bytes of ts, the tag is at the end."""
    return AESGCM(key).encrypt(ts.encode()[-12:], content, ts.encode()[-16:])


def decrypted(content: bytes, *, key: bytes, ts: str) -> bytes:
    """What `encrypted` hid. Raises InvalidTag."""
    return AESGCM(key).decrypt(ts.encode()[-12:], content, ts.encode()[-16:])


def _seconds_around(at: datetime, *, minutes: int = 5) -> Iterable[str]:
    nearest_first = sorted(range(-60 * minutes, 60 * minutes + 1), key=abs)
    return (stamp(at + timedelta(seconds=second)) for second in nearest_first)


def _text(content: bytes) -> str:
    return b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return b64decode("".join(text.split()), validate=True)
