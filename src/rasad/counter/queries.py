"""What is read about a shop's counter: the sales of a day, and the papers that moved its stock."""

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from rasad.counter.models import Reversal, Sale
from rasad.counter.receipts import number_of
from rasad.journal.models import Entry
from rasad.journal.queries import entries_about
from rasad.ledger.models import Account, Transfer


@dataclass
class Sums:
    """What a day's sales come to, those taken back left out."""

    sales: int = 0
    taken_back: int = 0
    amount: int = 0
    modes: Tally[str] = field(default_factory=Tally)
    goods: Tally[tuple[str, str]] = field(default_factory=Tally)


def sales_of_day(sales: QuerySet[Sale], *, shop: str, on: date) -> QuerySet[Sale]:
    """The sales of a shop on a day in India, the newest first, each with `is_taken_back`."""
    since = timezone.make_aware(datetime.combine(on, time()))
    return (
        sales.filter(shop_id=shop, at__gte=since, at__lt=since + timedelta(days=1))
        .annotate(is_taken_back=Exists(Reversal.objects.filter(sale=OuterRef("pk"))))
        .order_by("-at", "-pk")
    )


def found(sales: QuerySet[Sale], text: str) -> QuerySet[Sale]:
    """Those whose card ends like the text, or whose receipt's number begins with it."""
    text = text.strip().upper().replace(" ", "")
    if not text:
        return sales
    by_receipt = [
        key for key in sales.values_list("pk", flat=True)
        if number_of(str(key)).replace("-", "").startswith(text.replace("-", ""))
    ]  # fmt: skip
    return sales.filter(Q(holder__endswith=text) | Q(pk__in=by_receipt))


def sums(sales: Iterable[Sale]) -> Sums:
    """What these sales come to, by mode and by commodity; two questions, however many they are."""
    told, standing = Sums(), []
    for sale in sales:
        if sale.is_taken_back:  # type: ignore[attr-defined]  # annotated
            told.taken_back += 1
            continue
        standing.append(sale.pk)
        told.sales += 1
        told.amount += sale.amount
        told.modes[sale.mode] += 1
    moved = Transfer.objects.filter(document__in=standing, kind=Transfer.Kind.SALE)
    lines = list(moved.values_list("target", "quantity"))
    accounts = Account.objects.in_bulk({target for target, _quantity in lines})
    for target, quantity in lines:
        told.goods[accounts[target].commodity, accounts[target].unit] += quantity
    return told


def papers(shop: str, *, most: int = 30) -> list[Entry]:
    """The newest entries of the journal about a shop's stock: what arrived with which challan, what was corrected."""
    return list(entries_about("shop", shop, beginning="stock.")[:most])
