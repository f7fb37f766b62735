"""A citizen applies on the web and follows what was asked for: telephone and code first. No JavaScript."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.applications import clock, coverage, intake
from rasad.applications.actions import verify
from rasad.applications.actions.register import register
from rasad.applications.asked import Taken
from rasad.applications.moves import S
from rasad.applications.paper import sheets
from rasad.applications.queries import own, places, story
from rasad.applications.views.files import pdf
from rasad.delivery.views.citizen import SHOWN
from rasad.policy.card_requests import card_request, card_requests
from rasad.values.refused import Refused
from rasad.web.language import active
from rasad.web.refusals import say
from rasad.wiring import now

DECIDED = (S.WAITING, S.APPROVED, S.READY, S.ISSUED, S.REJECTED)


def mine(request: HttpRequest) -> HttpResponse:
    """The applications of the own telephone."""
    mobile = request.session.get(SHOWN, "")
    if not mobile:
        return _log_in(request)
    on = now().date()
    told = [
        {
            "one": one, "service": story.service_of(one).name.in_language(active()),
            "stands": clock.stands(one, on=on), "has_letter": one.state in DECIDED,
            "in_list": coverage.place_in_list(one) if one.state == S.WAITING else None,
            "may_withdraw": one.state in (S.REGISTERED, S.VERIFYING, S.NEEDS_CORRECTION, S.WAITING),
            "pause": next((pause for pause in one.pauses.all() if pause.until_on is None), None),
            "delay": next(reversed(list(one.delays.all())), None),
        }
        for one in own.of_mobile(mobile)
    ]  # fmt: skip
    return render(request, "applications/mine.html", {"told": told, "mobile": mobile[-4:]})


def choose(request: HttpRequest) -> HttpResponse:
    """What can be asked for from here."""
    if not request.session.get(SHOWN):
        return _log_in(request)
    on = now().date()
    found = [
        (one.value, one.name.in_language(active()), one.told.in_language(active()), one.of_a_card)
        for one in card_requests(on=on)
    ]
    context = {"services": found, "districts": own.districts(), "is_citizen": True, "card": ""}
    return render(request, "applications/services.html", context)


def apply(request: HttpRequest, service: str) -> HttpResponse:
    """The form; once it is right, the slip."""
    mobile, on, no = request.session.get(SHOWN, ""), now().date(), None
    if not mobile:
        return _log_in(request)
    setting = _setting(request, service, mobile, on)
    posted = request.method == "POST"
    filled = intake.form(
        setting, request.POST if posted else None, request.FILES if posted else None,
        places=places.of_district(setting.district, on=on, whole_state=service == "transfer"),
        initial={"mobile": mobile, "language": active()},
    )  # fmt: skip
    filled.applicant.fields["mobile"].disabled = True
    if posted and filled.is_right:
        try:
            made = register(intake.asked(setting, filled), taken=_taken(), at=now())
        except Refused as refused:
            no = refused
        else:
            told = _("Registered under %(number)s. Keep the slip.") % {"number": made.number}
            messages.success(request, told)
            return redirect("applications:mine")
    context = {
        "filled": filled, "setting": setting, "said": say(no) if no else None, "is_citizen": True,
        "name": setting.service.name.in_language(active()),
    }  # fmt: skip
    status = say(no).status if no else 422 if posted else 200
    return render(request, "applications/form.html", context, status=status)


def slip(request: HttpRequest, number: str) -> HttpResponse:
    """The own slip on paper."""
    return pdf(sheets.slip(own.own(request.session.get(SHOWN, ""), number)), f"{number}-slip")


def letter(request: HttpRequest, number: str) -> HttpResponse:
    """The own letter on paper."""
    return pdf(sheets.letter(own.own(request.session.get(SHOWN, ""), number)), f"{number}-letter")


@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Not wanted any more."""
    verify.withdraw(
        application=own.own(request.session.get(SHOWN, ""), number),
        reason=_("by the applicant"),
        by="citizen",
        at=now(),
    )
    return redirect("applications:mine")


def _setting(request: HttpRequest, service: str, mobile: str, on: date) -> intake.Setting:
    wanted = card_request(service, on=on)
    if not wanted.of_a_card:
        district = request.GET.get("district", "")
        if district not in dict(own.districts()):
            raise Refused("district_needed", service=wanted.name)
        return intake.Setting(wanted, district, on, False)
    card, people = own.card_of(mobile, request.GET.get("card", ""), on=on, service=wanted)
    return intake.Setting(wanted, card.household.district_code, on, False, card, people)


def _taken() -> Taken:
    return Taken("web", "citizen", _("Website of the department"))


def _log_in(request: HttpRequest) -> HttpResponse:
    request.session["citizen_next"] = (
        "applications:mine" if request.path.startswith("/my") else "applications:apply"
    )
    return redirect("delivery:my_token")
