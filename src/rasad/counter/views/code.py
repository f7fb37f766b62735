"""The code on a mobile, and going on without."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rasad import wiring
from rasad.counter import tries
from rasad.counter.forms import Code, reasons
from rasad.counter.heard import heard
from rasad.counter.models import Attempt, Kind, Why
from rasad.counter.opened import Opened
from rasad.counter.rungs import rungs
from rasad.counter.views.frame import Counter, again, at_visit, line_in, next_page, page
from rasad.policy.authentication import authentication
from rasad.registry.families import Member
from rasad.values.refused import Refused


@never_cache
@sensitive_post_parameters("code")
@at_visit
def code(request: HttpRequest, counter: Counter, visit: Opened) -> HttpResponse:
    """The code on a mobile: the family chooses which, the dealer types what it says."""
    if visit.standing.next != "mobile_otp":
        return redirect(next_page(visit))
    if request.method != "POST":
        return _code(request, counter, visit)
    form = Code(request.POST)
    if not form.is_valid():
        return _code(request, counter, visit, form=form)
    try:
        tries.enter_code(visit.visit, members=visit.members, at=wiring.now(), **form.cleaned_data)
    except Refused as no:
        return _code(request, counter, visit, no)
    return redirect(next_page(again(visit, at=wiring.now())))


@require_POST
@at_visit
def send_code(request: HttpRequest, counter: Counter, visit: Opened) -> HttpResponse:
    """Send a code to the mobile the family chose."""
    if visit.standing.next != "mobile_otp":
        return redirect(next_page(visit))
    try:
        line = line_in(request.POST.get("member", ""))
        tries.send_code(visit.visit, members=visit.members, member=line, at=counter.at)
    except Refused as no:
        return _code(request, counter, visit, no)
    return redirect("counter:code", key=visit.visit.pk)


@never_cache
@at_visit
def without(request: HttpRequest, counter: Counter, visit: Opened) -> HttpResponse:
    """Go on without authentication, for a reason: nobody is sent away from the card's own shop."""
    if visit.standing.next != "mobile_otp":
        return redirect(next_page(visit))
    if request.method != "POST":
        return _without(request, counter, visit)
    try:
        why = request.POST.get("why", "")
        tries.go_without(visit.visit, members=visit.members, why=why, at=counter.at)
    except Refused as no:
        return _without(request, counter, visit, no)
    return redirect(next_page(again(visit, at=counter.at)))


def _code(
    request: HttpRequest, counter: Counter, visit: Opened, no: Refused | None = None, form: Code | None = None
) -> HttpResponse:
    sent = visit.standing.sent
    window = authentication(wiring.state_code()).home.mobile_otp.window_seconds
    until = sent.at + timedelta(seconds=window) if sent else None
    seconds = max(int((until - wiring.now()).total_seconds()), 0) if until else 0
    last = visit.visit.attempts.last()
    response = page(
        request, "code.html", counter, no, visit=visit, rungs=rungs(visit), form=form or Code(),
        sent=sent, until=until, seconds=seconds, window=window, last=last, heard=heard(visit.visit),
        mobiles=[one for one in visit.members if one.has_mobile], may_send=_mobiles(visit.members, sent),
        is_usable=sent is not None and seconds > 0 and visit.standing.wrong_left > 0,
    )  # fmt: skip
    if form is not None and no is None:
        response.status_code = 422
    return response


def _mobiles(members: Sequence[Member], sent: Attempt | None) -> int | None:
    """The line chosen at first: the one before, else the first with a mobile."""
    lines = [one.line for one in members if one.has_mobile]
    return sent.member if sent else next(iter(lines), None)


def _without(
    request: HttpRequest, counter: Counter, visit: Opened, no: Refused | None = None
) -> HttpResponse:
    happened = visit.visit.attempts.values_list("outcome", flat=True)
    late = [one for one in (Why.OTP_EXPIRED, Why.OTP_WRONG) if one in happened]
    possible = [*late, Why.MOBILE_NOT_CARRIED, Why.OTP_NOT_RECEIVED]
    return page(
        request, "without.html", counter, no, visit=visit, rungs=rungs(visit), reasons=reasons(possible),
        is_away=visit.visit.kind == Kind.AWAY,
    )  # fmt: skip
