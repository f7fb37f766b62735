"""A family's own card on the web: card and mobile, the code, all that is on record and who looked. No JavaScript."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from rasad.families import panels
from rasad.families.actions import own
from rasad.families.forms import CardAndMobile, CodeTyped
from rasad.families.queries.page import family_page
from rasad.registry.models import Card
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now

# In the session: for which card and mobile a code was asked, and which were shown, when.
ASKED, SHOWN = "own_card_asked", "own_card"
LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class Holder:
    """Who has shown a telephone that stands on the card."""

    card: Card
    mobile: str


def my_card(request: HttpRequest) -> HttpResponse:
    """The first step: card and mobile; for whom has shown both already, the card."""
    holder = holder_of(request)
    if holder is not None:
        return _shown(request, holder)
    form, no = CardAndMobile(request.POST or None), None
    if form.is_valid():
        card, mobile = form.cleaned_data["card"], form.cleaned_data["mobile"]
        try:
            own.ask_code(number=card, mobile=mobile, at=now())
        except Refused as refused:
            no = refused
        if no is None or no.code == "own_code_too_soon":
            request.session[ASKED] = {"card": card, "mobile": mobile}
            return redirect("families:my_code")
    context = {"form": form, "said": say(no) if no else None}
    return render(request, "families/my_start.html", context, status=say(no).status if no else 200)


def my_code(request: HttpRequest) -> HttpResponse:
    """The second step: the code."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("families:my_card")
    form, no = CodeTyped(request.POST or None), None
    if form.is_valid():
        at = now()
        try:
            own.enter(number=asked["card"], mobile=asked["mobile"], code=form.cleaned_data["code"], at=at)
        except Refused as refused:
            no = refused
        else:
            # A new session: what was known of the one before is nobody's now.
            request.session.flush()
            request.session[SHOWN] = {**asked, "at": at.isoformat()}
            return redirect("families:my_card")
    context = {"form": form, "mobile": asked["mobile"][-4:], "said": say(no) if no else None}
    return render(request, "families/my_code.html", context, status=say(no).status if no else 200)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the card's page."""
    request.session.flush()
    return redirect("families:my_card")


def holder_of(request: HttpRequest) -> Holder | None:
    """The card this browser has shown a telephone for, while that holds: the number may have left the card since."""
    shown = request.session.get(SHOWN)
    if not shown or now() - datetime.fromisoformat(shown["at"]) > LASTS:
        return None
    card = own.own_card(number=shown["card"], mobile=shown["mobile"])
    return Holder(card, shown["mobile"]) if card else None


def _shown(request: HttpRequest, holder: Holder) -> HttpResponse:
    at = now()
    context = {
        "family": family_page(holder.card, on=at.date(), reader=None, page=request.GET.get("page")),
        "acts": panels.own_acts(holder.card),
        "mobile": holder.mobile[-4:],
        "on": at.date(),
    }
    return render(request, "families/my_card.html", context)
