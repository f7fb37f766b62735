"""Who is poor by the Union's guidelines, and who is poorest."""

from datetime import date

import pytest

from rasad.policy.identification import antyodaya, asked_for_antyodaya, below_poverty_line, identification
from rasad.values.refused import Refused

ON = date(2015, 1, 16)
ALONE = {"bpl": True, "assured_means_or_support": False}
NO_ONE = {"bpl": True, "person_family_or_social_support": False}


def result(on=ON, **facts):
    found = antyodaya(facts, on=on)
    return found.result, found.matched


@pytest.mark.req("R-IDN-06")
@pytest.mark.parametrize(
    "occupation",
    [
        "landless_agricultural_labourer",
        "marginal_farmer",
        "rural_artisan_craftsman",
        "potter",
        "tanner",
        "weaver",
        "blacksmith",
        "carpenter",
        "slum_dweller",
        "porter",
        "coolie",
        "rickshaw_puller",
        "hand_cart_puller",
        "fruit_flower_seller",
        "snake_charmer",
        "rag_picker",
        "cobbler",
        "destitute",
        "other_similar",
    ],
)
@pytest.mark.parametrize("area", ["rural", "urban"])
def test_listed_occupation_qualifies_in_village_and_town(occupation, area):
    assert result(bpl=True, occupation=occupation, area=area) == ("aay_eligible", ("a",))


@pytest.mark.req("R-IDN-07", "R-IDN-11")
@pytest.mark.parametrize(
    "head", [{"head_widow": True}, {"head_terminally_ill": True}, {"head_disabled": True}, {"head_age": 60}]
)
def test_family_headed_by_one_without_means_or_support_qualifies(head):
    assert result(**ALONE, **head) == ("aay_eligible", ("b",))
    assert result(bpl=True, assured_means_or_support=True, **head) == ("not_aay", ())


@pytest.mark.req("R-IDN-11")
def test_sixty_exactly_qualifies_and_fifty_nine_does_not():
    assert result(**ALONE, head_age=60) == ("aay_eligible", ("b",))
    assert result(**ALONE, head_age=59) == ("not_aay", ())


@pytest.mark.req("R-IDN-08")
@pytest.mark.parametrize(
    "person",
    [
        {"person_widow": True},
        {"person_terminally_ill": True},
        {"person_disabled": True},
        {"person_age": 60},
        {"person_single_woman": True},
        {"person_single_man": True},
    ],
)
def test_person_without_family_or_support_qualifies(person):
    assert result(**NO_ONE, **person) == ("aay_eligible", ("c",))
    assert result(bpl=True, person_family_or_social_support=True, **person) == ("not_aay", ())


@pytest.mark.req("R-IDN-10")
def test_primitive_tribal_household_qualifies():
    assert result(bpl=True, primitive_tribal=True) == ("aay_eligible", ("d",))


@pytest.mark.req("R-IDN-09")
def test_risk_of_hunger_is_a_reason_an_identifying_body_may_record():
    assert result(bpl=True, at_risk_of_hunger=True) == ("aay_eligible", ("risk_of_hunger",))
    assert result(on=date(2004, 8, 2), bpl=True, at_risk_of_hunger=True) == ("not_aay", ())


@pytest.mark.req("R-IDN-04")
def test_only_a_bpl_family_can_be_antyodaya():
    found = antyodaya({"bpl": False, "occupation": "snake_charmer", "primitive_tribal": True}, on=ON)
    assert (found.result, found.matched, found.reasons[0].code) == ("not_aay", (), "aay_not_from_bpl")


@pytest.mark.req("R-IDN-05")
def test_the_first_expansion_took_families_headed_by_those_without_support():
    assert result(on=date(2003, 4, 1), **ALONE, head_widow=True) == ("aay_eligible", ("first_expansion",))
    assert result(on=date(2004, 8, 2), bpl=True, occupation="potter") == ("not_aay", ())
    assert result(on=date(2004, 8, 3), **ALONE, head_widow=True) == ("aay_eligible", ("b",))


def test_what_was_not_told_is_named():
    found = antyodaya({"head_age": 61}, on=ON)
    assert found.reasons[0].code == "aay_bpl_not_told"
    assert found.untold[:2] == ("bpl", "occupation")
    assert antyodaya({"occupation": "potter"}, on=ON).untold == ("bpl",)
    assert "assured_means_or_support" in antyodaya({"bpl": True, "head_age": 61}, on=ON).untold


def test_a_day_before_the_criteria_is_refused():
    with pytest.raises(Refused, match="before_first_rule"):
        antyodaya({"bpl": True}, on=date(2003, 3, 31))
    with pytest.raises(Refused, match="before_first_rule"):
        antyodaya({"bpl": True}, on=date(2000, 11, 30))


@pytest.mark.req("R-IDN-01", "R-IDN-02")
@pytest.mark.parametrize(
    ("area", "occupations"),
    [
        (
            "rural",
            [
                "landless_agricultural_labourer",
                "marginal_farmer",
                "rural_artisan_craftsman",
                "potter",
                "tapper",
                "weaver",
                "blacksmith",
                "carpenter",
            ],
        ),
        (
            "urban",
            [
                "slum_dweller",
                "informal_daily_earner",
                "potter",
                "rickshaw_puller",
                "cart_puller",
                "fruit_flower_seller_on_pavement",
            ],
        ),
    ],
)
def test_the_guidelines_name_the_poor_of_villages_and_of_towns(area, occupations):
    named = [
        one.code
        for fact in identification().facts
        for one in fact.choices
        if below_poverty_line({"occupation": one.code}, area=area, on=ON)
    ]
    assert sorted(named) == sorted(occupations)


def test_a_family_is_asked_for_what_decides_on_the_day():
    assert [one.name for one in asked_for_antyodaya(on=date(2003, 5, 1))] == [
        "bpl",
        "head_widow",
        "head_terminally_ill",
        "head_disabled",
        "head_age",
        "assured_means_or_support",
    ]
