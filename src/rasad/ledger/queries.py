"""The registers as pages and files read them: a shop's stock by day, its sales line by line, a card's month."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from rasad.ledger.models import Account, Transfer
from rasad.values.month import INDIA, Month

CHUNK = 2000
T = TypeVar("T")


@dataclass(frozen=True)
class StockDay:
    """One day of one stock: opening + received - sold + reversed + corrected = closing. Grams or ml.

    `corrected` is below zero for a loss. A month begins with a row of its first day, moved or not.
    """

    shop: str
    month: str
    day: date
    commodity: str
    allocation: str
    unit: str
    opening: int
    received: int
    sold: int
    reversed: int
    corrected: int
    closing: int


@dataclass(frozen=True)
class SoldLine:
    """One line of one sale; grams or ml, paise a kg or litre, paise. `part`: which price of a commodity."""

    shop: str
    day: date
    at: datetime
    sale: UUID
    line: int
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
    commodity: str
    part: str
    allocation: str
    unit: str
    quantity: int
    price: int
    amount: int
    is_reversed: bool


@dataclass(frozen=True)
class CardLine:
    """One line of a card's or token's month: granted, lifted in this State and elsewhere, reserved, remaining."""

    holder: str
    month: str
    commodity: str
    part: str
    unit: str
    granted: int
    lifted: int
    elsewhere: int
    reserved: int
    remaining: int


def stock_register(shop: str, month: Month) -> list[StockDay]:
    """A shop's stock in a month, by commodity, allocation and day."""
    where = "shop = %s AND month = %s ORDER BY commodity, allocation, day"
    return list(_read(StockDay, "ledger_stock_register", where, [shop, str(month)]))


def sales_register(shop: str, month: Month) -> Iterator[SoldLine]:
    """The sales of a shop in a month, line by line in the order they were made, those taken back included."""
    where = "shop = %s AND at >= %s AND at < %s ORDER BY at, sale, line"
    return _read(SoldLine, "ledger_sales_register", where, [shop, *span(month)])


def sale_lines(sale: UUID) -> list[SoldLine]:
    """The lines of one sale; none where no such sale is in the books."""
    return list(_read(SoldLine, "ledger_sales_register", "sale = %s ORDER BY line", [sale]))


def has_lifted(holder: str, *, month: str) -> bool:
    """Whether anything was taken on a card or token in a month, or is being taken now."""
    taken = Q(received__gt=F("given")) | Q(held__gt=0)
    kinds = (Account.Kind.ENTITLEMENT, Account.Kind.CAP)
    return Account.objects.filter(taken, holder=holder, month=month, kind__in=kinds).exists()


def lines_of_sales(sales: Sequence[UUID]) -> list[SoldLine]:
    """The lines of some sales, those of one sale together."""
    where = "sale = ANY (%s) ORDER BY sale, line"
    return list(_read(SoldLine, "ledger_sales_register", where, [list(sales)])) if sales else []


def card_register(holder: str, month: Month) -> list[CardLine]:
    """What a card or token may take in a month, took and has left; nothing before it was first touched."""
    where = "holder = %s AND month = %s ORDER BY commodity, part"
    return list(_read(CardLine, "ledger_card_register", where, [holder, str(month)]))


def left_on(accounts: Iterable[Account]) -> dict[int, int]:
    """What may still be taken on each of these accounts of cards, by its id; a limit that goods share binds each."""
    known = list(accounts)
    sharing = [one for one in known if one.cap_group]
    limits: dict[tuple[str, str, str], int] = {}
    if sharing:
        caps = Account.objects.filter(
            kind=Account.Kind.CAP,
            holder__in={one.holder for one in sharing},
            month__in={one.month for one in sharing},
        )
        limits = {(one.holder, one.month, one.commodity): one.left for one in caps}
    return {
        one.pk: max(min(one.left, limits.get((one.holder, one.month, one.cap_group), one.left)), 0)
        for one in known
    }


def left_of_sale(sale: UUID) -> list[int]:
    """What is left now on each line of a sale, in the order of the lines."""
    moved = Transfer.objects.filter(document=sale, kind=Transfer.Kind.SALE).order_by("line")
    keys = list(moved.values_list("target", flat=True))
    left = left_on(Account.objects.filter(pk__in=keys))
    return [left[key] for key in keys]


def span(month: Month) -> tuple[datetime, datetime]:
    """The moments, in India, at which a month begins and the next one does."""
    first, after = (datetime(one.year, one.number, 1, tzinfo=INDIA) for one in (month, month.next))
    return first, after


def _read(of: type[T], view: str, where: str, given: Sequence[Any]) -> Iterator[T]:
    names = ", ".join(one.name for one in fields(of))  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {view} WHERE {where}", given)  # noqa: S608
        while rows := cursor.fetchmany(CHUNK):
            yield from (of(*map(_local, row)) for row in rows)


def _local(cell: Any) -> Any:
    return timezone.localtime(cell) if isinstance(cell, datetime) else cell
