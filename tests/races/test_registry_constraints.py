"""What must never be is refused by the database itself, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from rasad.journal.models import Entry
from rasad.registry.models import Card, CardCategory, Household, Membership, Person, Place, PlaceParent
from rasad.shops.models import Shop
from tests.registry.files import with_register

pytestmark = pytest.mark.django_db
OPEN = (date(2020, 1, 1), None)

# Kind as PostgreSQL has it: u unique, x exclusion, c check.
CONSTRAINTS = {
    "registry_place_code_once": "u",
    "registry_place_on_earth": "c",
    "registry_place_one_parent_at_a_time": "x",
    "registry_person_aadhaar_once": "u",
    "registry_person_in_one_household_at_a_time": "x",
    "registry_household_one_card_at_a_time": "x",
    "registry_card_one_category_at_a_time": "x",
    "registry_file_taken_in_once": "u",
    "shops_capacity_not_negative": "c",
    "relief_one_token_a_family": "u",
    "relief_one_person_one_token": "u",
    "relief_token_line_once": "u",
    "relief_source_row_once": "u",
    "relief_shop_or_queue": "c",
    "relief_token_when_token_or_linked": "c",
    "relief_review_once": "u",
}


def test_every_named_constraint_is_there_and_valid():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, contype::text FROM pg_constraint WHERE conname = ANY(%s) AND convalidated",
            [list(CONSTRAINTS)],
        )
        assert dict(cursor.fetchall()) == CONSTRAINTS


def test_line_of_a_household_is_unique_among_those_who_are_there():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'registry_line_once_in_household'")
        [(definition,)] = cursor.fetchall()

    assert definition.startswith("CREATE UNIQUE INDEX")
    assert definition.endswith("(household_id, line) WHERE upper_inf(during)")


@pytest.mark.parametrize(
    "statement", ["UPDATE journal_entry SET by = 'x'", "DELETE FROM journal_entry", "TRUNCATE journal_entry"]
)
def test_journal_refuses_to_be_changed(tmp_path, statement):
    with_register(tmp_path, up_to="places")
    assert Entry.objects.count() == 1

    with (
        pytest.raises(ProgrammingError, match=r"append-only|Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def family() -> tuple[Household, Person]:
    household = Household.objects.create(place=Place.objects.get(code="61068"))
    person = Person.objects.create(name="Asha")
    Membership.objects.create(household=household, person=person, line=1, during=OPEN)
    return household, person


def in_two_households(household: Household, person: Person) -> None:
    other = Household.objects.create(place=household.place)
    Membership.objects.create(household=other, person=person, line=1, during=(date(2021, 1, 1), None))


def two_on_one_line(household: Household, person: Person) -> None:
    Membership.objects.create(
        household=household, person=Person.objects.create(name="Ravi"), line=1, during=OPEN
    )


def two_cards(household: Household, person: Person) -> None:
    Card.objects.create(number="1", household=household, during=OPEN)
    Card.objects.create(number="2", household=household, during=(date(2019, 1, 1), date(2020, 1, 2)))


def two_categories(household: Household, person: Person) -> None:
    card = Card.objects.create(number="1", household=household, during=OPEN)
    CardCategory.objects.create(card=card, category="AAY", during=OPEN)
    CardCategory.objects.create(card=card, category="APL", during=(date(2020, 1, 1), date(2020, 2, 1)))


def two_people_with_one_number(household: Household, person: Person) -> None:
    Person.objects.create(name="Asha", aadhaar_ref=b"r" * 32)
    Person.objects.create(name="Ravi", aadhaar_ref=b"r" * 32)


def two_parents(household: Household, person: Person) -> None:
    PlaceParent.objects.create(place=household.place, parent=Place.objects.get(code="58"), during=OPEN)


def place_twice(household: Household, person: Person) -> None:
    Place.objects.create(kind="village", code="61068", name="Again")


def place_off_the_earth(household: Household, person: Person) -> None:
    Place.objects.create(kind="village", code="1", name="Nowhere", latitude=91, longitude=76)


def shop_for_fewer_than_none(household: Household, person: Person) -> None:
    Shop.objects.create(number="1", name="x", place=household.place, capacity_families=-1, open_during=OPEN)


@pytest.mark.parametrize(
    "act",
    [
        in_two_households, two_on_one_line, two_cards, two_categories, two_people_with_one_number,
        two_parents, place_twice, place_off_the_earth, shop_for_fewer_than_none,
    ],
)  # fmt: skip
def test_database_refuses(tmp_path, act):
    with_register(tmp_path, up_to="places")
    household, person = family()

    with pytest.raises(IntegrityError), transaction.atomic():
        act(household, person)
