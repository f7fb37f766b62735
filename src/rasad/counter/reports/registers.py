"""The registers as lines of CSV files: the stock of a month, and every line sold."""

from collections.abc import Iterator

from django.utils.translation import gettext

from rasad.counter.models import Kind, Mode
from rasad.counter.paper.receipt import allocation
from rasad.counter.receipts import number_of
from rasad.counter.reports import stock
from rasad.counter.reports.asked import Scope
from rasad.counter.reports.files import shop_cells, shop_header, unit_of
from rasad.counter.templatetags.counter import goods_name, masked
from rasad.ledger import queries
from rasad.values.quantities import Grams, Paise, kilograms, rupees
from rasad.web.csv_lines import Cells, lines


def stock_months(scope: Scope) -> Iterator[str]:
    """A line a shop, commodity and allocation: opening, what moved, closing."""
    header = [
        *shop_header(), gettext("Goods"), gettext("Allocation"), gettext("Unit"), gettext("Opening"),
        gettext("Received"), gettext("Sold"), gettext("Taken back"), gettext("Corrected, lost"), gettext("Closing"),
    ]  # fmt: skip
    return lines(header, (_stock(scope, one) for one in stock.months(scope)))


def _stock(scope: Scope, one: stock.StockMonth) -> Cells:
    amounts = (one.opening, one.received, one.sold, one.reversed, one.corrected, one.closing)
    return [
        *shop_cells(scope, one.number), goods_name(one.commodity), allocation(one.allocation), unit_of(one.unit),
        *(kilograms(Grams(amount)) for amount in amounts),
    ]  # fmt: skip


def sales(scope: Scope) -> Iterator[str]:
    """A line a line of a sale: the sales register, card numbers masked."""
    header = [
        *shop_header(), gettext("Day"), gettext("Receipt"), gettext("Card"), gettext("Whose card"),
        gettext("Shown by"), gettext("Goods"), gettext("Allocation"), gettext("Quantity"), gettext("Unit"),
        gettext("Rupees"), gettext("Taken back"),
    ]  # fmt: skip
    return lines(header, _lines(scope))


def _lines(scope: Scope) -> Iterator[Cells]:
    # Words are looked up once: a file may have lakhs of lines.
    kinds = {one.value: str(one.label) for one in Kind}
    modes = {one.value: str(one.label) for one in Mode}
    yes = gettext("Yes")
    for number in scope.shops:
        shop = shop_cells(scope, number)
        for one in queries.sales_register(number, scope.month):
            yield [
                *shop, one.day, number_of(str(one.sale)), masked(one.holder), kinds[one.kind], modes[one.mode],
                goods_name(one.commodity), allocation(one.allocation, one.part), kilograms(Grams(one.quantity)),
                unit_of(one.unit), rupees(Paise(one.amount)), yes if one.is_reversed else "",
            ]  # fmt: skip
