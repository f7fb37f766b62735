"""One family, one token: however many sources it comes through, and whoever else is on its list."""

from datetime import date

import pytest

from tests.pipelines.relief.cast import (
    ASHA,
    FAMILY,
    LAKSHMI,
    POOJA,
    SURESH,
    Person,
    aadhaar,
    family,
    files,
    run,
)

SOURCES = ("MMPSY", "SARAL", "LOCAL_COMMITTEE", "CM_TWITTER")


def person(number, name="", **more):
    return Person(name or f"Person {number}", aadhaar=aadhaar(number), **more)


# Pooja's elder sister is married and stands on both lists.
GEETA = person(4, "Geeta", sex="F", born_on=date(1999, 5, 5))
HUSBAND = person(5, "Manoj", sex="M", born_on=date(1996, 1, 9))
CHILD = person(6, "Ravi", sex="M", born_on=date(2019, 12, 1))
OPERATOR = aadhaar(77)

ASKING = [
    # The same family, later each time; the survey knows all of them.
    family("MMPSY", "asha", ASHA, SURESH, received_on=date(2020, 4, 12)),
    family("SARAL", "asha", ASHA, POOJA.but(aadhaar=None), received_on=date(2020, 4, 10)),
    family("LOCAL_COMMITTEE", "asha", *FAMILY, received_on=date(2020, 5, 2)),
    family("CM_TWITTER", "asha", SURESH, received_on=date(2020, 5, 3)),
    family("LOCAL_COMMITTEE", "parents", person(20), person(21), person(22), GEETA),
    family("SARAL", "geeta", HUSBAND, GEETA, CHILD, received_on=date(2020, 4, 20)),
    # One number on two people who cannot be one: a child has the number of a stranger's grandmother.
    family("SARAL", "grandmother", person(30, "Chameli", sex="F", born_on=date(1949, 3, 3))),
    family("CM_TWITTER", "child", person(30, "Aarav", sex="M", born_on=date(2012, 8, 8)), person(31, "Neha")),
    family("MMPSY", "linked by id", Person("A One"), family_id="1ABC"),
    family("SARAL", "linked by id", Person("A Two"), family_id="1ABC"),
    family("MMPSY", "linked by card", Person("B One"), card_number="069555"),
    family("CM_TWITTER", "linked by card", Person("B Two"), card_number="069555"),
    *(family("CM_TWITTER", f"filler {n}", Person(f"C {n}"), family_id="0000000") for n in range(5)),
    *(
        family(
            "LOCAL_COMMITTEE", f"operator {n}", Person(f"Head {n}", sex="M", aadhaar=OPERATOR), person(40 + n)
        )
        for n in range(5)
    ),
    # Two daughters whose numbers were mixed up at the desk; their family came through another source too.
    family("CM_TWITTER", "sisters", person(60, "Rani", sex="F", born_on=date(2010, 1, 4)), place="kaimri"),
    family(
        "MMPSY",
        "sisters",
        LAKSHMI,
        person(60, "Rani", sex="F", born_on=date(2010, 1, 4)),
        person(60, "Rina", sex="F", born_on=date(2012, 1, 4)),
    ),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return run(files(ASKING).written(tmp_path_factory.mktemp("families")))


@pytest.mark.req("R-DRT-09")
def test_family_of_four_sources_has_one_token_and_the_later_rows_are_linked_to_it(told):
    token = told.token("SARAL", "asha")
    rows = [told.row(source, "asha") for source in SOURCES]
    assert [(row["outcome"], row["reason"]) for row in rows] == [
        ("linked", "same_person"),
        ("token", "issued"),
        ("linked", "same_person"),
        ("linked", "same_person"),
    ]
    assert {row["token"] for row in rows} == {token["number"]}


@pytest.mark.req("R-DRT-09")
def test_token_has_the_members_of_the_fullest_record_and_the_day_of_the_first(told):
    token = told.token("SARAL", "asha")
    assert told.members_of(token) == ["Asha Devi", "Suresh Kumar", "Pooja"]
    assert (token["holder_name"], token["member_count"]) == ("Asha Devi", 3)
    assert token["issued_on"] == date(2020, 4, 10)


@pytest.mark.parametrize(
    ("reference", "first", "later", "reason"),
    [
        ("linked by id", "MMPSY", "SARAL", "same_family_id"),
        ("linked by card", "MMPSY", "CM_TWITTER", "same_card"),
    ],
)
def test_family_id_and_card_number_link_too(told, reference, first, later, reason):
    assert told.ended(first, reference) == ("token", "issued")
    assert told.ended(later, reference) == ("linked", reason)
    assert told.row(later, reference)["token"] == told.token(first, reference)["number"]


def test_married_daughter_is_served_on_the_token_issued_first_and_both_families_have_one(told):
    parents, own = told.token("LOCAL_COMMITTEE", "parents"), told.token("SARAL", "geeta")
    assert told.members_of(parents) == ["Person 20", "Person 21", "Person 22", "Geeta"]
    assert told.members_of(own) == ["Manoj", "Ravi"]
    assert own["member_count"] == 2


def test_one_number_on_two_people_who_cannot_be_one_takes_nobodys_food(told):
    assert told.members_of(told.token("SARAL", "grandmother")) == ["Chameli"]
    assert told.members_of(told.token("CM_TWITTER", "child")) == ["Aarav", "Neha"]


def test_two_daughters_under_one_number_are_both_on_the_token(told):
    assert told.members_of(told.token("MMPSY", "sisters")) == ["Lakshmi Malik", "Rani", "Rina"]


def test_number_an_operator_typed_for_everybody_makes_no_two_families_one(told):
    assert {told.ended("LOCAL_COMMITTEE", f"operator {n}") for n in range(5)} == {("token", "issued")}
    for n in range(5):
        token = told.token("LOCAL_COMMITTEE", f"operator {n}")
        assert told.members_of(token) == [f"Head {n}", f"Person {40 + n}"]


def test_family_id_typed_to_fill_the_field_links_nobody(told):
    assert {told.ended("CM_TWITTER", f"filler {n}") for n in range(5)} == {("token", "issued")}


def test_no_number_proves_a_person_on_two_tokens(told):
    held = told.read("stages/token_members")
    keys = [row["identity_key"] for row in held if row["identity_key"] is not None]
    assert len(keys) == len(set(keys)) == 18
