"""How much is handed over, and the receipt; later the sale taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.counter import selling, sold, visitors
from rasad.counter.dues import Offer
from rasad.counter.forms import Quantities, Reason
from rasad.counter.models import Sale
from rasad.counter.opened import Opened
from rasad.counter.rungs import rungs
from rasad.counter.views.frame import Counter, at_visit, counter_of, next_page, page
from rasad.values.refused import Refused


@never_cache
@at_visit
def quantities(request: HttpRequest, counter: Counter, visit: Opened) -> HttpResponse:
    """Type how much, look at the price, sell: three steps at one address."""
    if visit.standing.mode is None:
        return redirect(next_page(visit))
    try:
        offers = _offers(visit, counter)
    except Refused as no:
        return page(request, "no_lift.html", counter, no, visit=visit, rungs=rungs(visit), home=visit.home)
    typed = request.POST if request.method == "POST" else None
    if (request.GET if typed is None else typed).get("all"):
        form = Quantities(None, offers=offers)
        return _quantities(request, counter, visit, form, offers)
    form = Quantities(typed, offers=offers)
    if not form.is_valid():
        return _quantities(request, counter, visit, form, offers)
    if typed is not None and typed.get("sell"):
        return _sell(request, counter, visit, form, offers)
    priced = form.priced()
    return page(
        request, "price.html", counter, visit=visit, rungs=rungs(visit), priced=priced,
        total=sum(amount for _offer, _quantity, amount in priced),
        typed=[(one.key, request.POST.get(one.key, "")) for one, _quantity, _amount in priced],
    )  # fmt: skip


def _offers(visit: Opened, counter: Counter) -> tuple[Offer, ...]:
    if visit.home is not None:
        return visitors.offers(visit.visit, visit.home, at=counter.at)
    return visit.offers


def _sell(
    request: HttpRequest, counter: Counter, visit: Opened, form: Quantities, offers: tuple[Offer, ...]
) -> HttpResponse:
    try:
        allowed = selling.issue_pass(visit.visit, now=visit.standing, offers=offers, at=counter.at)
        dealer = staff_of(request).get_username()
        selling.sell(visit.visit, pass_text=allowed, lines=form.lines, dealer=dealer, at=counter.at)
    except Refused as no:
        return _quantities(request, counter, visit, form, offers, no)
    return redirect("counter:receipt", key=visit.visit.pk)


def _quantities(
    request: HttpRequest,
    counter: Counter,
    visit: Opened,
    form: Quantities,
    offers: tuple[Offer, ...],
    no: Refused | None = None,
) -> HttpResponse:
    filled = (request.POST if request.method == "POST" else request.GET).get("all", "")
    response = page(
        request, "quantities.html", counter, no, visit=visit, rungs=rungs(visit), form=form,
        groups=sold.lines_to_type(offers, form, typed=request.POST, filled=filled),
        is_nothing=not any(min(one.left, one.in_stock) > 0 for one in offers),
    )  # fmt: skip
    if form.is_bound and form.errors and no is None:
        response.status_code = 422
    return response


@never_cache
@access.needs("see_sales")
def receipt(request: HttpRequest, key: UUID) -> HttpResponse:
    """A sale as it stands in the books."""
    sale = access.one_for(request.user, Sale, pk=key)
    told = sold.told(sale)
    return page(request, "receipt.html", counter_of(sale.shop), told=told, sale=sale, pdf=_pdf(sale))


@never_cache
@access.needs("sell")
def reverse_sale(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a sale back on its own day, with a reason."""
    sale = access.one_for(request.user, Sale, pk=key)
    counter = counter_of(sale.shop)
    form = Reason(request.POST or None)
    if not form.is_valid():
        response = page(request, "reverse.html", counter, told=sold.told(sale), sale=sale, form=form)
        response.status_code = 422 if form.is_bound else 200
        return response
    try:
        by = staff_of(request).get_username()
        selling.reverse(sale, reason=form.cleaned_data["reason"], by=by, at=counter.at)
    except Refused as no:
        return page(request, "reverse.html", counter, no, told=sold.told(sale), sale=sale, form=form)
    messages.success(request, _("The sale is taken back: grain and money stand as before it."))
    return redirect("counter:receipt", key=key)


def _pdf(sale: Sale) -> str:
    try:
        return reverse("counter:receipt_pdf", args=[sale.pk])
    except NoReverseMatch:
        return ""
