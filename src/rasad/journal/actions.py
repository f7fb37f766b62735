"""The one way into the journal."""

from datetime import datetime
from typing import Any

from django.db import connection

from rasad.accounts.models import User
from rasad.journal.chain import BEGINNING, entry_hash, plain
from rasad.journal.models import Entry
from rasad.values.aadhaar import without_numbers

# "rasad" as a number: any that nobody else locks will do.
_CHAIN_LOCK = 0x7261736164


def write(
    action: str,
    *,
    of_kind: str,
    of_key: str,
    by: User | str,
    at: datetime,
    reason: str = "",
    facts: dict[str, object] | None = None,
) -> Entry:
    """Append what was done, inside the transaction that does it: both happen or neither.

    `facts` may hold text, integers, dates, decimals, lists and dicts of them, never an Aadhaar number, a
    password or a code. The chain is locked until the transaction ends, so call it last. Raises RuntimeError
    outside a transaction and ValueError for a time without a zone.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the journal entry belongs into the transaction of the act it records")
    if at.tzinfo is None:
        raise ValueError("the journal needs a time with its zone")
    with connection.cursor() as cursor:
        # One writer at a time: two entries with the same predecessor would break the chain.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = Entry.objects.order_by("-number").values("number", "hash").first()
    said: dict[str, Any] = {
        "number": last["number"] + 1 if last else 1,
        "at": at,
        "by": by if isinstance(by, str) else by.get_username(),
        "action": action,
        "of_kind": of_kind,
        "of_key": of_key,
        "reason": without_numbers(reason),
        "facts": plain(facts or {}),
        "previous_hash": last["hash"] if last else BEGINNING,
    }
    return Entry.objects.create(**said, hash=entry_hash(said))
