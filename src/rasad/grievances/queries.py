"""What is asked about complaints."""

from datetime import date

from django.db.models import Q, QuerySet

from rasad.applications.models import Application
from rasad.grievances.models import OPEN, Complaint
from rasad.registry.models import Place
from rasad.web.language import in_language


def by_number(number: str) -> Complaint | None:
    """The complaint of a number, for whoever has it; the page shows nobody's name (R-GRV-14)."""
    text = number.strip().upper()
    return Complaint.objects.filter(number=text).first() if text else None


def open_ones(found: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Those that wait for an answer, the latest first."""
    return found.filter(state__in=OPEN).order_by("reply_by", "number")


def late(found: QuerySet[Complaint], *, on: date) -> QuerySet[Complaint]:
    """Those whose days are over."""
    over = Q(acknowledged_at=None, acknowledge_by__lt=on) | Q(reply_by__lt=on)
    return open_ones(found).filter(over)


def district_of(about: str) -> str:
    """The district of the application a complaint is about; empty where none is known."""
    found = (
        Application.objects.filter(number=about).values_list("district_code", flat=True).first()
        if about
        else None
    )
    return found or ""


def kind_of(about: str) -> str:
    """What a complaint about an application most likely is."""
    state = (
        Application.objects.filter(number=about).values_list("state", flat=True).first() if about else None
    )
    return {None: "", "rejected": "rejection"}.get(state, "delay")


def who_acted(about: str) -> set[str]:
    """The officers of an application: they do not answer a complaint about it."""
    found = (
        Application.objects.filter(number=about).values_list("verified_by", "decided_by").first()
        if about
        else None
    )
    return {name for name in found or () if name}


def districts() -> list[tuple[str, str]]:
    """The districts, as a picker has them."""
    found = Place.objects.filter(kind=Place.Kind.DISTRICT).order_by("name")
    return [(one.code, in_language(one.name, one.name_hi)) for one in found]
