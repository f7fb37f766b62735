"""What the department's own books say of living cards: never lifted for months, the same person twice."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from rasad.values.month import Month

CHUNK = 1_000
# Living cards older than the months asked for, of which nothing was taken since; a family known to draw elsewhere did.
_NEVER_LIFTED = """
SELECT card.id, household.district_code
FROM registry_card card JOIN registry_household household ON household.id = card.household_id
WHERE card.during @> %(on)s::date AND lower(card.during) < %(since)s::date
    AND (%(district)s = '' OR household.district_code = %(district)s)
    AND NOT EXISTS (
        SELECT FROM ledger_account account
        WHERE account.holder = card.number AND account.kind = 'entitlement' AND account.month >= %(month)s
            AND account.received > account.given
    )
ORDER BY card.id"""
# The same name, guardian and day of birth on two cards: a likeness only, which a person has to look at.
_TWICE = """
SELECT card.id, household.district_code, held.id, person.name, other_card.number
FROM registry_person person
JOIN registry_person other ON other.id < person.id AND other.born_on = person.born_on
    AND lower(other.name) = lower(person.name) AND lower(other.guardian_name) = lower(person.guardian_name)
JOIN registry_membership held ON held.person_id = person.id AND held.during @> %(on)s::date
JOIN registry_household household ON household.id = held.household_id
JOIN registry_card card ON card.household_id = household.id AND card.during @> %(on)s::date
JOIN registry_membership other_held ON other_held.person_id = other.id AND other_held.during @> %(on)s::date
JOIN registry_card other_card ON other_card.household_id = other_held.household_id
    AND other_card.during @> %(on)s::date AND other_card.id <> card.id
WHERE person.guardian_name <> '' AND (%(district)s = '' OR household.district_code = %(district)s)
ORDER BY card.id, held.id"""


def never_lifted(*, months: int, district: str, on: date) -> Iterator[list[tuple[int, str]]]:
    """Card and district of those that took nothing in so many whole months, in chunks."""
    since = Month.of(on)
    for _ in range(months):
        since = Month(since.year - (since.number == 1), (since.number - 2) % 12 + 1)
    told = {"on": on, "since": since.first_day, "month": str(since), "district": district}
    yield from _chunks(_NEVER_LIFTED, told)


def twice(*, district: str, on: date) -> Iterator[list[tuple[int, str, int, str, str]]]:
    """Card, district, membership, name and the other card of people who stand on two cards by likeness."""
    yield from _chunks(_TWICE, {"on": on, "district": district})


def _chunks(query: str, told: dict[str, Any]) -> Iterator[list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        while rows := cursor.fetchmany(CHUNK):
            yield list(rows)
