"""What is asked about places, families and cards, as of a day."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from rasad.registry import arrow
from rasad.registry.models import Place, PlaceParent

# The register as it stood on a day, in the form the importers and the relief run read. An empty place means
# that only the district of the family is known.
_EXPORTS = {
    "places": """
SELECT p.kind, p.code, p.name, p.name_hi, coalesce(parent.kind, '') AS parent_kind,
       coalesce(parent.code, '') AS parent_code, p.latitude, p.longitude, lower(held.during) AS since
FROM registry_place p
LEFT JOIN registry_placeparent held ON held.place_id = p.id AND held.during @> {day}
LEFT JOIN registry_place parent ON parent.id = held.parent_id
ORDER BY p.id""",
    "cards": """
SELECT DISTINCT ON (c.id) c.number AS card_number, k.category, coalesce(h.family_id, '') AS family_id,
       CASE WHEN p.kind IN ('village', 'ward') THEN p.code ELSE '' END AS place,
       coalesce(d.district_code, '') AS district,
       c.shop_number, h.address, lower(c.during) AS issued_on, upper(c.during) AS ended_on
FROM registry_card c
JOIN registry_cardcategory k ON k.card_id = c.id AND k.during && {period}
JOIN registry_household h ON h.id = c.household_id
JOIN registry_place p ON p.id = h.place_id
LEFT JOIN registry_districts({day}) d ON d.place_id = h.place_id
WHERE c.during && {period}
ORDER BY c.id, lower(k.during) DESC""",
    "members": """
SELECT c.number AS card_number, m.line::int AS line, p.name, p.guardian_name, m.relation, p.sex, p.born_on,
       p.birth_year::int AS birth_year, p.mobile, p.identity_key, encode(p.aadhaar_ref, 'hex') AS aadhaar_ref
FROM registry_membership m
JOIN registry_card c ON c.household_id = m.household_id AND c.during && {period}
JOIN registry_person p ON p.id = m.person_id
WHERE m.during && {period}
ORDER BY m.id""",
}


@dataclass(frozen=True)
class Figures:
    """How many cards and people there are in a district on a day."""

    cards: int
    people: int


def ancestors(place: Place, on: date) -> list[Place]:
    """What a place lies in on a day, the nearest first, the state last."""
    found: list[Place] = []
    at = place
    while held := PlaceParent.objects.filter(place=at, during__contains=on).select_related("parent").first():
        at = held.parent
        found.append(at)
    return found


def places_in(district: Place, on: date) -> QuerySet[Place]:
    """The sub-districts, villages and wards that lie in a district on a day."""
    inside = RawSQL("SELECT place_id FROM registry_districts(%s) WHERE district_id = %s", [on, district.pk])
    return Place.objects.filter(pk__in=inside).exclude(pk=district.pk).order_by("kind", "code")


def figures_by_district(on: date) -> dict[str, Figures]:
    """Cards in force and people on them on a day, by the LGD code of the district of that day."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT d.district_code, count(DISTINCT c.id), count(m.id)
            FROM registry_card c
            JOIN registry_household h ON h.id = c.household_id
            JOIN registry_districts(%(on)s) d ON d.place_id = h.place_id
            LEFT JOIN registry_membership m ON m.household_id = h.id AND m.during @> %(on)s::date
            WHERE c.during @> %(on)s::date
            GROUP BY d.district_code
            """,
            {"on": on},
        )
        return {code: Figures(cards, people) for code, cards, people in cursor.fetchall()}


def export_register(out: Path, *, on: date, until: date | None = None) -> dict[str, int]:
    """Write places, cards and members as they stood on a day into a folder of Parquet; rows by file.

    With `until`, also the cards and members that came or went up to and including that day; of categories the
    last.
    References stand for Aadhaar numbers. All files show one moment of the database, in the same order each
    time; memory stays bounded. Shops write theirs: `shops.queries.export_shops`.
    """
    day = f"DATE '{on.isoformat()}'"
    period = f"daterange('{on.isoformat()}', '{(until or on).isoformat()}', '[]')"
    with arrow.snapshot() as link:
        return {
            name: arrow.write_parquet(link, query.format(day=day, period=period), out / f"{name}.parquet")
            for name, query in _EXPORTS.items()
        }
