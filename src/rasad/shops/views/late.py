"""Late starts and time offline: by shop for a month, by day for a shop, and as a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.shops import actions, queries
from rasad.shops.forms import MonthOf
from rasad.shops.models import Shop
from rasad.shops.queries import Day, MonthOfShop
from rasad.shops.queries.devices import districts_of
from rasad.shops.tables import DayTable, MonthTable, clock_times, remark
from rasad.values.month import Month
from rasad.web.csv_lines import Cells, lines
from rasad.web.language import in_language
from rasad.web.paging import page_of
from rasad.wiring import now


@dataclass(frozen=True)
class Sums:
    """What the months of several shops come to together."""

    shops: int
    days: int
    late_days: int
    late_minutes: int
    days_not_started: int
    offline_minutes: int
    in_order: int


@access.needs("see_shops")
def by_shop(request: HttpRequest) -> HttpResponse:
    """What a month came to for each shop of a district, the longest offline first."""
    at = now()
    form = _asked(request)
    found = queries.months(_shops(request, form), form.chosen_month, at=at)
    order = request.GET.get("sort") or "-offline_minutes"
    table = MonthTable(found, month=str(form.chosen_month), order_by=order)
    context = {
        "form": form,
        "month": form.chosen_month,
        "sums": _sums(found),
        "lengths": page_of(table, request),
        "table": table,
        "at": at,
        "district": dict(form.districts).get(form.chosen_district, ""),
    }
    return render(request, "shops/late.html", context)


@access.needs("see_shops")
def days(request: HttpRequest, number: str) -> HttpResponse:
    """The days of one shop in a month."""
    at = now()
    shop = access.one_for(request.user, Shop, number=number)
    form = MonthOf(request.GET, today=at.date(), districts=[])
    one = access.all_for(request.user, Shop).filter(pk=shop.pk)
    found = list(queries.days(one, form.chosen_month, at=at))
    month = form.chosen_month
    table = DayTable(found)
    context = {
        "shop": shop,
        "form": form,
        "month": month,
        "before": Month.of(month.first_day - timedelta(days=1)),
        "after": month.next if month.next.first_day <= at.date() else None,
        "sums": _sums(queries.months(one, month, at=at)),
        "table": table,
        "at": at,
    }
    return render(request, "shops/days.html", context)


@access.needs("export_lists")
def file(request: HttpRequest) -> HttpResponse:
    """Each day of each shop of a district in a month as a CSV file; the journal keeps who took it."""
    at = now()
    form = _asked(request)
    shops = _shops(request, form)
    asked = {"month": str(form.chosen_month), "district": form.chosen_district}
    actions.record_export(what="late_starts", narrowed_by=asked, by=staff_of(request), at=at)
    names = {number: in_language(*name) for number, *name in shops.values_list("number", "name", "name_hi")}
    found = queries.days(shops, form.chosen_month, at=at)
    response = StreamingHttpResponse(_lines(found, names), content_type="text/csv; charset=utf-8")
    name = f"late-starts-{form.chosen_month}-{at:%Y-%m-%d-%H%M}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Django's types keep the two apart; to everything that handles an answer they are one.
    return cast(HttpResponse, response)


def _asked(request: HttpRequest) -> MonthOf:
    districts = districts_of(access.all_for(request.user, Shop))
    return MonthOf(request.GET, today=now().date(), districts=districts)


def _shops(request: HttpRequest, form: MonthOf) -> QuerySet[Shop]:
    return access.all_for(request.user, Shop).filter(district_code=form.chosen_district)


def _sums(found: list[MonthOfShop]) -> Sums:
    with_hours = [one for one in found if one.days]
    return Sums(
        shops=len(with_hours),
        days=sum(one.days for one in found),
        late_days=sum(one.late_days for one in found),
        late_minutes=sum(one.late_minutes for one in found),
        days_not_started=sum(one.days_not_started for one in found),
        offline_minutes=sum(one.offline_minutes for one in found),
        in_order=sum(one.late_days + one.offline_minutes == 0 for one in with_hours),
    )


def _lines(found: Iterator[Day], names: Mapping[str, str]) -> Iterator[str]:
    header = [
        gettext("Shop"),
        gettext("Name of the shop"),
        gettext("Day"),
        gettext("To be open"),
        gettext("Started"),
        gettext("Minutes late"),
        gettext("Minutes offline"),
        gettext("Remark"),
    ]
    return lines(header, (_cells(day, names) for day in found))


def _cells(day: Day, names: Mapping[str, str]) -> Cells:
    return [
        day.shop_number,
        names.get(day.shop_number, ""),
        day.day,
        clock_times(day.hours),
        f"{timezone.localtime(day.started_at):%H:%M}" if day.started_at else "",
        day.late_minutes,
        day.offline_minutes if day.begun else None,
        remark(day)[1],
    ]
