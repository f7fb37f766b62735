"""The price at the shop, as the Union binds it."""

import shutil
from datetime import date

import pytest

from rasad.policy.entitlements import entitlement
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.packs import PACKS, with_folders
from rasad.policy.retail import check_end_price, fixed_end_price, margin, retail_price
from rasad.values.month import Month
from rasad.values.refused import Refused


@pytest.mark.req("R-HIS-23")
@pytest.mark.parametrize(("commodity", "fixed", "other"), [("wheat", 200, 250), ("rice", 300, 200)])
def test_antyodaya_pays_the_fixed_price_from_december_2000_on(commodity, fixed, other):
    check_end_price("AAY", commodity, fixed, on=date(2000, 12, 1))
    check_end_price("AAY", commodity, other, on=date(2000, 11, 30))
    check_end_price("BPL", commodity, other, on=date(2010, 1, 1))
    with pytest.raises(Refused, match="end_price_fixed"):
        check_end_price("AAY", commodity, other, on=date(2000, 12, 1))


def test_atta_is_not_bound():
    assert fixed_end_price("atta", on=date(2022, 6, 1)) is None
    check_end_price("AAY", "atta", 320, on=date(2022, 6, 1))


@pytest.mark.req("R-HIS-23")
@pytest.mark.parametrize("state", ["haryana", "himachal_pradesh"])
def test_a_pack_that_departs_from_it_is_refused_with_its_line(tmp_path, state):
    shutil.copytree(PACKS / state, tmp_path / state)
    file = tmp_path / state / "prices.yaml"
    lines = file.read_text().splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if ".aay.wheat.price" in line) + 1
    lines[place] = lines[place].replace("2.00", "2.50")
    file.write_text("".join(lines))
    code = {"haryana": "IN-HR", "himachal_pradesh": "IN-HP"}[state]
    with with_folders(tmp_path), pytest.raises(Refused) as refused:
        jurisdiction(code)
    facts = refused.value.facts
    assert (facts["line"], facts["where"].split(".")[-1]) == (place + 1, "value")
    assert facts["problem"].startswith("AAY end retail price of wheat is fixed at Rs 2 per kg")
    assert jurisdiction(code)


@pytest.mark.req("R-HIS-22")
def test_more_than_fifty_paise_over_the_issue_price_is_a_warning_for_bpl_up_to_2000():
    told = margin("BPL", issue_price=415, retail_price=466, on=date(2000, 12, 31))
    assert (told.per_kg, told.warning.row) == (51, "in.retail.cap50")
    assert margin("BPL", issue_price=415, retail_price=465, on=date(2000, 12, 31)).warning is None
    assert margin("BPL", issue_price=415, retail_price=525, on=date(2001, 1, 1)).warning is None
    assert margin("AAY", issue_price=200, retail_price=300, on=date(2000, 12, 31)).warning is None


@pytest.mark.req("R-HIS-24")
def test_a_state_builds_its_price_from_parts_and_keeps_each():
    parts = {"wholesaler_margin": 10, "retailer_margin": 45, "transport": 40, "levies": 10, "local_taxes": 5}
    told = retail_price("BPL", issue_price=415, parts=parts, on=date(2010, 1, 1))
    assert (told.price, told.parts, [reason.row for reason in told.reasons]) == (
        525,
        parts,
        ["in.retail.free"],
    )
    with pytest.raises(Refused, match="unknown_price_part"):
        retail_price("BPL", issue_price=415, parts={"bribe": 1}, on=date(2010, 1, 1))
    with pytest.raises(Refused, match="price_not_for_state"):
        retail_price("APL", issue_price=610, parts={}, on=date(1999, 1, 1))


@pytest.mark.req("R-HIS-25")
def test_what_antyodaya_grain_costs_to_bring_is_borne_by_the_state():
    told = retail_price(
        "AAY", issue_price=200, parts={"retailer_margin": 45, "transport": 40}, on=date(2010, 1, 1)
    )
    assert (told.price, told.parts) == (200, {})
    assert told.borne_by_state == {"retailer_margin": 45, "transport": 40}
    assert [reason.row for reason in told.reasons] == ["in.aay.distribution_cost"]


def test_both_states_sell_antyodaya_grain_at_the_fixed_price():
    lines = [
        line
        for state, month in (("IN-HR", Month(2015, 1)), ("IN-HP", Month(2022, 6)))
        for line in entitlement("AAY", members=3, month=month, state=state).lines
        if line.commodity in ("wheat", "rice")
    ]
    assert [(line.commodity, line.price) for line in lines] == [("wheat", 200), ("wheat", 200), ("rice", 300)]
