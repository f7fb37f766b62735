"""What an officer does with an application: each a form on its page, each answered by the page again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.accounts.models import User
from rasad.applications import clock, forms
from rasad.applications.actions import decide, hand_over, verify
from rasad.applications.models import Application
from rasad.applications.moves import S
from rasad.applications.sealing import LARGEST, Sheet
from rasad.applications.views.office import shown
from rasad.values.refused import Refused
from rasad.wiring import now

Act = Callable[[Application, User, datetime], object]


@require_POST
@access.needs("verify_applications")
def open_(request: HttpRequest, number: str) -> HttpResponse:
    """Take it up."""
    return _done(
        request, number, lambda one, by, at: verify.open_(application=one, by=by, at=at), _("Taken up.")
    )


@require_POST
@access.needs("verify_applications")
def ask_back(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the applicant for what is missing."""
    reason = _why(request)
    return _done(
        request, number, lambda one, by, at: verify.ask_back(application=one, reason=reason, by=by, at=at),
        _("The applicant is told; from today the clock stands still."),
    )  # fmt: skip


@require_POST
@access.needs("register_applications")
def supply(request: HttpRequest, number: str) -> HttpResponse:
    """What was missing came."""
    file = request.FILES.get("file")
    contents = file.read(LARGEST + 1) if file else b""
    note = _why(request)
    papers = [Sheet("shown", note or file.name or "", contents)] if file else []

    def act(one: Application, by: User, at: datetime) -> None:
        verify.supply(application=one, papers=papers, note=note, by=by.get_username(), at=at)

    return _done(request, number, act, _("Taken down; the clock goes on."))


@require_POST
@access.needs("verify_applications")
def verified(request: HttpRequest, number: str) -> HttpResponse:
    """The verifier's word."""
    finding = _why(request)
    return _done(
        request, number, lambda one, by, at: verify.verify(application=one, finding=finding, by=by, at=at),
        _("Verified; another officer decides."),
    )  # fmt: skip


@require_POST
@access.needs("decide_applications")
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """Approve it, with what follows."""

    def act(one: Application, by: User, at: datetime) -> str:
        made = decide.approve(
            application=one, by=by, at=at, late_reason=_cut(request, "late_reason"),
            category=_cut(request, "category"),
        )  # fmt: skip
        if made.state == S.WAITING:
            return _("The ceiling is full: the family is on the waiting list, and is told so.")
        return _("Approved.")

    return _done(request, number, act, "")


@require_POST
@access.needs("decide_applications")
def reject(request: HttpRequest, number: str) -> HttpResponse:
    """Reject it with a reason."""

    def act(one: Application, by: User, at: datetime) -> None:
        decide.reject(
            application=one, ground=_cut(request, "ground"), why=_why(request), by=by, at=at,
            late_reason=_cut(request, "late_reason"),
        )  # fmt: skip

    return _done(request, number, act, _("Rejected; the letter says why and to whom to complain."))


@require_POST
@access.needs("see_applications")
def delay(request: HttpRequest, number: str) -> HttpResponse:
    """Why the day cannot be kept, and the new one."""
    application = access.one_for(request.user, Application, number=number)
    if not any(access.may(request.user, one) for one in ("verify_applications", "decide_applications")):
        raise Refused("not_for_your_role", capability="verify_applications")
    form = forms.Late(request.POST)
    if not form.is_valid():
        return shown(request, application, late=form, status=422)

    def act(one: Application, by: User, at: datetime) -> None:
        clock.tell_delay(application=one, by=by, at=at, **form.cleaned_data)

    return _done(request, number, act, _("The applicant is told the reason and the new day."))


@require_POST
@access.needs("register_applications")
def collect(request: HttpRequest, number: str) -> HttpResponse:
    """Handed over to somebody of the family."""
    to = _cut(request, "to")
    return _done(
        request, number, lambda one, by, at: hand_over.collect(application=one, to=to, by=by, at=at),
        _("Handed over."),
    )  # fmt: skip


@require_POST
@access.needs("register_applications")
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """The family does not want it any more."""
    reason = _why(request)

    def act(one: Application, by: User, at: datetime) -> None:
        verify.withdraw(application=one, reason=reason, by=by.get_username(), at=at)

    return _done(request, number, act, _("Withdrawn."))


def _done(request: HttpRequest, number: str, act: Act, told: str) -> HttpResponse:
    application = access.one_for(request.user, Application, number=number)
    try:
        said: Any = act(application, staff_of(request), now())
    except Refused as refused:
        application.refresh_from_db()
        return shown(request, application, no=refused)
    messages.success(request, told or str(said))
    return redirect("applications:one", number=number)


def _why(request: HttpRequest) -> str:
    return request.POST.get("why", "").strip()[:500]


def _cut(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()[:500]
