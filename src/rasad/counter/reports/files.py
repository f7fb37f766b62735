"""The reports as lines of CSV files."""

from collections.abc import Iterator

from django.utils.translation import gettext

from rasad.counter.models import Why
from rasad.counter.paper.receipt import allocation, state_name
from rasad.counter.reports import balances, portability, sums
from rasad.counter.reports.asked import Scope
from rasad.counter.templatetags.counter import goods_name
from rasad.values.quantities import Grams, Paise, kilograms, rupees
from rasad.web.csv_lines import Cells, lines
from rasad.web.language import active


def sales(scope: Scope) -> Iterator[str]:
    """A line a shop, commodity and allocation: kilograms or litres, rupees."""
    header = [
        *shop_header(), gettext("Goods"), gettext("Allocation"), gettext("Sales"), gettext("Quantity"),
        gettext("Unit"), gettext("Rupees"),
    ]  # fmt: skip
    return lines(header, (_sold(scope, one) for one in sums.goods(scope)))


def _sold(scope: Scope, one: sums.GoodsSum) -> Cells:
    return [
        *shop_cells(scope, one.number), goods_name(one.commodity), allocation(one.allocation), one.sales,
        kilograms(Grams(one.quantity)), unit_of(one.unit), rupees(Paise(one.amount)),
    ]  # fmt: skip


def modes(scope: Scope) -> Iterator[str]:
    """A line a shop: sales by mode, and each mode's share in percent."""
    header = [
        *shop_header(), gettext("Sales"), gettext("Finger"), gettext("Code on a mobile"),
        gettext("Without authentication"), gettext("Finger, %"), gettext("Code on a mobile, %"),
        gettext("Without authentication, %"),
    ]  # fmt: skip
    return lines(header, (_modes(scope, one) for one in sums.by_shop(scope)))


def _modes(scope: Scope, one: sums.ShopSum) -> Cells:
    numbers = (one.biometric, one.mobile_otp, one.unauthenticated)
    shares = (round(100 * sums.share(number, one.sales), 1) for number in numbers)
    return [*shop_cells(scope, one.number), one.sales, *numbers, *shares]


def ways(scope: Scope) -> Iterator[str]:
    """A line a shop: sales and kilograms of each way of portability."""
    names = (
        gettext("Cards of other shops, here"), gettext("Cards of other States, here"),
        gettext("Own cards at other shops"), gettext("Own cards in other States"),
    )  # fmt: skip
    columns = [f"{name}, {unit}" for name in names for unit in (gettext("sales"), gettext("kg"))]
    return lines([*shop_header(), *columns], (_ways(scope, one) for one in portability.by_shop(scope)))


def _ways(scope: Scope, one: portability.ShopWays) -> Cells:
    cells: list[object] = []
    for way in portability.WAYS:
        cells += [one.sales[way], kilograms(Grams(one.grams[way]))]
    return [*shop_cells(scope, one.number), *cells]


def additional(scope: Scope) -> Iterator[str]:
    """A line a shop, home State and commodity: what additional allocation is asked for."""
    header = [
        *shop_header(), gettext("Home State"), gettext("Goods"), gettext("Allocation"), gettext("Sales"),
        gettext("Cards"), gettext("Kilograms"),
    ]  # fmt: skip
    return lines(header, (_guest(scope, one) for one in portability.guests(scope)))


def _guest(scope: Scope, one: portability.GuestSum) -> Cells:
    return [
        *shop_cells(scope, one.number), state_name(one.state).in_language(active()), goods_name(one.commodity),
        allocation(one.allocation), one.sales, one.cards, kilograms(Grams(one.grams)),
    ]  # fmt: skip


def left(scope: Scope) -> Iterator[str]:
    """A line a shop and commodity: due, taken, left."""
    header = [
        *shop_header(), gettext("Goods"), gettext("Unit"), gettext("Cards"), gettext("Due"),
        gettext("Taken in the State"), gettext("Taken in other States"), gettext("Left"),
    ]  # fmt: skip
    return lines(header, (_left(scope, one) for one in balances.by_shop(scope)))


def _left(scope: Scope, one: balances.BalanceSum) -> Cells:
    amounts = (one.granted, one.lifted, one.elsewhere, one.remaining)
    return [
        *shop_cells(scope, one.number), goods_name(one.commodity), unit_of(one.unit), one.cards,
        *(kilograms(Grams(amount)) for amount in amounts),
    ]  # fmt: skip


def reasons(scope: Scope) -> Iterator[str]:
    """A line a reason for which sales went without authentication."""
    header = [gettext("Reason"), gettext("Sales")]
    return lines(header, ([str(Why(one.why).label), one.sales] for one in sums.reasons(scope)))


def shop_header() -> list[str]:
    """The heads of `shop_cells`."""
    return [gettext("Month"), gettext("Shop"), gettext("Name of the shop")]


def shop_cells(scope: Scope, number: str) -> list[object]:
    """The month, and which shop."""
    return [str(scope.month), number, scope.shops.get(number, "")]


def unit_of(unit: str) -> str:
    """The unit in which a file counts."""
    return gettext("litre") if unit == "ml" else gettext("kg")
