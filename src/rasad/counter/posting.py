"""Sales into the books: a group at once, and whatever a group could not take alone, with the exact answer.

A refusal in a group never refuses its neighbours: the group is posted again without it. The books, the rows of
the sales and the seal are one statement; nobody is answered before it is committed.
"""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus

from rasad.counter.asking import Asked
from rasad.counter.receipts import Receipt, receipt_of
from rasad.counter.why_not import answer, look
from rasad.journal import seals
from rasad.ledger.posting import SELL, SaleLine, missing
from rasad.values.refused import Refused

# Without its remarks: psycopg remembers how it read a statement up to 4,096 characters only.
_POST = re.sub(r"^ *--.*\n", "", SELL + Path(__file__).with_name("sale.sql").read_text(), flags=re.MULTILINE)
_encode = msgspec.json.Encoder().encode
# What changes between a look and the try passes, as deadlocks do; more than this many in a row would be a bug.
TRIES = 8

Outcome = Receipt | Refused
Link = psycopg.Connection[Any]


class Lane:
    """Where groups are posted one after the other: a chain of seals, and who the money comes from."""

    def __init__(self, number: int, *, families: int) -> None:
        self.number, self.families = number, families
        self.last = seals.Last()

    def catch_up(self, cursor: psycopg.Cursor[Any]) -> None:
        """Read the newest seal of the lane, of which the caller holds the lock."""
        found = cursor.execute(seals.LAST, [self.number]).fetchone()
        self.last = seals.Last(found[0], bytes(found[1])) if found else seals.Last()


class _NotWholeError(Exception):
    """Some sales of a group could not be posted."""

    def __init__(self, missing: set[int]) -> None:
        super().__init__(missing)
        self.missing = missing


def post(link: Link, lane: Lane, sales: Sequence[Asked], *, at: datetime, now: datetime) -> list[Outcome]:
    """Post sales of different cards and ids; the outcome of each, in their order.

    `at` is the time in the books, `now` the clock by which sessions end. Raises psycopg.OperationalError when
    the database is gone: whether the group was committed is then unknown, and posting it again tells.
    """
    outcomes: dict[int, Outcome] = {}
    waiting = list(range(len(sales)))
    while waiting:
        try:
            receipts = _post_group(link, lane, [sales[place] for place in waiting], at=at, now=now)
        except _NotWholeError as group:
            # What has no answer may be the last of several who want the same bag: each by itself, in order.
            doubtful = alone = [place for sale, place in enumerate(waiting) if sale in group.missing]
        except errors.IntegrityError:
            doubtful, alone = waiting, []
        except (errors.DeadlockDetected, errors.LockNotAvailable):
            doubtful, alone = [], waiting
        else:
            outcomes |= zip(waiting, receipts, strict=True)
            break
        answers = _answers(link, [sales[place] for place in doubtful], now=now)
        settled = {place: said for place, said in zip(doubtful, answers, strict=True) if said}
        if not settled and not alone:
            # The books moved on between the try and the look.
            alone = waiting
        for place in alone:
            settled[place] = settled.get(place) or post_alone(link, lane, sales[place], at=at, now=now)
        outcomes |= settled
        waiting = [place for place in waiting if place not in settled]
    return [outcomes[place] for place in range(len(sales))]


def post_alone(link: Link, lane: Lane, sale: Asked, *, at: datetime, now: datetime) -> Outcome:
    """Post one sale, or say exactly why not; one that is in the books already is answered with its receipt."""
    for _ in range(TRIES):
        if said := _answers(link, [sale], now=now)[0]:
            return said
        try:
            return _post_group(link, lane, [sale], at=at, now=now)[0]
        except (_NotWholeError, errors.IntegrityError, errors.DeadlockDetected, errors.LockNotAvailable):
            continue
    return Refused("busy_try_again")


def _answers(link: Link, sales: Sequence[Asked], *, now: datetime) -> list[Outcome | None]:
    """What the books say of each sale; None where nothing stands against it."""
    if not sales:
        return []
    books = look(link, sales, now=now)
    return [answer(books, sale) for sale in sales]


def _post_group(
    link: Link, lane: Lane, sales: Sequence[Asked], *, at: datetime, now: datetime
) -> list[Receipt]:
    seal = seals.following(lane.last, lane=lane.number, at=at, digests=sorted(one.digest for one in sales))
    told = {
        "lines": _encode(_lines(sales)).decode(), "sales": _encode([_row(one) for one in sales]).decode(),
        "families": lane.families, "now": now,
    }  # fmt: skip
    left: list[list[int]] = [[0] * len(one.lines) for one in sales]
    try:
        with _undone(link), link.cursor() as cursor:
            cursor.execute(_POST, told | seal, prepare=True)
            for sale, line, remaining in cursor:
                left[sale][line - 1] = remaining
    except psycopg.Error as error:
        if (places := missing(error)) is None:
            raise
        raise _NotWholeError(places) from None
    lane.last = seals.last_of(seal)
    return [receipt_of(one, left=left[place], at=at) for place, one in enumerate(sales)]


def _undone(link: Link) -> AbstractContextManager[object]:
    """What undoes a statement that fails inside a transaction; by itself it is one, and costs one trip."""
    is_alone = link.info.transaction_status == TransactionStatus.IDLE and link.autocommit
    return nullcontext() if is_alone else link.transaction()


def _lines(sales: Sequence[Asked]) -> list[SaleLine]:
    return [
        SaleLine(
            place, sale.id, number, line.of.entitlement, line.of.stock, sale.allowed.cash, line.quantity,
            line.of.price, line.amount,
        )
        for place, sale in enumerate(sales)
        for number, line in enumerate(sale.lines, 1)
    ]  # fmt: skip


def _row(sale: Asked) -> dict[str, object]:
    allowed = sale.allowed
    return {
        "id": sale.id, "shop": allowed.shop, "kind": allowed.kind, "holder": allowed.holder,
        "month": allowed.month, "category": allowed.category, "members": allowed.members,
        "home_state": allowed.home_state, "home_shop": allowed.home_shop, "mode": allowed.mode,
        "member": allowed.member, "why": allowed.why, "ekyc_asked": allowed.ekyc_asked,
        "reference": allowed.reference, "amount": sale.amount, "device": allowed.device, "dealer": sale.dealer,
        "digest": sale.digest.hex(), "session": sale.session,
    }  # fmt: skip
