"""The page on which an officer writes down that a family gives its card up: the card, the proof, the slip."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.applications.sealing import LARGEST
from rasad.oversight.actions import surrenders as actions
from rasad.oversight.forms import GiveUp
from rasad.oversight.models import Campaign
from rasad.oversight.queries.campaigns import of_concern
from rasad.oversight.queries.cases import lines_of
from rasad.oversight.views.asked import card_of
from rasad.registry.models import Card
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now


@access.needs("register_applications")
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the card; then its people and the proof; then the application that this opens."""
    campaign, at = get_object_or_404(of_concern(access.all_for(request.user, Campaign)), pk=pk), now()
    number = "".join((request.POST.get("card") or request.GET.get("card", "")).split())[:20]
    if not number:
        return render(request, "oversight/give_up.html", {"campaign": campaign})
    try:
        card = card_of(request, number)
        actions.refuse_closed(campaign, card, on=at.date())
    except Refused as refused:
        said = say(refused)
        context = {"campaign": campaign, "number": number, "said": said}
        return render(request, "oversight/give_up.html", context, status=said.status)
    form = GiveUp(
        request.POST or None, request.FILES or None, members=lines_of(card, on=at.date()),
        needs_day=actions.needs_day(on=at.date()), today=at.date(),
    )  # fmt: skip
    if request.POST.get("act") == "send":
        return _sent(request, campaign, card, form)
    if not form.is_valid():
        return _shown(request, campaign, card, form, status=422 if form.is_bound else 200)
    person = staff_of(request)
    try:
        made = actions.give_up(
            campaign=campaign, card=card, told=_told(form.cleaned_data), by=person, at=at,
            office=person.designation or str(person.get_role_display()),
        )  # fmt: skip
    except Refused as refused:
        return _shown(request, campaign, card, form, no=refused)
    messages.success(
        request, _("The application is open. Give the family its slip; the card serves until it is decided.")
    )
    return redirect("applications:one", number=made.application.number)


def _told(given: dict[str, Any]) -> actions.GivenUp:
    file = given.get("picture")
    return actions.GivenUp(
        line=given["line"], proof=given["proof"], statement=given["statement"], code=given["code"],
        picture=file.read(LARGEST + 1) if file else b"", promised_on=given.get("promised_on"),
    )  # fmt: skip


def _sent(request: HttpRequest, campaign: Campaign, card: Card, form: GiveUp) -> HttpResponse:
    form.is_bound = False
    form.initial = {name: request.POST.get(name, "") for name in form.fields} | {"proof": "code"}
    try:
        end = actions.send_code(campaign=campaign, card=card, at=now())
    except Refused as refused:
        return _shown(request, campaign, card, form, no=refused)
    messages.success(
        request,
        _("A code went to the telephone that ends in %(end)s. The family tells it to you.") % {"end": end},
    )
    return _shown(request, campaign, card, form)


def _shown(
    request: HttpRequest,
    campaign: Campaign,
    card: Card,
    form: GiveUp,
    *,
    no: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    said = say(no) if no else None
    context = {"campaign": campaign, "card": card, "form": form, "said": said}
    return render(request, "oversight/give_up.html", context, status=said.status if said else status)
