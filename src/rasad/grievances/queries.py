"""What is asked about complaints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count, F, Q, QuerySet

from rasad.applications.models import Application
from rasad.grievances.models import OPEN, Complaint
from rasad.registry.models import Place
from rasad.shops.models import Shop
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


def district_of_shop(number: str) -> str:
    """The district of a shop; empty where there is none of this number."""
    found = (
        Shop.objects.filter(number=number).values_list("district_code", flat=True).first() if number else None
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


# A kind of which so many came in so many days is a problem that comes again.
RECURRING, WITHIN = 3, timedelta(days=180)


@dataclass(frozen=True)
class Standing:
    """What became of the complaints of one kind, from receipt to disposal."""

    kind: str
    received: int
    open: int
    late: int
    replied: int
    closed: int
    days: float | None


def standing(found: QuerySet[Complaint], *, on: date) -> list[Standing]:
    """By kind: how many came, wait, are late, are answered, are disposed of, and days to the reply on average."""
    over = Q(acknowledged_at=None, acknowledge_by__lt=on) | Q(reply_by__lt=on)
    is_open = Q(state__in=OPEN)
    counted = found.order_by().values("kind").annotate(
        received=Count("pk"), open=Count("pk", filter=is_open), late=Count("pk", filter=is_open & over),
        replied=Count("pk", filter=Q(state=Complaint.State.REPLIED)),
        closed=Count("pk", filter=Q(state=Complaint.State.CLOSED)), days=Avg(F("replied_at") - F("received_at")),
    )  # fmt: skip
    names = dict(Complaint.Kind.choices)
    order = list(names)
    return [
        Standing(
            str(names[one["kind"]]), one["received"], one["open"], one["late"], one["replied"], one["closed"],
            round(one["days"].total_seconds() / 86_400, 1) if one["days"] is not None else None,
        )
        for one in sorted(counted, key=lambda row: order.index(row["kind"]))
    ]  # fmt: skip


def recurring(found: QuerySet[Complaint], *, on: date) -> Sequence[tuple[str, str, str, int]]:
    """Kinds, and of shops the shop, that came three times or oftener in half a year: code, words, shop, how many."""
    lately = found.filter(received_at__date__gt=on - WITHIN)
    counted = lately.order_by().values_list("kind", "shop_number").annotate(number=Count("pk"))
    names = dict(Complaint.Kind.choices)
    often = [(kind, str(names[kind]), shop, number) for kind, shop, number in counted if number >= RECURRING]
    return sorted(often, key=lambda one: -one[3])
