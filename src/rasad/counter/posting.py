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
from rasad.counter.why_not import replay, why_not
from rasad.journal import seals
from rasad.ledger.posting import SELL, SaleLine, missing
from rasad.values.refused import Refused

# Without its remarks: psycopg remembers how it read a statement up to 4,096 characters only.
_POST = re.sub(r"^ *--.*\n", "", SELL + Path(__file__).with_name("sale.sql").read_text(), flags=re.MULTILINE)
_HINDERED = Path(__file__).with_name("hindered.sql").read_text()
_encode = msgspec.json.Encoder().encode
# A deadlock is nobody's fault and passes; more than this many in a row would be a bug.
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
    outcomes: list[Outcome | None] = [None] * len(sales)
    waiting = list(range(len(sales)))
    while waiting:
        try:
            receipts = _post_group(link, lane, [sales[place] for place in waiting], at=at, now=now)
        except _NotWholeError as group:
            alone = [place for sale, place in enumerate(waiting) if sale in group.missing]
            waiting = [place for sale, place in enumerate(waiting) if sale not in group.missing]
        except errors.IntegrityError:
            hindered = _hindered(link, [sales[place] for place in waiting]) or set(range(len(waiting)))
            alone = [place for sale, place in enumerate(waiting) if sale in hindered]
            waiting = [place for sale, place in enumerate(waiting) if sale not in hindered]
        except (errors.DeadlockDetected, errors.LockNotAvailable):
            alone, waiting = waiting, []
        else:
            for place, receipt in zip(waiting, receipts, strict=True):
                outcomes[place] = receipt
            alone, waiting = [], []
        for place in alone:
            outcomes[place] = post_alone(link, lane, sales[place], at=at, now=now)
    return [one for one in outcomes if one is not None]


def post_alone(link: Link, lane: Lane, sale: Asked, *, at: datetime, now: datetime) -> Outcome:
    """Post one sale, or say exactly why not; one that is in the books already is answered with its receipt."""
    for _ in range(TRIES):
        try:
            known = replay(link, sale)
            return known or _post_group(link, lane, [sale], at=at, now=now)[0]
        except Refused as no:
            return no
        except _NotWholeError:
            broken = None
        except errors.IntegrityError as error:
            broken = error.diag.constraint_name
        except (errors.DeadlockDetected, errors.LockNotAvailable):
            continue
        refused = why_not(link, sale, broken=broken, now=now)
        if refused is not None:
            return refused
    return Refused("busy_try_again")


def _hindered(link: Link, sales: Sequence[Asked]) -> set[int]:
    """The places of sales that the books stand against, so that their neighbours stay a group."""
    lines = _encode(_lines(sales)).decode()
    return {row[0] for row in link.execute(_HINDERED, {"lines": lines})}


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
