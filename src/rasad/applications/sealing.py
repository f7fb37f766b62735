"""Pictures of papers under lock: sealed with a data key of their own, which the vault's key wraps."""

import os
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from rasad.applications.models import Document
from rasad.values.aadhaar import without_numbers
from rasad.values.refused import Refused

_NONCE = 12
_WRAPPING = b"rasad document data key"
LARGEST = 2 * 1024 * 1024
# How a file of each kind begins.
BEGINS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


@dataclass(frozen=True)
class Sheet:
    """A paper as it was offered: its kind, and its picture; without one an officer saw it at the counter."""

    kind: str
    name: str
    contents: bytes = b""

    def __post_init__(self) -> None:
        """The number of a paper is not kept where it is a person's Aadhaar number, nor a digest made of it."""
        object.__setattr__(self, "name", without_numbers(self.name))

    @property
    def digest(self) -> str:
        """Which sheet it is: by its picture, else by what was written down of it."""
        return sha256(self.contents or f"{self.kind}\n{self.name}".encode()).hexdigest()


def checked(sheet: Sheet) -> str:
    """The media type of a picture, by how it begins; empty without one. Refused: paper_too_large, paper_unreadable."""
    if not sheet.contents:
        return ""
    if len(sheet.contents) > LARGEST:
        raise Refused("paper_too_large", name=sheet.name, megabytes=LARGEST // 1024 // 1024)
    for start, media_type in BEGINS.items():
        if sheet.contents.startswith(start):
            return media_type
    raise Refused("paper_unreadable", name=sheet.name)


def sealed(contents: bytes, digest: str) -> tuple[bytes, bytes]:
    """The wrapped key and the sealed picture."""
    key, nonce, own = AESGCM.generate_key(bit_length=256), os.urandom(_NONCE), os.urandom(_NONCE)
    wrapped = nonce + AESGCM(settings.VAULT_KEY).encrypt(nonce, key, _WRAPPING)
    return wrapped, own + AESGCM(key).encrypt(own, contents, digest.encode())


def opened(document: Document) -> bytes:
    """The picture of a paper. Refused: paper_not_kept (it was only seen), paper_seal_broken."""
    if document.sealed is None or document.wrapped_key is None:
        raise Refused("paper_not_kept")
    wrapped, body = bytes(document.wrapped_key), bytes(document.sealed)
    try:
        key = AESGCM(settings.VAULT_KEY).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _WRAPPING)
        return AESGCM(key).decrypt(body[:_NONCE], body[_NONCE:], document.digest.encode())
    except InvalidTag:
        raise Refused("paper_seal_broken") from None
