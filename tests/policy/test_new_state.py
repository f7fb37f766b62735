"""A State nobody has written code for: a folder of its own is all it needs."""

from datetime import date
from pathlib import Path

import pytest

from rasad.policy import coverage, documents, eligibility
from rasad.policy.entitlements import entitlement
from rasad.policy.packs import with_folders
from rasad.values.month import Month
from rasad.values.refused import Refused

STATES = Path(__file__).parent / "states"
ON = date(2022, 7, 1)


@pytest.fixture(autouse=True)
def _nadipur():
    with with_folders(STATES):
        yield


def decide(on=ON, **facts):
    found = eligibility.decide(facts, state="IN-XN", on=on)
    return found.result, found.category, found.matched


def test_its_own_criteria_decide():
    assert decide(area="river", fishing_days=180) == ("eligible", "BOAT", ("N1",))
    assert decide(area="river", fishing_weeks=25) == ("not_eligible", None, ())
    assert decide(area="hill", buffaloes=1) == ("eligible", "BOAT", ("H1",))


def test_its_own_order_of_evaluation_counts():
    owner = [{"boat": "trawler", "place": "owner"}]
    assert decide(area="river", fishing_days=200, crew=owner) == ("eligible", "BOAT", ("N1",))
    assert decide(area="river", fishing_days=0, crew=owner) == ("excluded", None, ("N2",))
    assert decide(area="river", crew=owner, existing_card="BOAT") == ("review", None, ("N2",))


def test_an_order_fills_an_open_line_on_its_days_only():
    lakes = {"area": "hill", "buffaloes": 9, "fishing_days": 3}
    assert decide(**lakes) == ("eligible", "BOAT", ("H2",))
    assert decide(on=date(2022, 5, 31), **lakes) == ("not_eligible", None, ())
    assert decide(on=date(2023, 1, 1), **lakes) == ("not_eligible", None, ())
    reason = eligibility.decide(lakes, state="IN-XN", on=ON).reasons[0]
    assert (reason.code, reason.row) == ("order_includes", "xn.eligibility.hill.2.order_7")
    assert reason.facts["order"] == "Order 7 of 2022"


def test_a_family_is_asked_only_what_its_area_needs():
    asked = eligibility.questions("IN-XN", "river", on=ON)
    assert [one.fact.name for one in asked] == ["existing_card", "buffaloes", "fishing_days", "crew"]


def test_other_subjects_need_no_code_either():
    due = entitlement("BOAT", members=3, month=Month(2022, 7), state="IN-XN")
    assert [(line.commodity, line.quantity, line.amount) for line in due.lines] == [("rice", 21_000, 2100)]
    assert coverage.admit(state="IN-XN", area="total", covered=998, members=3, on=ON).place == "waiting_list"
    licence = documents.Paper("d1", "boat_licence")
    assert documents.check([licence], state="IN-XN", on=ON).accepted
    with pytest.raises(Refused, match="no_coverage_rule"):
        coverage.admit(state="IN-XN", area="rural", covered=0, members=1, on=ON)
