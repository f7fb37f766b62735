"""What Himachal Pradesh's page of 2022 gives each card, line for line."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasad.policy.entitlements import choices, entitlement
from rasad.policy.jurisdiction import jurisdiction
from rasad.values.month import Month
from rasad.values.refused import Refused

JUNE = Month(2022, 6)
GRAIN = ("wheat", "atta", "rice")
STATE_GOODS = ("dal_urd_sabut", "dal_channa", "dal_malka", "moong_sabut", "double_fortified_salt")


def due(category, members=4, **more):
    return entitlement(category, members=members, month=more.pop("month", JUNE), state="IN-HP", **more).lines


def grain(category, members=4, **more):
    return [
        (line.name, line.quantity, line.price, line.amount)
        for line in due(category, members, **more)
        if line.commodity in GRAIN
    ]


def of(commodity, category, members=4):
    return [(line.quantity, line.price, line.amount) for line in due(category, members, commodity=commodity)]


@pytest.mark.req("R-ENT-12", "R-ENT-13")
@pytest.mark.parametrize("members", [1, 3, 9])
def test_antyodaya_has_wheat_or_atta_and_rice_whatever_its_size(members):
    assert grain("AAY", members) == [("wheat", 20000, 200, 4000), ("rice", 15000, 300, 4500)]
    assert grain("AAY", members, choice="atta") == [("atta", 18800, 320, 6016), ("rice", 15000, 300, 4500)]


@pytest.mark.req("R-ENT-14", "R-ENT-15")
def test_priority_has_wheat_or_atta_and_rice_by_the_member():
    assert grain("PHH", 4) == [("wheat", 12000, 200, 2400), ("rice", 8000, 300, 2400)]
    assert grain("PHH", 4, choice="atta") == [("atta", 11200, 320, 3584), ("rice", 8000, 300, 2400)]


@pytest.mark.req("R-ENT-16")
@pytest.mark.parametrize(("members", "kilograms"), [(1, 10), (2, 15), (3, 20), (4, 20)])
def test_small_priority_cards_are_brought_up_to_their_total(members, kilograms):
    assert sum(quantity for _, quantity, _, _ in grain("PHH", members)) == kilograms * 1000


@pytest.mark.req("R-ENT-16")
def test_the_missing_five_kilograms_are_wheat_and_rice_at_apl_prices():
    assert grain("PHH", 2)[2:] == [("wheat_topup", 3000, 760, 2280), ("rice_topup", 2000, 1000, 2000)]
    atta = grain("PHH", 2, choice="atta")
    assert atta[2:] == [("atta_topup", 3000, 930, 2790), ("rice_topup", 2000, 1000, 2000)]


@pytest.mark.req("R-ENT-17")
def test_the_top_up_is_charged_to_the_otnfsa_allocation():
    assert {line.part: line.allocation for line in due("PHH", 2) if line.commodity in GRAIN} == {
        "": "NFSA",
        "topup": "OTNFSA",
    }


@pytest.mark.req("R-ENT-09", "R-ENT-10")
@pytest.mark.parametrize(
    ("members", "wheat", "rice"), [(1, 17, 13), (2, 14, 11), (3, 11, 9), (4, 8, 7), (5, 5, 5), (6, 2, 3)]
)
def test_bpl_comes_on_top_of_priority_up_to_35_kilograms(members, wheat, rice):
    lines = grain("BPL", members)
    assert [(name, quantity, price) for name, quantity, price, _ in lines[2:]] == [
        ("wheat_bpl", wheat * 1000, 525),
        ("rice_bpl", rice * 1000, 685),
    ]
    assert lines[:2] == grain("PHH", members)[:2]
    assert sum(quantity for _, quantity, _, _ in lines) == 35000


def test_bpl_from_seven_members_on_has_the_priority_quantity_alone_and_says_why():
    told = entitlement("BPL", members=8, month=JUNE, state="IN-HP")
    assert [line.part for line in told.lines if line.commodity in GRAIN] == ["", ""]
    assert [(reason.code, reason.row) for reason in told.reasons] == [
        ("nothing_more", "hp.bpl.wheat"),
        ("nothing_more", "hp.bpl.rice"),
    ]


@pytest.mark.req("R-ENT-07")
@pytest.mark.parametrize("category", ["APL", "APLT"])
def test_apl_has_eleven_kilograms_of_wheat_or_atta_and_six_of_rice(category):
    assert grain(category) == [("wheat", 11000, 760, 8360), ("rice", 6000, 1000, 6000)]
    assert grain(category, choice="atta") == [("atta", 11000, 930, 10230), ("rice", 6000, 1000, 6000)]


@pytest.mark.req("R-ENT-08")
def test_in_tribal_areas_twenty_and_fifteen_stand_in_place_of_eleven_and_six():
    assert grain("APL", tribal_area=True) == [("wheat", 20000, 760, 15200), ("rice", 15000, 1000, 15000)]
    assert grain("PHH", tribal_area=True) == grain("PHH")


@pytest.mark.req("R-ENT-08", "R-HIS-26")
def test_before_2022_the_tribal_quantity_is_known_and_its_price_is_not():
    then = Month(2014, 9)
    assert grain("APL", tribal_area=True, month=then) == [
        ("wheat", 20000, None, None),
        ("rice", 15000, None, None),
    ]
    wheat = due("APL", tribal_area=True, month=then)[0]
    assert wheat.reasons[0].row == "hp.apl.tribal.wheat"
    assert (wheat.reasons[1].code, wheat.reasons[1].row) == ("price_unknown", "hp.apl.tribal.wheat.price")
    with pytest.raises(Refused, match="price_unknown"):
        _ = entitlement("APL", members=4, month=then, state="IN-HP", tribal_area=True).amount


def refusal(**more):
    with pytest.raises(Refused) as refused:
        due(more.pop("category", "APL"), **more)
    return refused.value.code


def test_a_month_before_the_first_row_is_refused():
    assert refusal(tribal_area=True, month=Month(2014, 8)) == "before_first_rule"
    assert refusal(month=Month(2015, 1)) == "before_first_rule"
    assert refusal(tribal_area=True, month=Month(2015, 1), commodity="sugar") == "before_first_rule"


def test_the_month_in_which_the_first_row_begins_has_it():
    assert grain("APL", month=Month(2022, 5)) == grain("APL")


@pytest.mark.req("R-ENT-11")
def test_annapurna_has_ten_kilograms_of_rice_a_person_free_and_nothing_else():
    assert [(line.name, line.quantity, line.amount) for line in due("APY", 2)] == [("rice", 20000, 0)]


@pytest.mark.req("R-ENT-18", "R-ENT-24")
@pytest.mark.parametrize(
    ("category", "price"), [("PHH", 1300), ("BPL", 1300), ("AAY", 1300), ("APL", 3000), ("APLT", 4100)]
)
def test_sugar_is_five_hundred_grams_a_head_at_the_price_of_the_group(category, price):
    assert of("sugar", category, 3) == [(1500, price, price * 3 // 2)]


@pytest.mark.req("R-ENT-19")
def test_an_antyodaya_card_of_one_has_a_kilogram_of_sugar():
    assert of("sugar", "AAY", 1) == [(1000, 1300, 1300)]
    assert of("sugar", "PHH", 1) == [(500, 1300, 650)]


@pytest.mark.req("R-ENT-20", "R-ENT-21", "R-ENT-23", "R-ENT-24")
@pytest.mark.parametrize(
    ("category", "rupees"),
    [("PHH", (54, 33, 60, 56, 8)), ("APL", (64, 43, 70, 66, 8)), ("APLT", (88, 65, 94, 90, 16))],
)
def test_pulses_and_salt_are_a_kilogram_each_at_three_rates(category, rupees):
    assert [of(goods, category) for goods in STATE_GOODS] == [
        [(1000, each * 100, each * 100)] for each in rupees
    ]


@pytest.mark.req("R-ENT-22")
@pytest.mark.parametrize(("members", "litres"), [(1, 1), (2, 1), (3, 2), (8, 2)])
def test_oil_is_by_the_litre_and_shared(members, litres):
    lines = [line for line in due("APL", members) if line.cap_group]
    assert [(line.name, line.quantity, line.unit, line.price) for line in lines] == [
        ("soya_refined_oil", litres * 1000, "litre", 12700),
        ("mustard_oil", litres * 1000, "litre", 15600),
    ]


def test_of_lines_that_share_a_cap_the_dearest_counts_once():
    told = entitlement("APY", members=1, month=JUNE, state="IN-HP")
    assert told.amount == 0
    whole = entitlement("PHH", members=4, month=JUNE, state="IN-HP")
    oils = [line.amount for line in whole.lines if line.cap_group]
    assert (oils, whole.amount) == ([24400, 30200], sum(line.amount for line in whole.lines) - 24400)


@pytest.mark.req("R-ENT-25")
def test_schemes_of_the_union_and_of_the_state_stand_apart():
    sections = {line.name: line.section for line in due("PHH")}
    assert {name for name, section in sections.items() if section == "state"} == {
        *STATE_GOODS,
        "soya_refined_oil",
        "mustard_oil",
    }


def test_the_default_of_a_choice_comes_first_and_what_is_not_offered_is_refused():
    assert choices("PHH", members=4, month=JUNE, state="IN-HP") == (("wheat", "atta"),)
    assert choices("APY", members=4, month=JUNE, state="IN-HP") == ()
    assert refusal(choice="rice") == "choice_not_offered"
    assert [line.name for line in due("PHH", 4, commodity="atta")] == ["atta"]
    assert refusal(category="PHH", commodity="atta", choice="wheat") == "choice_not_both"


@pytest.mark.req("R-ENT-28")
def test_a_commodity_without_a_row_is_refused_with_that_reason():
    assert refusal(category="APY", commodity="sugar") == "commodity_not_due"
    assert refusal(category="PHH", commodity="pulses") == "commodity_not_due"


@pytest.mark.req("R-ENT-01", "R-ENT-02")
@given(
    category=st.sampled_from([row.value for row in jurisdiction("IN-HP").categories]),
    members=st.integers(1, 15),
    choice=st.sampled_from([None, "wheat", "atta"]),
    tribal=st.booleans(),
)
def test_every_line_is_whole_grams_and_paise_rounded_once_with_its_rows(category, members, choice, tribal):
    rows = {row.id for row in (*jurisdiction("IN-HP").quantities, *jurisdiction("IN-HP").top_ups)}
    prices = {row.id for row in jurisdiction("IN-HP").prices}
    for line in due(category, members, choice=choice, tribal_area=tribal):
        exact = Decimal(line.quantity) * line.price / 1000
        assert line.amount == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        assert isinstance(line.quantity, int)
        assert (line.reasons[0].row in rows, line.reasons[1].row in prices) == (True, True)
        assert line.reasons[0].source.quotation
