"""The lists of the reports."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rasad.counter.models import Why
from rasad.counter.paper.receipt import allocation, state_name
from rasad.counter.receipts_read import measure_unit
from rasad.counter.reports.asked import Scope
from rasad.counter.reports.balances import BalanceSum, CardBalance
from rasad.counter.reports.portability import GuestSum, ShopWays
from rasad.counter.reports.sums import GoodsSum, ShopSum, WhySum, share
from rasad.counter.templatetags.counter import goods_name, masked
from rasad.values.measure import Measure
from rasad.web.language import active
from rasad.web.templatetags.rasad import indian, kg, measure, percent, rupees

NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}
_WAY: dict[str, Any] = {"empty_values": (), "attrs": NUMBER, "orderable": False}


def amount_of(number: int, unit: str) -> str:
    """Grams or millilitres as a person reads them."""
    return measure(Measure(number, measure_unit(unit)))


def with_share(part: int, whole: int) -> str:
    """A number and its share: 12 (40%)."""
    return f"{indian(part)} ({percent(share(part, whole))})"


class OfShops(tables.Table):  # type: ignore[misc]  # no types
    """A table of shops: their names lead to the same report of one shop; the auditor sees no card."""

    def __init__(
        self, *args: object, scope: Scope, names: Mapping[str, str] | None = None, **more: object
    ) -> None:
        super().__init__(*args, **more)
        self.scope = scope
        self.names = names if names is not None else scope.shops

    def shop_link(self, number: str) -> SafeString:
        """A shop's name, with the way to it, and its number."""
        query = urlencode({"month": str(self.scope.month), "shop": number})
        return format_html(
            '<a href="?{}">{}</a><br><small class="soft">{}</small>',
            query, self.names.get(number, number), number,
        )  # fmt: skip

    def render_number(self, value: str) -> SafeString:
        """The shop."""
        return self.shop_link(value)


class SalesTable(OfShops):
    """Shops with what they sold."""

    number = tables.Column(verbose_name=_("Shop"), orderable=False)
    sales = tables.Column(verbose_name=_("Sales"), attrs=NUMBER)
    cards = tables.Column(verbose_name=_("Cards served"), attrs=NUMBER)
    amount = tables.Column(verbose_name=_("Money"), attrs=NUMBER)
    goods = tables.Column(verbose_name=_("Given"), empty_values=(), orderable=False)
    taken_back = tables.Column(verbose_name=_("Taken back"), attrs=NUMBER)

    class Meta:
        empty_text = _("No shop here")

    def __init__(self, *args: object, goods: list[GoodsSum], **more: Any) -> None:
        super().__init__(*args, **more)
        self.given: dict[str, dict[tuple[str, str], int]] = {}
        for one in goods:
            of_shop = self.given.setdefault(one.number, {})
            key = (one.commodity, one.unit)
            of_shop[key] = of_shop.get(key, 0) + one.quantity

    def render_amount(self, value: int) -> str:
        """In rupees."""
        return rupees(value)

    def render_goods(self, record: ShopSum) -> str:
        """How much of what."""
        given = self.given.get(record.number, {})
        said = (
            f"{goods_name(commodity)} {amount_of(given[commodity, unit], unit)}" for commodity, unit in given
        )
        return ", ".join(said) or "–"


class GoodsTable(tables.Table):  # type: ignore[misc]  # no types
    """Commodities by allocation: how much, for how much."""

    commodity = tables.Column(verbose_name=_("Goods"), orderable=False)
    allocation = tables.Column(verbose_name=_("Allocation"), orderable=False)
    sales = tables.Column(verbose_name=_("Sales"), attrs=NUMBER, orderable=False)
    quantity = tables.Column(verbose_name=_("Quantity"), attrs=NUMBER, orderable=False)
    amount = tables.Column(verbose_name=_("Money"), attrs=NUMBER, orderable=False)

    class Meta:
        empty_text = _("Nothing was sold in this month")

    def render_commodity(self, value: str) -> str:
        """Its name."""
        return goods_name(value)

    def render_allocation(self, value: str) -> str:
        """Whose grain it is."""
        return allocation(value)

    def render_quantity(self, record: GoodsSum) -> str:
        """With its unit."""
        return amount_of(record.quantity, record.unit)

    def render_amount(self, value: int) -> str:
        """In rupees."""
        return rupees(value)


class ModesTable(OfShops):
    """Shops with the modes of their sales."""

    number = tables.Column(verbose_name=_("Shop"), orderable=False)
    sales = tables.Column(verbose_name=_("Sales"), attrs=NUMBER)
    biometric = tables.Column(verbose_name=_("Finger"), attrs=NUMBER)
    mobile_otp = tables.Column(verbose_name=_("Code on a mobile"), attrs=NUMBER)
    unauthenticated = tables.Column(verbose_name=_("Without authentication"), attrs=NUMBER)

    class Meta:
        empty_text = _("No shop here")
        order_by = "-unauthenticated"

    def render_biometric(self, record: ShopSum) -> str:
        """Number and share."""
        return with_share(record.biometric, record.sales)

    def render_mobile_otp(self, record: ShopSum) -> str:
        """Number and share."""
        return with_share(record.mobile_otp, record.sales)

    def render_unauthenticated(self, record: ShopSum) -> str:
        """Number and share."""
        return with_share(record.unauthenticated, record.sales)


