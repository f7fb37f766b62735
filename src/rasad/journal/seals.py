"""Seals: one row for each group of sales a lane posts, each over the one before it.

A lane is a chain of its own, so that groups posted side by side do not wait for each other's commit. Whoever
writes into a lane holds its lock: in PostgreSQL, for the session or the transaction.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from rasad.journal.chain import plain

# "lane" as a number: the first half of the two-part advisory lock; the second is the lane.
LOCK = 0x6C616E65
BEGINNING = bytes(32)
LAST = "SELECT number, hash FROM journal_seal WHERE lane = %s ORDER BY number DESC LIMIT 1"


@dataclass(frozen=True)
class Last:
    """The newest seal of a lane."""

    number: int = 0
    hash: bytes = BEGINNING


def following(last: Last, *, lane: int, at: datetime, digests: Iterable[bytes]) -> dict[str, object]:
    """The seal over the digests of a group's sales, in their order, as the columns of its row."""
    told = list(digests)
    digest = hashlib.sha256(b"".join(told)).digest()
    number = last.number + 1
    return {
        "lane": lane, "number": number, "at": at, "entries": len(told), "digest": digest,
        "hash": seal_hash(last.hash, lane=lane, number=number, at=at, entries=len(told), digest=digest),
    }  # fmt: skip


def last_of(seal: Mapping[str, object]) -> Last:
    """A seal just written, as the one that the next follows."""
    return Last(cast(int, seal["number"]), cast(bytes, seal["hash"]))


def seal_hash(before: bytes, *, lane: int, number: int, at: datetime, entries: int, digest: bytes) -> bytes:
    """SHA-256 over a seal and the hash of the one before it."""
    said = f"{lane}/{number}/{plain(at)}/{entries}/"
    return hashlib.sha256(before + said.encode() + digest).digest()
