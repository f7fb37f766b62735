"""What a card may still take this month."""

import pytest

from rasad.policy.entitlements import entitlement
from rasad.policy.lifting import may_sell, still_due
from rasad.policy.sizes import Sizes
from rasad.values.month import Month
from rasad.values.refused import Refused

JUNE = Month(2022, 6)


def sale(category, asked, lifted=None, members=2, **more):
    return may_sell(category, members=members, month=JUNE, state="IN-HP", asked=asked, lifted=lifted, **more)


def refusal(*given, **more):
    with pytest.raises(Refused) as refused:
        sale(*given, **more)
    return refused.value


@pytest.mark.req("R-ENT-12")
def test_who_took_wheat_is_refused_atta_and_told_what_wheat_is_left():
    refused = refusal("AAY", {"atta": 9400}, {"wheat": 10000})
    assert (refused.code, refused.facts["chosen"].en, refused.facts["left"].quantity) == (
        "choice_made",
        "Wheat",
        10000,
    )


def test_both_alternatives_at_once_are_refused():
    assert refusal("AAY", {"wheat": 1000, "atta": 1000}).code == "choice_not_both"


def test_the_other_alternative_may_be_taken_where_nothing_was_lifted():
    assert sale("AAY", {"atta": 18800}).amount == 6016


def test_a_bpl_card_that_chose_atta_still_has_the_wheat_that_comes_on_top():
    told = sale("BPL", {"wheat": 14000}, {"atta": 5600})
    assert [(one.part, one.quantity, one.amount) for one in told.sold] == [("bpl", 14000, 7350)]


def test_the_cheaper_part_is_given_first_and_each_part_keeps_its_allocation():
    told = sale("PHH", {"wheat": 5000}, {"wheat": 2000})
    assert [(one.part, one.quantity, one.amount, one.allocation) for one in told.sold] == [
        ("", 4000, 800, "NFSA"),
        ("topup", 1000, 760, "OTNFSA"),
    ]
    assert told.left["wheat"] == 2000


@pytest.mark.req("R-ENT-22")
def test_two_oils_share_their_litre():
    assert sale("PHH", {"soya_refined_oil": 1000}).left_of_cap == {"hp.oil": 0}
    refused = refusal("PHH", {"soya_refined_oil": 1000, "mustard_oil": 1000})
    assert (refused.code, refused.facts["sizes"], refused.facts["limit"].quantity) == (
        "cap_reached",
        Sizes(1, 2),
        1000,
    )
    assert refusal("PHH", {"mustard_oil": 1}, {"soya_refined_oil": 1000}).code == "cap_reached"


@pytest.mark.req("R-ENT-22")
def test_three_members_may_mix_their_two_litres():
    told = sale("PHH", {"soya_refined_oil": 1000, "mustard_oil": 1000}, members=3)
    assert (told.amount, told.left_of_cap) == (27300, {"hp.oil": 0})
    refused = refusal("PHH", {"mustard_oil": 2500}, members=3)
    assert refused.facts["sizes"] == Sizes(3, None)


def test_more_than_is_left_is_refused():
    refused = refusal("PHH", {"rice": 5000}, {"rice": 2000})
    assert (refused.code, refused.facts["left"].quantity) == ("more_than_left", 4000)
    assert refusal("APY", {"wheat": 1000}).code == "commodity_not_due"


def test_nothing_is_sold_at_a_price_nobody_knows():
    with pytest.raises(Refused, match="price_unknown"):
        may_sell(
            "APL", members=2, month=Month(2015, 1), state="IN-HP", tribal_area=True, asked={"rice": 1000}
        )


@pytest.mark.req("R-ENT-29")
def test_a_member_added_in_the_month_adds_a_share_to_what_is_not_lifted():
    before, after = (entitlement("OPH", members=n, month=Month(2015, 1)) for n in (4, 5))
    assert still_due(before, {"wheat": 12000})["wheat"] == 8000
    assert still_due(after, {"wheat": 12000})["wheat"] == 13000


@pytest.mark.req("R-ENT-29")
def test_a_member_taken_off_changes_nothing_that_was_lifted():
    after = entitlement("OPH", members=3, month=Month(2015, 1))
    assert still_due(after, {"wheat": 20000})["wheat"] == 0
    assert still_due(after, {"wheat": 12000})["wheat"] == 3000
