"""The pass: what a visit that is through its ladder may buy, signed, so that the sale asks for nothing again.

The shop's device carries it to the sale. Accounts and prices in it are the server's own: changing a letter
breaks the seal. It is good for one sale id, one shop, and until its deadline.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import blake2b

import msgspec
from django.conf import settings

from rasad.values.refused import Refused

_SEAL_BYTES = 20


class PassLine(msgspec.Struct, array_like=True, frozen=True):
    """One thing that may be bought: its accounts, its price in paise a kg or litre, the most of it."""

    key: str
    entitlement: int
    stock: int
    price: int
    unit: str
    most: int


class Pass(msgspec.Struct, array_like=True, frozen=True):
    """Who may buy what, where, how authenticated, until when (unix seconds)."""

    id: str
    shop: str
    device: str
    kind: str
    holder: str
    month: str
    category: str
    members: int
    home_state: str
    home_shop: str
    mode: str
    member: int | None
    why: str
    ekyc_asked: bool
    reference: str
    cash: int
    until: int
    lines: tuple[PassLine, ...]


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Pass).decode


def sign(one: Pass) -> str:
    """A pass as text."""
    said = _encode(one)
    return urlsafe_b64encode(_seal(said) + said).decode()


def read(text: str) -> Pass:
    """The pass in a text. Raises Refused("bad_pass") for one this server did not sign."""
    try:
        raw = urlsafe_b64decode(text)
    except ValueError:
        raise Refused("bad_pass") from None
    seal, said = raw[:_SEAL_BYTES], raw[_SEAL_BYTES:]
    if not hmac.compare_digest(seal, _seal(said)):
        raise Refused("bad_pass")
    return _decode(said)


def _seal(said: bytes) -> bytes:
    seal = _keyed(settings.PASS_KEY).copy()
    seal.update(said)
    return seal.digest()


@lru_cache(maxsize=2)
def _keyed(key: bytes) -> blake2b:
    return blake2b(digest_size=_SEAL_BYTES, key=key, person=b"rasad pass")
