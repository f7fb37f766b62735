"""Whom a complaint goes to, by when it is acknowledged and answered, and where one goes who is not content.

The officers are those of the seeds: 001 (complaint authority, DGRO, State Food Commission), 002 (days, Gram
Panchayat). A State whose charter names no days is held to Himachal Pradesh's, the fuller of the two.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rasad import wiring
from rasad.grievances.models import Complaint
from rasad.policy import deadlines

FULLEST = "IN-HP"
# The charter is known from the day on which its page was read; complaints in older books have the same days.
KNOWN_SINCE = date(2022, 5, 20)
K = Complaint.Kind

OFFICES: dict[str, Promise | str] = {
    "dfsc": _("District Food and Supplies Controller"),
    "gram_panchayat": _("Gram Panchayat, or the official nominated for it"),
    "dgro": _("District Grievance Redressal Officer (Deputy Commissioner)"),
    "commission": _("State Food Commission"),
}
_FIRST = {K.POOR_LIST: "gram_panchayat", K.ENTITLEMENT: "dgro"}
_ABOVE = {"dfsc": "dgro", "gram_panchayat": "dgro", "dgro": "commission"}


@dataclass(frozen=True)
class Route:
    """Who answers, and the two last days."""

    goes_to: str
    acknowledge_by: date
    reply_by: date


def route(kind: str, *, way: Literal["counter", "web", "post"], on: date) -> Route:
    """Where a complaint goes. At the counter and on the web it is acknowledged on the spot (R-GRV-02)."""
    by: Literal["counter", "post"] = "post" if way == "post" else "counter"
    return Route(
        _FIRST.get(Complaint.Kind(kind), "dfsc"),
        _due("grievance_acknowledgement", on, by),
        reply_by(on),
    )


def reply_by(on: date) -> date:
    """The last day for a reply to what reached an office on a day."""
    return _due("grievance_final_reply", on, None)


def above(office: str) -> str:
    """Who is asked next; the Commission is the last."""
    return _ABOVE.get(office, "commission")


def silent_after(replied: date) -> date:
    """The last day on which an answer to a reply is waited for: as many days as the reply itself may take."""
    return _due("grievance_final_reply", replied, None)


def _due(service: str, on: date, by: Literal["counter", "post"] | None) -> date:
    state = wiring.state_code()
    held_to = state if deadlines.has_period(service, state=state) else FULLEST
    days = deadlines.due(service, received=max(on, KNOWN_SINCE), state=held_to, by=by).days
    return on + timedelta(days=days)
