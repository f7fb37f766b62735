"""A shop's stock: what is there, grain that arrives, corrections by hand and their decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from rasad import wiring
from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.counter import queries, stock, stock_changes
from rasad.counter.forms import Arrival, Correction, StockLine
from rasad.counter.models import StockChange
from rasad.counter.paper.receipt import allocation
from rasad.counter.templatetags.counter import goods_name
from rasad.counter.views.frame import Counter, at_counter, new_id, page
from rasad.ledger.queries import StockDay, stock_register
from rasad.policy.jurisdiction import jurisdiction
from rasad.values.month import Month
from rasad.values.refused import Refused
from rasad.web.paging import LENGTHS
from rasad.web.refusals import say


@never_cache
@at_counter("see_sales")
def show(request: HttpRequest, counter: Counter) -> HttpResponse:
    """What is there, by commodity and allocation; what waits for a second person."""
    held = stock.balances(counter.shop.number)
    waiting = access.all_for(request.user, StockChange).filter(shop=counter.shop, outcome="waiting")
    return page(
        request, "stock.html", counter, held=held, most=max((one.left for one in held), default=0),
        waiting=waiting.order_by("proposed_at"),
    )  # fmt: skip


@never_cache
@at_counter("see_sales")
def movements(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The stock day by day in this month, and the papers behind it."""
    month = Month.of(counter.at.date())
    days = [one for one in stock_register(counter.shop.number, month) if _moved(one)]
    return page(
        request, "movements.html", counter, month=month, days=days[::-1],
        papers=queries.papers(counter.shop.number),
    )  # fmt: skip


def _moved(day: StockDay) -> bool:
    return any((day.received, day.sold, day.reversed, day.corrected)) or day.day.day == 1


@never_cache
@at_counter("sell")
def arrival(request: HttpRequest, counter: Counter) -> HttpResponse:
    """Take grain into stock against the number of its challan."""
    form = Arrival(request.POST or None, **_choices())
    if not form.is_valid():
        return _form(request, "arrival.html", counter, form)
    try:
        is_new = stock.record_receipt(
            shop=counter.shop, by=staff_of(request), at=counter.at, **form.cleaned_data
        )
    except Refused as no:
        return page(request, "arrival.html", counter, no, form=form)
    said = (
        _("Taken into stock.")
        if is_new
        else _("This line of the challan was taken in before; nothing changed.")
    )
    messages.success(request, said)
    return redirect("counter:stock")


@never_cache
@at_counter("sell")
def correction(request: HttpRequest, counter: Counter) -> HttpResponse:
    """Ask for a correction by hand; the inspector decides."""
    form = Correction(request.POST or None, **_choices())
    form.initial["id"] = new_id()
    if not form.is_valid():
        return _form(request, "correction.html", counter, form)
    given = form.cleaned_data
    kind = dict(form.fields["kind"].choices)[given["kind"]]  # type: ignore[attr-defined]
    try:
        stock_changes.propose(
            id=given["id"] or new_id(), shop=counter.shop, commodity=given["commodity"], allocation=given["allocation"],
            quantity=form.change, reason=f"{kind}. {given['reason']}", by=staff_of(request), at=counter.at,
        )  # fmt: skip
    except Refused as no:
        return page(request, "correction.html", counter, no, form=form)
    messages.success(request, _("The inspector is asked. Until the decision the stock stays as it is."))
    return redirect("counter:stock")


@never_cache
@access.needs("confirm_stock")
def changes(request: HttpRequest) -> HttpResponse:
    """The corrections of the reader's area: those that wait, then the last decided."""
    mine = access.all_for(request.user, StockChange).select_related("shop")
    context = {
        "waiting": mine.filter(outcome="waiting").order_by("proposed_at")[: LENGTHS[-1]],
        "decided": mine.exclude(outcome="waiting").order_by("-decided_at")[: LENGTHS[0]],
    }
    return render(request, "counter/changes.html", context)


@never_cache
@access.needs("confirm_stock")
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """One correction: confirm or refuse it."""
    change = access.one_for(request.user, StockChange, pk=key)
    held = [
        one for one in stock.balances(change.shop.number)
        if (one.commodity, one.allocation) == (change.commodity, change.allocation)
    ]  # fmt: skip
    context: dict[str, object] = {"change": change, "held": held[0] if held else None}
    if request.method != "POST":
        return render(request, "counter/change.html", context)
    decision = request.POST.get("decision")
    if decision not in ("confirm", "refuse"):
        return render(request, "counter/change.html", context, status=422)
    try:
        is_confirmed = decision == "confirm"
        stock_changes.decide(change=change, is_confirmed=is_confirmed, by=staff_of(request), at=wiring.now())
    except Refused as no:
        said = say(no)
        return render(request, "counter/change.html", context | {"said": said}, status=said.status)
    messages.success(
        request, _("The correction is confirmed.") if is_confirmed else _("The correction is refused.")
    )
    return redirect("counter:changes")


def _choices() -> dict[str, list[tuple[str, str]]]:
    goods = jurisdiction(wiring.state_code()).commodity_of
    return {
        "commodities": [(code, goods_name(code)) for code in goods],
        "allocations": [(code, allocation(code)) for code in sorted(stock.allocations())],
    }


def _form(request: HttpRequest, template: str, counter: Counter, form: StockLine) -> HttpResponse:
    response = page(request, template, counter, form=form)
    response.status_code = 422 if form.is_bound else 200
    return response
