"""What every page of the counter stands in: the shop, its state line, and the visit with its next step."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rasad import wiring
from rasad.accounts import access
from rasad.counter import training
from rasad.counter.forms import thousandths
from rasad.counter.models import Sale, Visit
from rasad.counter.opened import Opened, opened
from rasad.counter.sales_of_day import again as again_of
from rasad.shops.models import Shop
from rasad.shops.queries.hours import is_open
from rasad.values.refused import Refused
from rasad.web.refusals import say

P = ParamSpec("P")
CHOSEN = "counter_shop"
CSRF = "csrfmiddlewaretoken"
# More than anybody looks through; whoever has more shops writes the number.
LISTED = 50


@dataclass(frozen=True)
class Counter:
    """The shop a page is about, and what its state line says."""

    shop: Shop
    is_open: bool
    at: datetime
    training: training.Panel | None


CounterView = Callable[Concatenate[HttpRequest, Counter, P], HttpResponse]
VisitView = Callable[[HttpRequest, Counter, Opened], HttpResponse]


def at_counter(capability: str) -> Callable[[CounterView[P]], Callable[..., HttpResponse]]:
    """Decorator: the view is told the counter; whoever has several shops is asked once which one."""

    def guard(view: CounterView[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            access.require(request.user, capability)
            shop = _shop(request)
            if shop is None:
                return _choose(request)
            return view(request, counter_of(shop), *args, **kwargs)

        return guarded

    return guard


def at_visit(view: VisitView) -> Callable[..., HttpResponse]:
    """Decorator: the view is told the counter and the open visit; one that was sold shows its receipt."""

    @wraps(view)
    def guarded(request: HttpRequest, key: UUID) -> HttpResponse:
        access.require(request.user, "sell")
        visit = access.one_for(request.user, Visit, pk=key, device="")
        sale = access.all_for(request.user, Sale).filter(pk=key).first()
        if sale is not None:
            _say_if_other(request, sale)
            return redirect("counter:receipt", key=key)
        return view(request, counter_of(visit.shop), opened(visit, at=wiring.now()))

    return guarded


def _say_if_other(request: HttpRequest, sale: Sale) -> None:
    """A second tab may ask for other quantities than were sold: its receipt must not pass for theirs."""
    if not request.POST.get("sell"):
        return
    sold = {line.line: line.quantity for line in again_of(sale).receipt.lines}
    typed = {name: _typed(text) for name, text in request.POST.items() if name not in ("sell", CSRF)}
    if {name: quantity for name, quantity in typed.items() if quantity} != sold:
        said = _(
            "Nothing more was sold: this visit had its sale. Type the card's number again for another one."
        )
        messages.warning(request, said)


def _typed(text: object) -> int:
    try:
        return thousandths(str(text))
    except ValidationError:
        return -1


def counter_of(shop: Shop) -> Counter:
    """A shop's counter as it is now."""
    at = wiring.now()
    return Counter(shop, is_open(shop, at), at, training.panel())


def again(visit: Opened, *, at: datetime) -> Opened:
    """A visit after a step was taken."""
    return opened(visit.visit, at=at, home=visit.home)


def next_page(visit: Opened) -> str:
    """The address of the step a visit takes next."""
    key, now = visit.visit.pk, visit.standing
    if visit.is_consented is False:
        return reverse("counter:consent", args=[key])
    if now.mode is not None:
        return reverse("counter:quantities", args=[key])
    if now.next == "biometric":
        return reverse("counter:finger", args=[key])
    if now.next == "mobile_otp":
        return reverse("counter:code", args=[key])
    return reverse("counter:stuck", args=[key])


def page(
    request: HttpRequest, template: str, counter: Counter, refused: Refused | None = None, **told: object
) -> HttpResponse:
    """A page of the counter; with a refusal, its sentences on top and its status."""
    context = {"counter": counter, **told}
    status = 200
    if refused is not None:
        said = say(refused)
        context["said"], status = said, said.status
    return render(request, f"counter/{template}", context, status=status)


def new_id() -> UUID:
    """An id for a visit that sorts by time (UUID version 7), as devices make them."""
    moment = int(time.time() * 1000).to_bytes(6, "big")
    rest = bytearray(os.urandom(10))
    rest[0] = 0x70 | rest[0] & 0x0F
    rest[2] = 0x80 | rest[2] & 0x3F
    return UUID(bytes=moment + bytes(rest))


def line_in(text: str) -> int:
    """A member's line as a form gives it; 0, which nobody has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _shop(request: HttpRequest) -> Shop | None:
    mine = access.all_for(request.user, Shop)
    if wanted := request.GET.get("shop"):
        shop = access.one_for(request.user, Shop, number=wanted)
        request.session[CHOSEN] = shop.number
        return shop
    first = list(mine[:2])
    if len(first) == 1:
        return first[0]
    return mine.filter(number=request.session.get(CHOSEN)).first()


def _choose(request: HttpRequest) -> HttpResponse:
    shops = access.all_for(request.user, Shop).order_by("name")
    return render(request, "counter/choose.html", {"shops": shops[:LISTED], "count": shops.count()})
