"""Cards, members and categories live by dated rows, and end only by a decision of two officers."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from rasad.registry import life
from rasad.registry.families import family
from rasad.registry.models import Card, CardCategory, Ending, Household, Membership, Person, Place
from rasad.values.refused import Refused
from tests.registry.files import AT, DECIDED, card_ended, member_left, with_register, without_guards

pytestmark = pytest.mark.django_db
ASHAS, KAMLAS = "006300000001", "006300000002"
JUNE = date(2020, 6, 1)


@pytest.fixture(autouse=True)
def register(tmp_path):
    with_register(tmp_path)


def refused(call, *args, **given):
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    return caught.value


def mohan():
    return Membership.objects.get(household__cards__number=ASHAS, line=2)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE registry_card SET during = daterange(lower(during), '2020-06-01')",
        "UPDATE registry_card SET during = 'empty'",
        "UPDATE registry_card SET during = daterange('2020-01-01', NULL)",
        "UPDATE registry_membership SET during = daterange(lower(during), '2020-06-01')",
        "UPDATE registry_cardcategory SET during = daterange(lower(during), '2020-06-01')",
        "UPDATE registry_cardcategory SET category = 'APL' WHERE category <> 'APL'",
        "UPDATE registry_card SET number = '1' || substr(number, 2)",
        "UPDATE registry_membership SET household_id = (SELECT max(id) FROM registry_household)",
        "DELETE FROM registry_cardcategory",
        "DELETE FROM registry_membership",
    ],
)
@pytest.mark.req("R-BOG-10")
def test_database_ends_nothing_without_a_decision(statement):
    with pytest.raises(IntegrityError, match=r"of the register|ends only"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE registry_ending SET by = 'somebody'",
        "UPDATE registry_ending SET reason = 'another'",
        "DELETE FROM registry_ending",
    ],
)
def test_decision_stays_as_it_was_written(statement):
    member_left(mohan(), on=JUNE)

    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        connection.cursor().execute(statement)


def test_decision_of_one_officer_is_none():
    alone = life.Decision(Ending.Ground.ORDER, "CASE-1", "moved", by="meena", confirmed_by="meena", at=AT)

    with pytest.raises(IntegrityError, match="registry_ending_by_two"), transaction.atomic():
        life.end_member(mohan(), on=JUNE, decision=alone)

    assert mohan().during.upper is None


def test_decision_of_another_day_or_an_earlier_moment_ends_nothing():
    with without_guards():
        life.end_member(mohan(), on=JUNE, decision=DECIDED)
        Membership.objects.filter(pk=mohan().pk).update(during=(date(2016, 2, 1), None))

    with pytest.raises(IntegrityError, match="ends only by"), transaction.atomic():
        Membership.objects.filter(pk=mohan().pk).update(during=(date(2016, 2, 1), date(2020, 5, 1)))


def test_member_who_left_is_of_the_family_until_the_day_before():
    member_left(mohan(), on=JUNE)

    assert [one.name for one in family(ASHAS, on=date(2020, 5, 31)).members] == ["Asha Devi", "Mohan"]
    assert [one.name for one in family(ASHAS, on=JUNE).members] == ["Asha Devi"]
    with without_guards():
        assert refused(life.end_member, mohan(), on=JUNE, decision=DECIDED).code == "has_ended"


@pytest.mark.req("R-CRD-22")
def test_person_on_a_card_is_put_on_no_other_one():
    kamlas = Household.objects.get(cards__number=KAMLAS)

    no = refused(life.add_member, household=kamlas, person=mohan().person, relation="son", on=JUNE)

    assert (no.code, no.facts) == ("person_on_other_card", {"person": "Mohan", "card": "XXXXXXXX0001"})
    member_left(mohan(), on=JUNE)
    assert life.add_member(household=kamlas, person=mohan().person, relation="son", on=JUNE).line == 2


def test_category_is_followed_by_another_and_both_stay_on_record():
    card = Card.objects.get(number=ASHAS)
    with without_guards():
        assert life.change_category(card, "AAY", on=JUNE, decision=DECIDED) is not None
        assert life.change_category(card, "AAY", on=JUNE, decision=DECIDED) is None

    assert family(ASHAS, on=date(2020, 5, 31)).category == "OPH"
    assert family(ASHAS, on=JUNE).category == "AAY"
    card_ended(KAMLAS, on=JUNE)
    ended = Card.objects.get(number=KAMLAS)
    assert refused(life.change_category, ended, "APL", on=JUNE, decision=DECIDED).code == "has_ended"


def test_family_has_one_card_at_a_time_and_a_number_one_family():
    home = Household.objects.get(cards__number=ASHAS)
    wanted = {"category": "OPH", "shop": "", "on": JUNE}

    no = refused(life.issue_card, household=home, number="006300000077", **wanted)
    assert (no.code, no.facts["card"]) == ("family_has_living_card", "XXXXXXXX0001")
    new = Household.objects.create(place=home.place)
    assert refused(life.issue_card, household=new, number=ASHAS, **wanted).code == "card_number_taken"
    assert life.issue_card(household=new, number="006300000077", **wanted).during.lower == JUNE


@pytest.mark.req("R-BOG-10")
def test_what_was_ended_wrongly_goes_on_as_if_it_never_ended():
    card_ended(ASHAS, on=JUNE)
    ended = Ending.objects.get(what="card")

    life.take_back(ended, by="kavita", at=AT, why="the family lives there")

    assert family(ASHAS, on=JUNE).category == "OPH"
    assert Ending.objects.exclude(undone_by="kavita").count() == 0
    assert refused(life.take_back, ended, by="kavita", at=AT, why="again").code == "ending_taken_back"


def test_card_is_not_restored_beside_one_the_family_got_since():
    card_ended(ASHAS, on=JUNE)
    home = Household.objects.get(cards__number=ASHAS)
    life.issue_card(household=home, number="006300000077", category="OPH", shop="", on=JUNE)

    no = refused(life.take_back, Ending.objects.get(what="card"), by="kavita", at=AT, why="wrong")

    assert (no.code, no.facts["card"]) == ("family_has_living_card", "XXXXXXXX0077")


def test_category_is_not_restored_beside_one_decided_since():
    card = Card.objects.get(number=ASHAS)
    with without_guards():
        life.change_category(card, "AAY", on=JUNE, decision=DECIDED)

    no = refused(life.take_back, Ending.objects.get(), by="kavita", at=AT, why="wrong")

    assert no.code == "card_has_other_category"
    assert CardCategory.objects.get(card=card, during__upper_inf=True).category == "AAY"


def test_family_that_moves_lies_in_the_district_of_its_new_place():
    home = Household.objects.get(cards__number=ASHAS)
    assert home.district_code == "63"

    life.move(home, place=Place.objects.get(code="50001"), address="House 9")

    home.refresh_from_db()
    assert (home.district_code, home.address) == ("58", "House 9")


def test_households_go_along_when_their_place_comes_to_another_district():
    ambala = Place.objects.get(kind="district", code="58")
    from rasad.registry.actions import move_place

    move_place(place=Place.objects.get(code="61068"), parent=ambala, on=JUNE, by="meena", at=AT)

    assert Household.objects.get(cards__number=ASHAS).district_code == "58"


def test_another_head_of_the_family():
    home = Household.objects.get(cards__number=ASHAS)

    life.change_head(home, line=2, on=JUNE)

    assert [one.name for one in family(ASHAS, on=JUNE).members if one.is_head] == ["Mohan"]
    assert refused(life.change_head, home, line=9, on=JUNE).code == "no_such_member"


def test_household_made_by_hand_has_its_district_at_once():
    made = Household.objects.create(place=Place.objects.get(code="900001"))

    made.refresh_from_db()
    assert made.district_code == "63"
    assert Person.objects.create(name="Nobody").memberships.count() == 0


@pytest.mark.parametrize(
    "table", ["registry_card", "registry_membership", "registry_cardcategory", "registry_ending"]
)
def test_register_is_never_emptied(table):
    with connection.cursor() as cursor:
        # What the fixture wrote waits for its own checks: those first.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="never emptied"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")
