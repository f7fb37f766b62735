"""The signed token in a QR code: made by whoever holds the key, checked anywhere with the public key alone.

A CWT in COSE_Sign1, compressed with zlib, written in Base45: the form of Claim 169 (idpass/claim-169 1.2.0),
so that a reader of that form shows holder and number; the ration facts stand beside it in a claim of our
own. A signature says who made the token, not that it was not used before: the ledger says that.
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, cast

import base45
import cbor2
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from cwt import COSE, COSEKey
from cwt.cose_key_interface import COSEKeyInterface
from cwt.exceptions import CWTError

from rasad.relief.numbers import printed
from rasad.values.month import INDIA, Month
from rasad.values.refused import Refused

# CWT claims (RFC 8392), the identity claim, and ours: a private claim has a key below -65536.
ISSUER, EXPIRES, NOT_BEFORE, NUMBER, IDENTITY, RATION = 1, 4, 5, 7, 169, -70_001
# In claim 169: number, language (ISO 639-3), full name.
ID, LANGUAGE, FULL_NAME = 1, 3, 4
# In ours.
SCHEME, MONTHS, MEMBERS, INHERITS, SHOP, DISTRICT = 1, 2, 3, 4, 5, 6
SIGN1, ALGORITHM, CRITICAL, KEY_ID = 18, 1, 2, 4
EDDSA, ES256 = -8, -7
# The longest text a QR code holds, and what that could reasonably become: more is an attack, not a token.
LONGEST_TEXT, LARGEST_TOKEN = 4_296, 16_384
LONGEST_NAME = 48
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@dataclass(frozen=True)
class TokenFacts:
    """What a token says of itself. The first and the last day are both days it is good for."""

    number: str
    scheme: str
    months: tuple[Month, ...]
    holder: str
    members: int
    inherits: str
    # Empty while the token waits for its shop.
    shop: str
    district: str
    first_day: date
    last_day: date
    issuer: str


@dataclass(frozen=True)
class PublicKey:
    """A key tokens are checked with: Ed25519 (ours) or P-256. Its id is the start of its digest."""

    key: COSEKeyInterface
    algorithm: int
    id: bytes


class Signer:
    """The holder of the private key: signs tokens and hands out the public key."""

    def __init__(self, seed: bytes) -> None:
        private = Ed25519PrivateKey.from_private_bytes(seed)
        self._public = private.public_key()
        self._cose = COSE.new()
        self._header = {ALGORITHM: EDDSA}
        self._unprotected = {KEY_ID: _key_id(self._public)}
        self._key = COSEKey.new(
            {1: 1, 3: EDDSA, -1: 6, -2: self._public.public_bytes_raw(), -4: seed, 4: [1, 2]}
        )

    @property
    def public_pem(self) -> bytes:
        """The public key as a PEM block; files of several blocks are fine."""
        return self._public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, facts: TokenFacts) -> str:
        """The text for the QR code: letters, digits and signs that a QR code stores in 5.5 bits each."""
        payload = cbor2.dumps(_claims(facts))
        signed = self._cose.encode_and_sign(payload, self._key, self._header, self._unprotected)
        return _base45(zlib.compress(cast(bytes, signed), 9))


def _base45(packed: bytes) -> str:
    """Base45 by a table of all pairs of bytes: ten times as quick as the library, a tenth of a token's cost."""
    odd = len(packed) % 2
    pairs = struct.unpack(f">{len(packed) // 2}H", packed[: len(packed) - odd])
    return "".join(map(_pairs().__getitem__, pairs)) + (_pairs()[packed[-1]][:2] if odd else "")


@cache
def _pairs() -> list[str]:
    return [low + middle + high for high in SIGNS for middle in SIGNS for low in SIGNS][: 1 << 16]


def _claims(facts: TokenFacts) -> dict[int, object]:
    number = facts.number.replace("-", "")
    return {
        ISSUER: facts.issuer,
        EXPIRES: _midnight(facts.last_day + timedelta(days=1)),
        NOT_BEFORE: _midnight(facts.first_day),
        NUMBER: number.encode("ascii"),
        IDENTITY: {
            ID: number,
            # The name stands in the script the source wrote it in.
            LANGUAGE: "eng" if facts.holder.isascii() else "hin",
            FULL_NAME: facts.holder[:LONGEST_NAME],
        },
        RATION: {
            SCHEME: facts.scheme,
            MONTHS: [month.year * 100 + month.number for month in facts.months],
            MEMBERS: facts.members,
            INHERITS: facts.inherits,
            SHOP: _short(facts.shop),
            DISTRICT: facts.district,
        },
    }


def _short(shop: str) -> int | str:
    # A number is four bytes shorter than its digits, and often a whole size of the QR code.
    return int(shop) if shop.isascii() and shop.isdigit() and str(int(shop)) == shop else shop


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), INDIA).timestamp())


def _key_id(public: Ed25519PublicKey | EllipticCurvePublicKey) -> bytes:
    written = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(written).digest()[:4]


_PEM = re.compile(rb"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----", re.DOTALL)


def public_keys(pem: bytes) -> tuple[PublicKey, ...]:
    """The keys of a PEM file. Raises Refused("public_key_not_readable") for a file without a usable one."""
    blocks = _PEM.findall(pem)
    try:
        keys = tuple(_public_key(load_pem_public_key(block)) for block in blocks)
    except (ValueError, UnsupportedAlgorithm):
        keys = ()
    if not keys:
        raise Refused("public_key_not_readable")
    return keys


