"""The vault: the only place where an Aadhaar number is kept, sealed.

Each call of `store_many` seals its numbers with a data key of its own (AES-256-GCM), and the data key is
wrapped with `settings.VAULT_KEY`, which is kept outside the database. The reference of the number is bound
into the seal: an entry moved under another reference does not open.
"""

import os
from collections.abc import Sequence
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, transaction

from rasad.accounts.models import User
from rasad.journal import actions as journal
from rasad.registry.models import VaultEntry
from rasad.values import aadhaar
from rasad.values.refused import Refused

_NONCE_BYTES = 12
_WRAPPING = b"rasad vault data key"


class SealBrokenError(RuntimeError):
    """An entry of the vault does not open: another key, or it was tampered with."""

    def __init__(self) -> None:
        super().__init__("a vault entry does not open: another key, or it was tampered with")


def references(numbers: Sequence[str]) -> list[bytes]:
    """The reference of each Aadhaar number, as it stands everywhere outside the vault."""
    key = settings.IDENTITY_KEY
    return [aadhaar.reference(number, key) for number in numbers]


def store_many(numbers: Sequence[str], *, at: datetime) -> list[bytes]:
    """Keep Aadhaar numbers and give their references; a number that is kept already stays as it is."""
    if not numbers:
        return []
    refs = references(numbers)
    data_key = AESGCM.generate_key(bit_length=256)
    nonce = os.urandom(_NONCE_BYTES)
    wrapped = nonce + AESGCM(settings.VAULT_KEY).encrypt(nonce, data_key, _WRAPPING)
    lock, nonces = AESGCM(data_key), os.urandom(_NONCE_BYTES * len(numbers))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE sealing (ref bytea, sealed bytea)")
        with cursor.copy("COPY sealing FROM STDIN") as copy:
            for place, (number, ref) in enumerate(zip(numbers, refs, strict=True)):
                nonce = nonces[place * _NONCE_BYTES : (place + 1) * _NONCE_BYTES]
                sealed = nonce + lock.encrypt(nonce, number.encode("ascii"), ref)
                copy.write(f"\\\\x{ref.hex()}\t\\\\x{sealed.hex()}\n")
        cursor.execute(
            "INSERT INTO registry_vaultentry (aadhaar_ref, wrapped_key, sealed, stored_at)"
            " SELECT ref, %s, sealed, %s FROM sealing ON CONFLICT DO NOTHING",
            [wrapped, at],
        )
        cursor.execute("DROP TABLE sealing")
    return refs


def reveal(*, ref: bytes, by: User, at: datetime, reason: str) -> str:
    """The Aadhaar number behind a reference; it leaves only once the journal says who asked and why.

    Raises Refused `reason_needed` and `not_in_vault`; RuntimeError inside another transaction, whose end
    could take the journal entry away, or when the entry does not open.
    """
    if not reason.strip():
        raise Refused("reason_needed")
    with transaction.atomic(durable=True):
        entry = VaultEntry.objects.filter(aadhaar_ref=ref).first()
        if entry is None:
            raise Refused("not_in_vault")
        journal.write(
            "aadhaar.revealed", of_kind="vault_entry", of_key=ref.hex(), by=by, at=at, reason=reason.strip()
        )
    return _opened(entry)


def number_for_authentication(*, ref: bytes) -> str:
    """The number for one call to Aadhaar, with the person at the counter; the caller writes the attempt down.

    It goes into the request and nowhere else: no page, log, message or table.
    Raises Refused("not_in_vault") and SealBrokenError.
    """
    entry = VaultEntry.objects.filter(aadhaar_ref=ref).first()
    if entry is None:
        raise Refused("not_in_vault")
    return _opened(entry)


def _opened(entry: VaultEntry) -> str:
    wrapped, sealed, ref = bytes(entry.wrapped_key), bytes(entry.sealed), bytes(entry.aadhaar_ref)
    try:
        data_key = AESGCM(settings.VAULT_KEY).decrypt(
            wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], _WRAPPING
        )
        number = AESGCM(data_key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], ref)
    except InvalidTag:
        raise SealBrokenError from None
    return number.decode("ascii")
