"""Shops: the list, one shop, its hours and closed days."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.shops import actions
from rasad.shops.filters import ShopFilter
from rasad.shops.forms import Closing, Week, week_as_typed
from rasad.shops.models import Device, OpeningHours, Shop
from rasad.shops.queries import hours_of, week_of
from rasad.shops.queries.devices import counts, districts_of, with_devices, with_state
from rasad.shops.queries.hours import closed_from, next_weeks
from rasad.shops.tables import DeviceTable, ShopTable, clock_times
from rasad.values.month import Month
from rasad.values.refused import Refused
from rasad.web.paging import page_of
from rasad.web.refusals import say
from rasad.wiring import now


@access.needs("see_shops")
def listed(request: HttpRequest) -> HttpResponse:
    """The reader's shops: whether each is to be open now, and online."""
    at = now()
    mine = access.all_for(request.user, Shop)
    districts = districts_of(mine)
    shops = with_devices(mine, at=at)
    found = ShopFilter(request.GET, shops, districts=districts)
    order = request.GET.get("sort") or "name"
    table = ShopTable(
        found.qs,
        districts=dict(districts),
        order_by=order,
        exclude=() if len(districts) > 1 else ("district_code",),
    )
    lengths = page_of(table, request)
    table.hours = hours_of([row.record for row in table.paginated_rows], at.date())
    context = {"filter": found, "lengths": lengths, "table": table, "counts": counts(shops), "at": at}
    return render(request, "shops/shops.html", context)


@access.needs("see_shops")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One shop: its hours, its closed days, its devices."""
    return _shown(request, access.one_for(request.user, Shop, number=number), Closing())


@access.needs("set_hours")
def hours(request: HttpRequest, number: str) -> HttpResponse:
    """Give a shop the hours of a week from a day on."""
    shop = access.one_for(request.user, Shop, number=number)
    at = now()
    given = week_as_typed(week_of(shop, at.date()))
    form = Week(request.POST or None, initial={"since": at.date() + timedelta(days=1), **given})
    context = {"shop": shop, "form": form, "at": at}
    if not form.is_valid():
        return render(request, "shops/hours.html", context, status=422 if form.is_bound else 200)
    try:
        actions.set_hours(
            shop=shop, week=form.week(), since=form.cleaned_data["since"], by=staff_of(request), at=at
        )
    except Refused as refused:
        said = say(refused)
        return render(request, "shops/hours.html", context | {"said": said}, status=said.status)
    messages.success(request, _("The hours are set."))
    return redirect("shops:one", number=number)


@require_POST
@access.needs("set_hours")
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the shop closed on a day."""
    shop = access.one_for(request.user, Shop, number=number)
    form = Closing(request.POST)
    if not form.is_valid():
        return _shown(request, shop, form, status=422)
    actions.close_day(shop=shop, **form.cleaned_data, by=staff_of(request), at=now())
    messages.success(request, _("The day is marked as closed."))
    return redirect("shops:one", number=number)


@require_POST
@access.needs("set_hours")
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """Have the shop open after all."""
    shop = access.one_for(request.user, Shop, number=number)
    form = Closing({"on": request.POST.get("on", ""), "reason": "-"})
    if form.is_valid():
        actions.open_day(shop=shop, on=form.cleaned_data["on"], by=staff_of(request), at=now())
        messages.success(request, _("The shop is open on this day as on others."))
    return redirect("shops:one", number=number)


def _shown(request: HttpRequest, shop: Shop, form: Closing, status: int = 200) -> HttpResponse:
    at = now()
    today = at.date()
    week = week_of(shop, today)
    devices = with_state(access.all_for(request.user, Device).filter(shop=shop), at=at)
    table = DeviceTable(devices, exclude=("shop",), order_by=request.GET.get("sort") or "name")
    page_of(table, request)
    context = {
        "shop": with_devices(access.all_for(request.user, Shop).filter(pk=shop.pk), at=at).get(),
        "week": [(OpeningHours.Weekday(day).label, clock_times(spans)) for day, spans in week.items()],
        "has_hours": any(week.values()),
        "next_weeks": next_weeks(shop, today),
        "closed": closed_from(shop, today),
        "table": table,
        "form": form,
        "at": at,
        "month": Month.of(today),
    }
    return render(request, "shops/shop.html", context, status=status)
