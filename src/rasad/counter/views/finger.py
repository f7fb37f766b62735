"""A finger on the reader: whose, which one, and what UIDAI says of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rasad import wiring
from rasad.connectors.aadhaar import captured, twins
from rasad.counter import ladder, tries, visitors
from rasad.counter.heard import heard
from rasad.counter.models import Attempt
from rasad.counter.opened import Opened
from rasad.counter.rungs import rungs
from rasad.counter.views.frame import Counter, again, at_visit, line_in, next_page, page
from rasad.policy.portability import portability
from rasad.values.refused import Refused
from rasad.web.middleware import CONTENT_SECURITY_POLICY

# The reader is at the terminal itself: the browser asks it, at one of its ports.
ASKS_THE_READER = CONTENT_SECURITY_POLICY.replace(
    "connect-src 'self'", "connect-src 'self' http://127.0.0.1:*"
)
# The finger that is offered first: those that wear least at work.
USUAL = ("RIGHT_INDEX", "LEFT_INDEX", "RIGHT_THUMB", "LEFT_THUMB", *tries.FINGERS)


@never_cache
@sensitive_post_parameters("captured")
@at_visit
def finger(request: HttpRequest, counter: Counter, visit: Opened) -> HttpResponse:
    """A member puts a finger on the reader, and UIDAI says whether it is this person."""
    if visit.standing.next != "biometric":
        return redirect(next_page(visit))
    if visit.home is not None:
        visitors.check_consented(visit.visit)
    if request.method != "POST":
        return _finger(request, counter, visit)
    try:
        tried = tries.try_finger(
            visit.visit, members=visit.members, member=line_in(request.POST.get("member", "")),
            finger=request.POST.get("finger", ""), captured=captured.read(request.POST.get("captured", "")),
            at=counter.at,
        )  # fmt: skip
    except Refused as no:
        return _finger(request, counter, visit, no)
    return redirect(_after_finger(visit, tried))


@require_POST
@at_visit
def skip_finger(request: HttpRequest, counter: Counter, visit: Opened) -> HttpResponse:
    """No finger can be read: no reader, or no hand to read."""
    try:
        tries.skip_finger(visit.visit, members=visit.members, why="reader", at=counter.at)
    except Refused as no:
        if visit.standing.next != "biometric":
            return redirect(next_page(visit))
        return _finger(request, counter, visit, no)
    return redirect(next_page(again(visit, at=counter.at)))


def _after_finger(visit: Opened, tried: Attempt) -> str:
    now = ladder.standing(visit.visit, members=visit.members)
    if visit.home is not None and tried.outcome == "mismatch" and not now.fingers_tried:
        # Three did not match: back to the screen before, from where three more may be tried.
        return reverse("counter:consent", args=[visit.visit.pk]) + "?again=1"
    return next_page(again(visit, at=wiring.now()))


def _finger(request: HttpRequest, counter: Counter, visit: Opened, no: Refused | None = None) -> HttpResponse:
    tried = visit.standing.fingers_tried
    usual = request.POST.get("finger") or next(one for one in USUAL if one not in tried)
    cycle = portability(wiring.state_code()).biometric.fingers_per_cycle if visit.home is not None else 0
    response = page(
        request, "finger.html", counter, no, visit=visit, rungs=rungs(visit), hands=hands(tried, usual),
        options=twins.options().decode(), heard=heard(visit.visit), cycle=cycle,
        try_number=len(tried) + 1, chosen=line_in(request.POST.get("member", "")),
        may=[one for one in visit.members if one.is_linked and one.is_validated],
    )  # fmt: skip
    response["Content-Security-Policy"] = ASKS_THE_READER
    return response


@dataclass(frozen=True)
class Finger:
    """A finger of the picture of two hands."""

    value: str
    label: str
    is_tried: bool
    is_chosen: bool


def hands(tried: Sequence[str], chosen: str) -> list[tuple[str, list[Finger]]]:
    """Both hands as one sees them lying before one: left from little finger to thumb, right the other way."""
    names = {
        "THUMB": _("thumb"), "INDEX": _("index"), "MIDDLE": _("middle"), "RING": _("ring"),
        "LITTLE": _("little"),
    }  # fmt: skip

    def one(side: str, name: str) -> Finger:
        value = f"{side}_{name}"
        return Finger(value, names[name], value in tried, value == chosen)

    return [
        (_("Left hand"), [one("LEFT", name) for name in reversed(names)]),
        (_("Right hand"), [one("RIGHT", name) for name in names]),
    ]
