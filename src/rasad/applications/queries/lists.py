"""Lists of applications: whose turn it is, what is late or will be, one found by number, name or telephone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from rasad.applications import clock
from rasad.applications.models import Application
from rasad.applications.moves import LIVING, S

Choose = Callable[[QuerySet[Application], date], QuerySet[Application]]
# What somebody of the office comes for, in the order in which it should be done.
HEAPS: Mapping[str, Choose] = {
    "owing": lambda found, on: clock.owing_a_reason(found, on=on),
    "soon": lambda found, on: clock.soon_late(found, on=on),
    "to_open": lambda found, on: found.filter(state=S.REGISTERED),
    "to_verify": lambda found, on: found.filter(state=S.VERIFYING, verified_by=""),
    "to_decide": lambda found, on: found.filter(state=S.VERIFYING).exclude(verified_by=""),
    "asked_back": lambda found, on: found.filter(state=S.NEEDS_CORRECTION),
    "to_hand_over": lambda found, on: found.filter(state__in=[S.APPROVED, S.READY]),
    "waiting": lambda found, on: found.filter(state=S.WAITING),
    "late": lambda found, on: clock.overdue(found, on=on),
    "open": lambda found, on: found.filter(state__in=LIVING),
    "all": lambda found, on: found,
}


@dataclass(frozen=True)
class Kept:
    """How one service of one district kept its days in a month."""

    district: str
    service: str
    received: int
    in_time: int
    late: int
    pending: int


def heap(found: QuerySet[Application], name: str, *, on: date) -> QuerySet[Application]:
    """The applications of a heap; all for a name there is none of."""
    return HEAPS.get(name, HEAPS["all"])(found, on)


def counts(found: QuerySet[Application], *, on: date) -> dict[str, int]:
    """How many there are in each heap; one question."""
    asked = {
        "owing": Q(state__in=clock.OWED, due_on__lt=on) & (Q(likely_on=None) | Q(likely_on__lt=on)),
        "soon": Q(state__in=clock.OWED, due_on__range=(on, on + clock.SOON)),
        "to_open": Q(state=S.REGISTERED),
        "to_verify": Q(state=S.VERIFYING, verified_by=""),
        "to_decide": Q(state=S.VERIFYING) & ~Q(verified_by=""),
        "asked_back": Q(state=S.NEEDS_CORRECTION),
        "to_hand_over": Q(state__in=[S.APPROVED, S.READY]),
        "waiting": Q(state=S.WAITING),
        "late": Q(state__in=clock.OWED, due_on__lt=on),
        "open": Q(state__in=LIVING),
    }
    told = found.order_by().aggregate(**{name: Count("pk", filter=which) for name, which in asked.items()})
    return {name: int(number) for name, number in told.items()}


def found_by(found: QuerySet[Application], text: str) -> QuerySet[Application]:
    """Those with this number, telephone or card, or this in the applicant's name."""
    text = text.strip()
    if not text:
        return found
    digits = text.replace(" ", "").replace("-", "")
    if digits.isascii() and digits.isdigit():
        return found.filter(Q(number=digits) | Q(mobile=digits) | Q(card__number=digits))
    return found.filter(applicant__icontains=text)


def cards_of_number(text: str) -> list[str]:
    """The cards an application of this number is about, or led to: for the search of families."""
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdigit()):
        return []
    pairs = Application.objects.filter(number=digits).values_list("card__number", "issued_card__number")
    return [number for pair in pairs for number in pair if number]


def statement(found: QuerySet[Application], *, first: date, last: date) -> list[Kept]:
    """Received, decided in time, decided late and pending, by district and service, of those received in a span
    of days (R-SRV-17).
    """
    decided = Q(decided_on__isnull=False)
    rows = (
        found.filter(received_on__range=(first, last))
        .exclude(state=S.WITHDRAWN)
        .order_by("district_code", "service")
        .values("district_code", "service")
        .annotate(
            received=Count("pk"),
            in_time=Count("pk", filter=decided & Q(decided_on__lte=F("due_on"))),
            late=Count("pk", filter=decided & Q(decided_on__gt=F("due_on"))),
            pending=Count("pk", filter=~decided),
        )
    )
    return [
        Kept(one["district_code"], one["service"], one["received"], one["in_time"], one["late"], one["pending"])
        for one in rows
    ]  # fmt: skip
