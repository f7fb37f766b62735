"""Room under the State's ceilings: counted, taken in whole families, and a waiting list in the order of arrival.

The ceilings are policy/coverage.py; that nobody passes them is in the database (models.Coverage).
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from rasad import wiring
from rasad.applications.models import Application, Coverage
from rasad.applications.moves import S
from rasad.policy import coverage as policy
from rasad.policy.jurisdiction import jurisdiction
from rasad.registry.models import Place
from rasad.values.refused import Refused

_COUNT = Path(__file__).with_name("covered.sql").read_text()


@dataclass(frozen=True)
class Waiting:
    """Where an application stands in the list of its area: place, ceiling and covered are persons."""

    area: str
    place: int
    ceiling: int
    covered: int


def area_of(place: Place | None) -> str:
    """Rural or urban, as the State's table counts: a ward lies in a town."""
    return "urban" if place is not None and place.kind == Place.Kind.WARD else "rural"


def is_counted(category: str) -> bool:
    """Whether cards of a category count under the ceilings: those of the Act."""
    return any(one.value == category and one.nfsa for one in jurisdiction(wiring.state_code()).categories)


def take(area: str, persons: int, *, at: datetime) -> bool:
    """Take room for a whole family, or leave it: no part of one. True where the State has no ceiling.

    Call inside the transaction that takes the family in: room comes back if that fails.
    """
    areas = _ready(at)
    if not areas:
        return True
    # In one order everywhere, so that two officers never wait for each other.
    rows = {row.area: row for row in Coverage.objects.select_for_update().order_by("area")}
    bound = [rows[one] for one in (area, "total") if one in rows]
    if any(row.covered + persons > row.ceiling for row in bound):
        return False
    for row in bound:
        Coverage.objects.filter(area=row.area).update(covered=F("covered") + persons)
    return True


def line_up(*, at: datetime) -> None:
    """Let nobody else take room or wait until the transaction ends: who comes at the same moment comes after."""
    _ready(at)
    list(Coverage.objects.select_for_update().order_by("area"))


def count(*, at: datetime) -> dict[str, int]:
    """Count anew who is covered, from the register; persons by area."""
    on = at.astimezone(wiring.INDIA).date()
    ceilings = _ceilings(on)
    if not ceilings:
        return {}
    with transaction.atomic(), connection.cursor() as cursor:
        # Before the rows are there nobody can hold them: the first counter makes them, the second waits.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('applications_coverage'))")
        list(Coverage.objects.select_for_update().order_by("area"))
        cursor.execute(_COUNT, {"on": on, "categories": _counted()})
        found = {"rural": 0, "urban": 0, **dict(cursor.fetchall())}
        found["total"] = found["rural"] + found["urban"]
        for area, ceiling in ceilings.items():
            Coverage.objects.update_or_create(
                area=area, defaults={"covered": found[area], "ceiling": ceiling, "counted_at": at}
            )
    return found


def waiting(area: str) -> QuerySet[Application]:
    """Who waits in an area, the oldest application first: nobody passes another in silence."""
    return Application.objects.filter(state=S.WAITING, wants__area=area).order_by("received_at", "number")


def place_in_list(application: Application) -> Waiting:
    """The visible place of an application on its waiting list."""
    area = str(application.wants.get("area", ""))
    before = waiting(area).filter(
        Q(received_at__lt=application.received_at)
        | Q(received_at=application.received_at, number__lt=application.number)
    )
    row = Coverage.objects.filter(area=area).first()
    return Waiting(area, before.count() + 1, row.ceiling if row else 0, row.covered if row else 0)


def _ready(at: datetime) -> list[str]:
    found = list(Coverage.objects.values_list("area", flat=True))
    return found or list(count(at=at))


def _ceilings(on: date) -> dict[str, int]:
    try:
        return {area: policy.ceiling(wiring.state_code(), area, on=on).persons for area in policy.AREAS}
    except Refused:
        return {}


def _counted() -> list[str]:
    return [one.value for one in jurisdiction(wiring.state_code()).categories if one.nfsa]
