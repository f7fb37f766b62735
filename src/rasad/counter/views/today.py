"""The sales of a day: the list, the search, the sums, the file."""

from collections import Counter as Tally
from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.counter import queries
from rasad.counter.models import Mode, Sale
from rasad.counter.receipts import number_of
from rasad.counter.tables import SaleTable
from rasad.counter.templatetags.counter import goods_name, masked
from rasad.counter.views.frame import Counter, at_counter, page
from rasad.shops.actions import record_export
from rasad.values.quantities import Paise, rupees
from rasad.web.csv_lines import Cells, lines
from rasad.web.paging import page_of


@never_cache
@at_counter("see_sales")
def sales(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The sales of the shop on a day, today unless another is asked for."""
    on = _day(request, counter)
    of_day = queries.sales_of_day(access.all_for(request.user, Sale), shop=counter.shop.number, on=on)
    sums = queries.sums(of_day)
    asked = request.GET.get("q", "")[:30]
    table = SaleTable(queries.found(of_day, asked), order_by=request.GET.get("sort") or "-at")
    lengths = page_of(table, request)
    goods = [(goods_name(commodity), quantity, unit) for (commodity, unit), quantity in _sorted(sums.goods)]
    return page(
        request, "sales.html", counter, on=on, sums=sums, table=table, lengths=lengths, asked=asked,
        modes=[(mode.label, sums.modes[mode.value]) for mode in Mode], goods=goods,
    )  # fmt: skip


@at_counter("see_sales")
def file(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The sales of the day as a CSV file; the journal keeps who took it."""
    on = _day(request, counter)
    of_day = queries.sales_of_day(access.all_for(request.user, Sale), shop=counter.shop.number, on=on)
    narrowed = {"shop": counter.shop.number, "day": on.isoformat()}
    record_export(what="sales_of_day", narrowed_by=narrowed, by=staff_of(request), at=counter.at)
    header = [
        gettext("Receipt"), gettext("Time"), gettext("Card"), gettext("Shown by"), gettext("Reason"),
        gettext("Amount"), gettext("Taken back"),
    ]  # fmt: skip
    response = HttpResponse("".join(lines(header, _cells(of_day))), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sales-{counter.shop.number}-{on}.csv"'
    return response


def _cells(of_day: QuerySet[Sale]) -> Iterator[Cells]:
    for sale in of_day:
        back = gettext("yes") if sale.is_taken_back else ""  # type: ignore[attr-defined]  # annotated
        yield [
            number_of(str(sale.pk)), f"{timezone.localtime(sale.at):%Y-%m-%d %H:%M}", masked(sale.holder),
            sale.get_mode_display(), sale.get_why_display() if sale.why else "", rupees(Paise(sale.amount)), back,
        ]  # fmt: skip


def _sorted(tally: Tally[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    return sorted(tally.items())


def _day(request: HttpRequest, counter: Counter) -> date:
    """The day asked for, today for anything that is none."""
    today = timezone.localtime(counter.at).date()
    try:
        return min(date.fromisoformat(request.GET.get("on", "")), today)
    except ValueError:
        return today
