"""The stock register as lists."""

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from rasad.counter.paper.receipt import allocation
from rasad.counter.reports.stock import StockMonth
from rasad.counter.reports.tables import NUMBER, OfShops, amount_of
from rasad.counter.templatetags.counter import goods_name
from rasad.ledger.queries import StockDay
from rasad.web.templatetags.rasad import day


class StockTable(OfShops):
    """Stocks of shops in a month; whoever wants the days opens the shop."""

    number = tables.Column(verbose_name=_("Shop"), orderable=False)
    commodity = tables.Column(verbose_name=_("Goods"), orderable=False)
    opening = tables.Column(verbose_name=_("Opening"), attrs=NUMBER, orderable=False)
    received = tables.Column(verbose_name=_("Received"), attrs=NUMBER, orderable=False)
    sold = tables.Column(verbose_name=_("Sold"), attrs=NUMBER, orderable=False)
    reversed = tables.Column(verbose_name=_("Taken back"), attrs=NUMBER, orderable=False)
    corrected = tables.Column(verbose_name=_("Corrected, lost"), attrs=NUMBER, orderable=False)
    closing = tables.Column(verbose_name=_("Closing"), attrs=NUMBER, orderable=False)

    class Meta:
        empty_text = _("No stock in this month")

    def render_commodity(self, record: StockMonth | StockDay) -> SafeString:
        """The name, and whose grain it is."""
        return format_html(
            '{}<br><small class="soft">{}</small>',
            goods_name(record.commodity),
            allocation(record.allocation),
        )

    def render_opening(self, record: StockMonth | StockDay) -> str:
        """With its unit."""
        return amount_of(record.opening, record.unit)

    def render_received(self, record: StockMonth | StockDay) -> str:
        """With its unit."""
        return amount_of(record.received, record.unit)

    def render_sold(self, record: StockMonth | StockDay) -> str:
        """With its unit."""
        return amount_of(record.sold, record.unit)

    def render_reversed(self, record: StockMonth | StockDay) -> str:
        """With its unit."""
        return amount_of(record.reversed, record.unit)

    def render_corrected(self, record: StockMonth | StockDay) -> str:
        """With its unit."""
        return amount_of(record.corrected, record.unit)

    def render_closing(self, record: StockMonth | StockDay) -> str:
        """With its unit."""
        return amount_of(record.closing, record.unit)


class StockDayTable(StockTable):
    """The days of one shop on which something moved."""

    number = None
    day = tables.Column(verbose_name=_("Day"), orderable=False)

    class Meta:
        empty_text = _("No stock in this month")
        sequence = ("day", "...")

    def render_day(self, record: StockDay) -> str:
        """The day."""
        return day(record.day)
