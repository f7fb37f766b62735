from pathlib import Path

import pytest
import yaml

from rasad.policy.entitlements import entitlement
from rasad.policy.jurisdiction import jurisdiction
from rasad.values.month import Month
from rasad.values.refused import Refused

MAY_2020 = Month(2020, 5)
JULY_2020 = Month(2020, 7)
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def lines(category, members, month):
    due = entitlement(category, members=members, month=month)
    return [(one.commodity, one.quantity, one.price_per_kg, one.amount) for one in due.lines]


@pytest.mark.req("R-ENT-05")
def test_an_antyodaya_card_has_the_same_grain_whatever_its_size():
    assert lines("AAY", 1, Month(2015, 1)) == [("wheat", 35000, 200, 7000), ("pulses", 2500, 2000, 5000)]
    assert lines("AAY", 6, Month(2015, 1)) == lines("AAY", 1, Month(2015, 1))


@pytest.mark.req("R-ENT-06")
@pytest.mark.parametrize("category", ["CBPL", "SBPL", "OPH"])
def test_a_priority_card_has_wheat_by_the_member_and_pulses_by_the_card(category):
    assert lines(category, 4, JULY_2020) == [("wheat", 20000, 200, 4000), ("pulses", 2500, 2000, 5000)]


@pytest.mark.parametrize("category", ["AAY", "CBPL", "SBPL", "OPH"])
def test_in_a_free_month_the_quantity_stays_and_the_price_is_nil(category):
    paid = entitlement(category, members=3, month=JULY_2020)
    free = entitlement(category, members=3, month=MAY_2020)
    assert [one.quantity for one in free.lines] == [one.quantity for one in paid.lines]
    assert [one.price_per_kg for one in free.lines] == [0, 0]
    assert (free.amount, paid.amount > 0) == (0, True)


@pytest.mark.req("R-DRT-02")
@pytest.mark.parametrize("members", [1, 4, 11])
@pytest.mark.parametrize("month", [Month(2020, 4), MAY_2020, Month(2020, 6)])
def test_the_token_category_has_what_other_priority_households_have(members, month):
    assert lines("DRT", members, month) == lines("OPH", members, month)


def test_an_entitlement_names_the_rows_it_stands_on():
    due = entitlement("DRT", members=4, month=MAY_2020)
    assert [reason.row for reason in due.reasons] == ["hr.category.drt"]
    assert [[reason.row for reason in line.reasons] for line in due.lines] == [
        ["hr.phh.wheat", "hr.free.2020"],
        ["hr.phh.pulses", "hr.free.2020"],
    ]
    assert due.lines[0].reasons[0].source.quotation == "Wheat 2 5 kgs per person"


def refusal(category, members=4, month=MAY_2020, **more):
    with pytest.raises(Refused) as refused:
        entitlement(category, members=members, month=month, **more)
    return refused.value.code


def test_a_month_before_the_first_row_is_refused_and_not_answered_with_nothing():
    assert refusal("OPH", month=Month(2013, 8)) == "before_first_rule"


def test_a_token_category_after_its_last_month_is_refused():
    assert refusal("DRT", month=JULY_2020) == "category_not_in_force"


def test_what_no_row_speaks_of_is_refused():
    assert refusal("APL") == "no_entitlement_rule"
    assert refusal("AAY", commodity="rice") == "commodity_not_due"
    assert refusal("XYZ") == "unknown_category"
    assert refusal("OPH", members=0) == "no_members"
    assert refusal("OPH", state="IN-XX") == "unknown_jurisdiction"


def test_one_commodity_may_be_asked_for():
    due = entitlement("AAY", members=2, month=JULY_2020, commodity="pulses")
    assert [one.commodity for one in due.lines] == ["pulses"]


@pytest.mark.parametrize("code", ["wheat", "pulses"])
def test_a_commodity_has_a_name_in_each_language(code):
    name = jurisdiction("IN-HR").commodity_name(code)
    assert len({name.in_language(language) for language in ("en", "hi", "bn")}) == 3


@pytest.mark.parametrize("file", sorted(Path("src/rasad/policy/packs/haryana").rglob("*.yaml")), ids=str)
def test_every_quotation_is_in_its_document(file):
    if not SEEDS.is_dir():
        pytest.skip("not possible on this machine: the documents the rules quote are not here")
    for document, quotation in quotations(yaml.safe_load(file.read_text())):
        assert " ".join(quotation.split()) in " ".join((SEEDS / document).read_text().split())


def quotations(piece):
    if isinstance(piece, dict):
        if "quotation" in piece:
            yield piece["file"], piece["quotation"]
        for value in piece.values():
            yield from quotations(value)
    elif isinstance(piece, list):
        for value in piece:
            yield from quotations(value)
