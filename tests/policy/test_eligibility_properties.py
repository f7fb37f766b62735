"""What holds for every family whatever its facts."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as some

from rasad.policy.eligibility import decide, questions, rules
from rasad.policy.facts import read_facts
from tests.policy.made_up_families import LAW, families

ON = date(2015, 1, 16)
RANK = {"excluded": 0, "review": 0, "not_eligible": 1, "eligible": 2}
YES_NO = [fact.name for fact in LAW.facts if fact.type == "yes_no"]
EXCLUDING = {
    "rural": {
        "income_tax_payer": True,
        "land_acres": "5.01",
        "registered_enterprise": True,
        "annual_income": "200000.01",
    },
    "urban": {
        "vat_assessee": True,
        "owns_air_conditioner": True,
        "annual_income": "300000",
        "members_employment": "board:regular",
    },
}


def told(facts, on=ON):
    return decide(facts, state="IN-HR", on=on)


@given(families(), some.data())
def test_one_more_exclusion_never_makes_a_family_eligible(facts, data):
    name = data.draw(some.sampled_from(sorted(EXCLUDING[facts["area"]])))
    found = told({**facts, "land_hectares": None, name: EXCLUDING[facts["area"]][name]})
    assert found.result in ("excluded", "review")
    assert found.category is None


@given(families())
def test_each_list_is_used_in_its_own_area_only(facts):
    letter = {"rural": "R-", "urban": "U-"}[facts["area"]]
    assert all(code.startswith(letter) for code in told(facts).matched)


@given(families())
def test_facts_that_no_question_of_the_area_asks_for_change_nothing(facts):
    asked = {name for one in questions("IN-HR", facts["area"], on=ON) for name in one.fact.names}
    kept = {name: value for name, value in facts.items() if name in asked or name == "area"}
    assert told(kept) == told(facts)


@given(families())
def test_what_was_told_of_a_settled_answer_cannot_be_overturned_by_what_was_not(facts):
    """A result without open criteria stays whatever the family still tells."""
    found = told(facts)
    filled = {name: False for name in YES_NO if facts[name] is None}
    if not found.undecided:
        assert told({**facts, **filled}).result == found.result


@given(families())
def test_the_result_follows_from_its_criteria_alone(facts):
    law = rules("IN-HR", facts["area"], ON)
    states = law.states(read_facts(law.law.facts, facts))
    found = told(facts)
    groups = {row.group == "exclusion" for row in law.criteria if row.code in found.matched}
    assert groups == {"eligible": {False}, "not_eligible": set()}.get(found.result, {True})
    assert found.matched == law.decide(states, in_words=False).matched
    assert found.card_keeps_serving is (found.result == "review")
    assert (found.category is not None) is (found.result == "eligible")


@given(families(), some.decimals(min_value=0, max_value=3, places=4, allow_nan=False))
@settings(max_examples=200)
def test_land_told_in_hectares_is_judged_as_the_same_land_in_acres(facts, hectares):
    bare = {**facts, "land_acres": None, "land_hectares": None}
    acres = hectares * LAW.facts[7].other_units[0].times
    same = round(acres, 6)
    if same == acres:
        assert (
            told({**bare, "land_hectares": hectares}).matched == told({**bare, "land_acres": acres}).matched
        )
