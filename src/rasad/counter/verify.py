"""Whether the sales are what was sealed: each digest again from the row and its transfers, each seal again; and
whether what stands beside the seals fits together (verify.sql)."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from rasad.counter.asking import SaleRow, digest_of
from rasad.journal import seals

SENTENCES = {
    "sale_changed": "a sale is not what was sealed",
    "sale_without_books": "the amount of a sale is not what moved",
    "books_without_sale": "grain moved for a sale that is not there",
    "seal_broken": "a seal does not follow from its sales and the seal before it",
    "seal_missing": "a seal is missing",
    "cut_short": "a seal that was seen earlier is gone or another one",
    "sale_unsealed": "a sale belongs to a seal that is not there",
    "not_as_taken_back": "what moved back is not what the sale moved",
    "not_as_journalled": "the journal says otherwise",
    "not_as_decided": "a correction of stock is not what two persons decided",
    "elsewhere_changed": "a lift in another State is not what moved",
    "gap_missing": "a sale to a card of another State does not keep the days until the next",
}
# Seals and sales side by side, in the order of the chain. The lines of a sale are its transfers to a card.
_SALES = """
SELECT sale.lane, sale.seal, sale.id::text, sale.shop_id, sale.kind, sale.holder, sale.month, sale.category,
       sale.members, sale.home_state, sale.home_shop, sale.mode, sale.member, sale.why, sale.ekyc_asked,
       sale.reference, sale.device, sale.amount, sale.digest,
       (SELECT json_agg(json_build_array(moved.target, moved.quantity, moved.amount))
        FROM ledger_transfer AS moved WHERE moved.document = sale.id AND moved.kind = 'sale') AS lines,
       (SELECT sum(paid.quantity)::bigint
        FROM ledger_transfer AS paid WHERE paid.document = sale.id AND paid.kind = 'payment') AS paid
FROM counter_sale AS sale ORDER BY sale.lane, sale.seal"""
_SEALS = "SELECT lane, number, at, entries, digest, hash FROM journal_seal ORDER BY lane, number"
_BESIDE = Path(__file__).with_name("verify.sql").read_text()


@dataclass(frozen=True)
class Finding:
    """What is wrong, with which sale or seal."""

    code: str
    of: str


@dataclass(frozen=True)
class Sealed:
    """How many sales and seals were read, what was found, and the newest seal of each lane as `lane/number:hash`."""

    sales: int
    seals: int
    findings: tuple[Finding, ...]
    heads: tuple[str, ...] = ()


def verify(*, seen: Collection[str] = ()) -> Sealed:
    """Read every sale and every seal once, in order, whatever their number.

    Nothing inside the database can show that its newest sales were cut off with their seals, or all of them sealed
    anew: keep the heads of an earlier check elsewhere and give them as `seen`.
    """
    findings: list[Finding] = []
    digests: dict[tuple[int, int], list[bytes]] = {}
    sales = 0
    for row in _stream(_SALES):
        sales += 1
        lane, seal, *facts = row
        *said, amount, digest, lines, paid = facts
        digests.setdefault((lane, seal), []).append(bytes(digest))
        findings += _of_sale(SaleRow(*said), amount, bytes(digest), lines or [], paid or 0)
    count, more, heads = _of_seals(digests, seen)
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE)
        beside = [Finding(*row) for row in cursor.fetchall()]
    # One that both find is told once.
    return Sealed(sales, count, tuple(dict.fromkeys((*findings, *more, *beside))), heads)


def _of_sale(sale: SaleRow, amount: int, digest: bytes, lines: list[list[Any]], paid: int) -> list[Finding]:
    found = []
    if sum(line[2] or 0 for line in lines) != amount or paid != amount:
        found.append(Finding("sale_without_books", sale.id))
    if digest_of(sale, [(one[0], one[1], one[2]) for one in lines]) != digest:
        found.append(Finding("sale_changed", sale.id))
    return found


def _of_seals(
    digests: dict[tuple[int, int], list[bytes]], seen: Collection[str]
) -> tuple[int, list[Finding], tuple[str, ...]]:
    found: list[Finding] = []
    lasts: dict[int, seals.Last] = {}
    unseen, count = set(seen), 0
    for lane, number, at, entries, digest, own_hash in _stream(_SEALS):
        count += 1
        last = lasts.get(lane, seals.Last())
        if number != last.number + 1:
            found.append(Finding("seal_missing", f"{lane}/{last.number + 1}"))
        told = sorted(digests.pop((lane, number), []))
        right = hashlib.sha256(b"".join(told)).digest()
        follows = seals.seal_hash(
            last.hash, lane=lane, number=number, at=at, entries=entries, digest=bytes(digest)
        )
        if len(told) != entries or right != bytes(digest) or follows != bytes(own_hash):
            found.append(Finding("seal_broken", f"{lane}/{number}"))
        lasts[lane] = seals.Last(number, bytes(own_hash))
        unseen.discard(_head(lane, lasts[lane]))
    found += [Finding("sale_unsealed", f"{lane}/{number}") for lane, number in digests]
    found += [Finding("cut_short", head.partition(":")[0]) for head in sorted(unseen)]
    return count, found, tuple(_head(lane, last) for lane, last in lasts.items())


def _head(lane: int, last: seals.Last) -> str:
    return f"{lane}/{last.number}:{last.hash.hex()}"


def _stream(query: str) -> Iterator[Any]:
    """The rows of a query, in bounded memory on both sides."""
    connection.ensure_connection()
    with connection.connection.transaction(), connection.connection.cursor(name="verify") as cursor:
        cursor.itersize = 5000
        yield from cursor.execute(query)