def _public_key(public: object) -> PublicKey:
    if isinstance(public, Ed25519PublicKey):
        name = _key_id(public)
        parts = {1: 1, 2: name, 3: EDDSA, -1: 6, -2: public.public_bytes_raw(), 4: [2]}
        return PublicKey(COSEKey.new(parts), EDDSA, name)
    if isinstance(public, EllipticCurvePublicKey) and isinstance(public.curve, SECP256R1):
        name = _key_id(public)
        point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        parts = {1: 2, 2: name, 3: ES256, -1: 1, -2: point[1:33], -3: point[33:], 4: [2]}
        return PublicKey(COSEKey.new(parts), ES256, name)
    raise ValueError("neither Ed25519 nor P-256")


def verify(text: str, keys: Sequence[PublicKey], *, on: date) -> TokenFacts:
    """What a genuine token says, when it is good on a day. Anything else is refused, with the reason.

    Refused: token_not_readable (damaged, or another kind of code), token_unknown_key (signed by somebody
    whose key is not among these), token_signature_wrong (forged or altered), token_not_ours (genuine, but
    no ration token), token_not_begun, token_over.
    """
    message = _message(text)
    facts = _facts(_claims_of(_signed_payload(message, keys)))
    if on < facts.first_day:
        raise Refused("token_not_begun", number=printed(facts.number), on=on, opens=facts.first_day)
    if on > facts.last_day:
        raise Refused("token_over", number=printed(facts.number), on=on, until=facts.last_day)
    return facts


def _message(text: str) -> list[Any]:
    """The four parts of the COSE_Sign1 message in a text."""
    try:
        # Only line ends are stripped: a blank is a digit of Base45.
        compressed = base45.b45decode(text.strip("\r\n\t")[: LONGEST_TEXT + 1])
        inflater = zlib.decompressobj()
        packed = inflater.decompress(compressed, LARGEST_TOKEN)
        if len(text) > LONGEST_TEXT or not inflater.eof or inflater.unused_data:
            raise Refused("token_not_readable")
        message = cbor2.loads(packed)
    except (ValueError, zlib.error, cbor2.CBORError):
        raise Refused("token_not_readable") from None
    whole = isinstance(message, cbor2.CBORTag) and message.tag == SIGN1 and isinstance(message.value, list)
    parts = list(message.value) if whole else []
    kinds = (bytes, dict, bytes, bytes)
    if len(parts) != 4 or not all(isinstance(*pair) for pair in zip(parts, kinds, strict=True)):
        raise Refused("token_not_readable")
    return parts


def _signed_payload(message: list[Any], keys: Sequence[PublicKey]) -> bytes:
    """The payload, once one of the keys has vouched for it with the algorithm that is its own."""
    protected, unprotected, payload, signature = message
    header = _mapping(protected)
    if CRITICAL in header:
        # Something must be understood that we do not understand.
        raise Refused("token_not_readable")
    named = header.get(KEY_ID, unprotected.get(KEY_ID))
    candidates = [key for key in keys if key.algorithm == header.get(ALGORITHM) and named in (None, key.id)]
    if not candidates:
        raise Refused("token_unknown_key")
    # What is not protected by the signature has said its name and is heard no further.
    bare = cbor2.CBORTag(SIGN1, [protected, {}, payload, signature])
    for key in candidates:
        try:
            return cast(bytes, COSE.new().decode(bare, key.key))
        except (CWTError, ValueError):
            continue
    raise Refused("token_signature_wrong")


def _mapping(packed: bytes) -> Mapping[Any, Any]:
    try:
        found = cbor2.loads(packed)
    except (ValueError, cbor2.CBORError):
        raise Refused("token_not_readable") from None
    if not isinstance(found, dict):
        raise Refused("token_not_readable")
    return found


def _claims_of(payload: bytes) -> Mapping[Any, Any]:
    claims = _mapping(payload)
    if not isinstance(claims.get(IDENTITY), dict) or not isinstance(claims.get(RATION), dict):
        raise Refused("token_not_ours", issuer=str(claims.get(ISSUER, ""))[:60])
    return claims


def _facts(claims: Mapping[Any, Any]) -> TokenFacts:
    identity, ration = claims[IDENTITY], claims[RATION]
    try:
        return TokenFacts(
            number=claims[NUMBER].decode("ascii"),
            scheme=_text(ration[SCHEME]),
            months=tuple(Month(value // 100, value % 100) for value in ration[MONTHS]),
            holder=_text(identity[FULL_NAME]),
            members=int(ration[MEMBERS]),
            inherits=_text(ration[INHERITS]),
            shop=_shop(ration[SHOP]),
            district=_text(ration[DISTRICT]),
            first_day=datetime.fromtimestamp(claims[NOT_BEFORE], INDIA).date(),
            last_day=datetime.fromtimestamp(claims[EXPIRES] - 1, INDIA).date(),
            issuer=_text(claims[ISSUER]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError):
        raise Refused("token_not_ours", issuer=str(claims.get(ISSUER, ""))[:60]) from None


def _shop(value: object) -> str:
    return str(value) if isinstance(value, int) else _text(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
