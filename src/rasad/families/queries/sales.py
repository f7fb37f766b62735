"""What a card took: its sales with their lines, at home, at other shops, in other States."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from rasad.counter.goods import name
from rasad.counter.models import ElsewhereLift, Kind, Reversal, Sale, Visit
from rasad.counter.receipts import number_of
from rasad.counter.receipts_read import measure_unit
from rasad.ledger.queries import SoldLine, lines_of_sales
from rasad.values.measure import Measure
from rasad.web.language import active, in_language


@dataclass(frozen=True)
class Taken:
    """One line that was taken."""

    name: str
    quantity: Measure
    price: int | None = None
    amount: int | None = None


@dataclass(frozen=True)
class SaleShown:
    """One sale as its receipt says it."""

    receipt: str
    at: datetime
    month: str
    shop: str
    shop_number: str
    is_away: bool
    is_taken_back: bool
    mode: str
    is_unauthenticated: bool
    why: str
    member: int | None
    amount: int
    lines: tuple[Taken, ...]


@dataclass(frozen=True)
class Away:
    """What was taken in another State."""

    at: datetime
    month: str
    state: str
    shop: str
    lines: tuple[Taken, ...]


def sales_of(card: str) -> QuerySet[Sale]:
    """The sales of a card, the newest first. Found by its visits: sales have no index by card."""
    visits = Visit.objects.filter(holder=card).values("pk")
    sales = Sale.objects.filter(pk__in=visits, holder=card).select_related("shop")
    back = Exists(Reversal.objects.filter(sale=OuterRef("pk")))
    return sales.annotate(is_taken_back=back).order_by("-at", "pk")


def shown(sales: Iterable[Sale]) -> list[SaleShown]:
    """These sales with their lines; one question for the lines of all."""
    told = list(sales)
    lines: dict[UUID, list[SoldLine]] = {}
    for line in lines_of_sales([sale.pk for sale in told]):
        lines.setdefault(line.sale, []).append(line)
    return [_shown(sale, lines.get(sale.pk, [])) for sale in told]


def _shown(sale: Sale, lines: list[SoldLine]) -> SaleShown:
    return SaleShown(
        receipt=number_of(str(sale.pk)), at=sale.at, month=sale.month,
        shop=in_language(sale.shop.name, sale.shop.name_hi), shop_number=sale.shop_id,
        is_away=sale.kind == Kind.AWAY, is_taken_back=sale.is_taken_back,  # type: ignore[attr-defined]
        mode=sale.get_mode_display(), is_unauthenticated=sale.mode == "unauthenticated",
        why=sale.get_why_display() if sale.why else "", member=sale.member, amount=sale.amount,
        lines=tuple(
            Taken(
                name(one.commodity).in_language(active()), Measure(one.quantity, measure_unit(one.unit)),
                one.price, one.amount,
            )
            for one in lines
        ),
    )  # fmt: skip


def away(card: str, *, most: int = 12) -> list[Away]:
    """What a card took in other States, the newest first."""
    return [
        Away(
            one.at, one.month, one.state, one.shop,
            tuple(Taken(name(what).in_language(active()), Measure(grams, "kg")) for what, grams in one.lines.items()),
        )
        for one in ElsewhereLift.objects.filter(holder=card).order_by("-at")[:most]
    ]  # fmt: skip
