"""The words that cases of eligibility and coverage are asked and answered in."""

from pathlib import Path

import pytest
import yaml
from django.utils import translation

from rasad.examples import coverage, eligibility
from rasad.examples.player import played

EXAMPLES = Path(__file__).parents[3] / "shared" / "examples"


def answer(**given):
    with translation.override("en"):
        return eligibility.play(given)


def test_a_card_that_meets_an_exclusion_keeps_serving():
    told = answer(jurisdiction="IN-HR", area="rural", existing_card="CBPL", owns_motorised_four_wheeler=True)
    assert (told["result"], told["matched"], told["card_keeps_serving"]) == ("review", ["R-X-06"], True)
    assert told["reason"].startswith("The family has a card already.")


def test_land_is_shown_in_acres_with_two_decimals():
    assert answer(jurisdiction="IN-HR", area="rural", land_hectares="2.03")["land_acres"] == "5.02"
    assert answer(jurisdiction="IN-HR", area="rural", land_acres=4.95)["land_acres"] == "4.95"


def test_the_poorest_are_found_by_the_unions_rules():
    assert answer(jurisdiction="IN", bpl=True, occupation="cobbler", area="urban")["matched"] == ["a"]
    told = answer(jurisdiction="IN", bpl=True, head={"age": 59}, assured_means_or_support=False)
    assert (told["result"], told["reason"]) == ("not_aay", "no criterion of AAY is met")
    assert answer(bpl=False, occupation="potter")["reason"] == "AAY is chosen from amongst BPL families"


def test_papers_may_be_named_by_their_kind_alone():
    told = answer(documents=["aadhaar", "electricity_bill"])
    assert (told["accepted"], told["missing_group"]) == (False, 3)
    assert answer(documents=["aadhaar", "electricity_bill", "affidavit"])["accepted"] is True
    first = answer(documents=["aadhaar", "water_bill", "old_ration_card"], existing_card="none")
    assert (first["accepted"], first["missing_group"]) == (False, 3)


def test_a_table_of_coverage_is_added_up():
    assert coverage.play({"rural": 9098000, "urban": 3621000, "total": 12649000}) == {
        "consistent": False,
        "sum": 12719000,
        "difference": 70000,
        "resolved_rural": 9028000,
    }


def test_a_family_is_admitted_against_the_ceiling_given_or_that_of_its_state():
    told = coverage.play(
        {"jurisdiction": "IN-HR", "area": "rural", "covered": 9027999, "household_members": 1}
    )
    assert (told["admit"], told["place"], told["would_be"]) == (True, "admitted", 9028000)
    told = coverage.play({"area": "rural", "covered": 8, "ceiling": 10, "household_members": 3})
    assert (told["admit"], told["place"], told["additional"]) == (False, "waiting_list", 2)


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="not possible on this machine: no worked cases beside it")
@pytest.mark.parametrize("group", ["eligibility", "coverage"])
def test_the_given_cases_pass_and_every_word_of_the_group_is_understood(tmp_path, group):
    written = yaml.safe_load((EXAMPLES / "worked_examples.yaml").read_text())["groups"][group]
    (tmp_path / "cases.yaml").write_text(yaml.safe_dump({"groups": {group: written}}))
    assert {one.ended for one in played(tmp_path / "cases.yaml")} == {"pass"}
    words = yaml.safe_load((EXAMPLES / "vocabulary.yaml").read_text())["groups"][group]["given"]
    assert set(words) <= {"eligibility": eligibility, "coverage": coverage}[group].GIVEN
