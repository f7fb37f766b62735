"""The sales of a shop: of one day, one of them again as its receipt, and a day in figures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from rasad.counter.models import Reversal, Sale
from rasad.counter.receipts import Receipt, ReceiptLine, number_of
from rasad.ledger import queries
from rasad.ledger.models import Account, Transfer
from rasad.shops.models import Shop
from rasad.shops.queries.days import Day, days
from rasad.values.aadhaar import mask_card
from rasad.values.month import INDIA, Month
from rasad.values.refused import Refused

# A shop sells to some hundred families on its busiest day.
LISTED = 1000


@dataclass(frozen=True)
class Sold:
    """A sale with its lines; `taken_back`: why, where it was taken back."""

    receipt: Receipt
    kind: str
    taken_back: str | None


@dataclass(frozen=True)
class Sum:
    """What went out of one commodity of one allocation: whole grams or ml, and how many sales had some."""

    commodity: str
    allocation: str
    unit: str
    quantity: int
    amount: int
    sales: int


@dataclass(frozen=True)
class DayReport:
    """A day of a shop: what was sold and to whom, without what was taken back, and how it was open."""

    day: date
    sales: int
    taken_back: int
    amount: int
    by_mode: dict[str, int]
    by_kind: dict[str, int]
    sums: tuple[Sum, ...]
    hours: Day | None


def sales_on(shop: Shop, day: date) -> list[Sold]:
    """The sales of a shop on a day in India, the newest first."""
    rows = Sale.objects.filter(shop=shop, at__range=_whole(day)).order_by("-at", "-pk")
    return _told(list(rows[:LISTED]))


def _whole(day: date) -> tuple[datetime, datetime]:
    """The first and the last moment of a day in India."""
    return datetime.combine(day, time.min, tzinfo=INDIA), datetime.combine(day, time.max, tzinfo=INDIA)


def sale_of(shop: Shop, key: UUID) -> Sale:
    """A sale of this shop. Raises Refused("sale_unknown") for everybody else's."""
    sale = Sale.objects.select_related("shop").filter(pk=key, shop=shop).first()
    if sale is None:
        raise Refused("sale_unknown", sale=str(key))
    return sale


def again(sale: Sale) -> Sold:
    """A sale from the books, as its receipt is printed again; what is left is what is left now."""
    return _told([sale])[0]


def _told(sales: Sequence[Sale]) -> list[Sold]:
    moved: dict[UUID, list[Transfer]] = defaultdict(list)
    keys = [sale.pk for sale in sales]
    for one in Transfer.objects.filter(document__in=keys, kind=Transfer.Kind.SALE).order_by("line"):
        moved[one.document].append(one)
    accounts = Account.objects.in_bulk({one.target for lines in moved.values() for one in lines})
    left = queries.left_on(accounts.values())
    back = dict(Reversal.objects.filter(sale__in=keys).values_list("sale_id", "reason"))
    return [
        Sold(_receipt(sale, moved[sale.pk], accounts, left), kind=sale.kind, taken_back=back.get(sale.pk))
        for sale in sales
    ]


def _receipt(
    sale: Sale, moved: Iterable[Transfer], accounts: dict[int, Account], left: dict[int, int]
) -> Receipt:
    lines = [_line(one, accounts[one.target], left[one.target]) for one in moved]
    return Receipt(
        id=str(sale.pk), number=number_of(str(sale.pk)), at=sale.at, shop=sale.shop_id,
        card=mask_card(sale.holder), member=sale.member, mode=sale.mode, why=sale.why,
        ekyc_asked=sale.ekyc_asked, lines=lines, amount=sale.amount, is_replay=True,
    )  # fmt: skip


def _line(moved: Transfer, account: Account, left: int) -> ReceiptLine:
    name = f"{account.commodity}_{account.part}" if account.part else account.commodity
    return ReceiptLine(name, moved.quantity, account.unit, moved.price or 0, moved.amount or 0, left)


def day_report(shop: Shop, day: date, *, at: datetime) -> DayReport:
    """A day of a shop in figures, up to now."""
    of_day = Sale.objects.filter(shop=shop, at__range=_whole(day))
    sold = list(of_day.values_list("pk", "mode", "kind", "amount"))
    back = set(Reversal.objects.filter(sale__in=of_day).values_list("sale_id", flat=True))
    standing = [one for one in sold if one[0] not in back]
    by_mode: dict[str, int] = defaultdict(int)
    by_kind: dict[str, int] = defaultdict(int)
    for _, mode, kind, _ in standing:
        by_mode[mode] += 1
        by_kind[kind] += 1
    hours = next(
        (one for one in days(Shop.objects.filter(pk=shop.pk), Month.of(day), at=at) if one.day == day), None
    )
    return DayReport(
        day=day, sales=len(standing), taken_back=len(back), amount=sum(one[3] for one in standing),
        by_mode=dict(by_mode), by_kind=dict(by_kind), sums=_sums([one[0] for one in standing]), hours=hours,
    )  # fmt: skip


def _sums(sales: Sequence[UUID]) -> tuple[Sum, ...]:
    moved = Transfer.objects.filter(document__in=sales, kind=Transfer.Kind.SALE)
    told = list(moved.values_list("source", "document", "quantity", "amount"))
    stocks = Account.objects.in_bulk({one[0] for one in told})
    found = []
    for key, stock in stocks.items():
        lines = [one for one in told if one[0] == key]
        found.append(
            Sum(
                stock.commodity, stock.part, stock.unit, sum(one[2] for one in lines),
                sum(one[3] or 0 for one in lines), len({one[1] for one in lines}),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.commodity, one.allocation)))