class WhyTable(tables.Table):  # type: ignore[misc]  # no types
    """Why sales went without authentication."""

    why = tables.Column(verbose_name=_("Reason"), orderable=False)
    sales = tables.Column(verbose_name=_("Sales"), attrs=NUMBER, orderable=False)

    class Meta:
        empty_text = _("Every sale of this month was authenticated")

    def __init__(self, *args: object, whole: int, **more: object) -> None:
        super().__init__(*args, **more)
        self.whole = whole

    def render_why(self, value: str) -> str:
        """In words."""
        return str(Why(value).label)

    def render_sales(self, record: WhySum) -> str:
        """Number and share of all sales without authentication."""
        return with_share(record.sales, self.whole)


class WaysTable(OfShops):
    """Shops with what others took there, and what their cards took elsewhere."""

    number = tables.Column(verbose_name=_("Shop"), orderable=False)
    in_state = tables.Column(verbose_name=_("Cards of other shops, here"), **_WAY)
    in_other = tables.Column(verbose_name=_("Cards of other States, here"), **_WAY)
    out_state = tables.Column(verbose_name=_("Own cards at other shops"), **_WAY)
    out_other = tables.Column(verbose_name=_("Own cards in other States"), **_WAY)
    balance = tables.Column(verbose_name=_("More given than taken"), attrs=NUMBER)

    class Meta:
        empty_text = _("No shop here")
        order_by = "-balance"

    def render_in_state(self, record: ShopWays) -> SafeString | str:
        """Sales and grain."""
        return _way(record, "in_state")

    def render_in_other(self, record: ShopWays) -> SafeString | str:
        """Sales and grain."""
        return _way(record, "in_other")

    def render_out_state(self, record: ShopWays) -> SafeString | str:
        """Sales and grain."""
        return _way(record, "out_state")

    def render_out_other(self, record: ShopWays) -> SafeString | str:
        """Lifts and grain."""
        return _way(record, "out_other")

    def render_balance(self, value: int) -> str:
        """Grain that left this shop's stock beyond what its own cards saved it."""
        return kg(value)


def _way(record: ShopWays, way: str) -> SafeString | str:
    sales = record.sales[way]
    if not sales:
        return "–"
    words = ngettext("%(shown)s sale", "%(shown)s sales", sales) % {"shown": indian(sales)}
    return format_html('{}<br><small class="soft">{}</small>', kg(record.grams[way]), words)


class GuestTable(OfShops):
    """What shops gave to cards of other States, to be made up by additional allocation."""

    number = tables.Column(verbose_name=_("Shop"), orderable=False)
    state = tables.Column(verbose_name=_("Home State"))
    commodity = tables.Column(verbose_name=_("Goods"))
    sales = tables.Column(verbose_name=_("Sales"), attrs=NUMBER)
    grams = tables.Column(verbose_name=_("Quantity"), attrs=NUMBER)

    class Meta:
        empty_text = _("Nothing was given to cards of other States in this month")

    def render_state(self, value: str) -> str:
        """The State's name."""
        return state_name(value).in_language(active())

    def render_commodity(self, record: GuestSum) -> SafeString:
        """The name, and whose grain it was."""
        return format_html(
            '{}<br><small class="soft">{}</small>',
            goods_name(record.commodity),
            allocation(record.allocation),
        )

    def render_grams(self, value: int) -> str:
        """In kilograms."""
        return kg(value)


class BalanceTable(OfShops):
    """Shops with what their cards have left."""

    number = tables.Column(verbose_name=_("Shop"), orderable=False)
    commodity = tables.Column(verbose_name=_("Goods"))
    cards = tables.Column(verbose_name=_("Cards"), attrs=NUMBER)
    granted = tables.Column(verbose_name=_("Due"), attrs=NUMBER)
    lifted = tables.Column(verbose_name=_("Taken in the State"), attrs=NUMBER)
    elsewhere = tables.Column(verbose_name=_("Taken in other States"), attrs=NUMBER)
    remaining = tables.Column(verbose_name=_("Left"), attrs=NUMBER)

    class Meta:
        empty_text = _("No card opened its month yet")

    def render_commodity(self, value: str) -> str:
        """Its name."""
        return goods_name(value)

    def render_granted(self, record: BalanceSum) -> str:
        """With its unit."""
        return amount_of(record.granted, record.unit)

    def render_lifted(self, record: BalanceSum) -> str:
        """With its unit."""
        return amount_of(record.lifted, record.unit)

    def render_elsewhere(self, record: BalanceSum) -> str:
        """With its unit."""
        return amount_of(record.elsewhere, record.unit)

    def render_remaining(self, record: BalanceSum) -> str:
        """With its unit."""
        return amount_of(record.remaining, record.unit)


class CardTable(BalanceTable):
    """The cards of one shop with what each has left."""

    number = None
    card = tables.Column(verbose_name=_("Card"), orderable=False)
    cards = None

    class Meta:
        empty_text = _("No card opened its month yet")
        sequence = ("card", "...")

    def render_card(self, record: CardBalance) -> SafeString:
        """The end of the number."""
        return format_html("<code>{}</code>", masked(record.card))
