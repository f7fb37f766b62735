"""What a shop needs, what is accounted for, and the sale to home cards and to cards of other States."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasad.policy import home_sale, relief, supply, visitor
from rasad.policy.entitlements import entitlement
from rasad.policy.supply import Cards
from rasad.values.month import Month
from rasad.values.quantities import grams
from rasad.values.refused import Refused

WB, HP, JUNE = "IN-WB", "IN-HP", Month(2022, 6)
DRT = relief.scheme("drt_2020")


def code_of(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_a_shop_needs_what_its_cards_are_due_by_allocation():
    cards = [Cards("AAY", 120, 120), Cards("PHH", 200, 900, 4), Cards("PHH", 100, 230)]
    needed = supply.requirement(cards, state=HP, month=JUNE)
    assert {what: quantity for what, quantity in needed.items() if quantity} == {
        ("NFSA", "wheat"): grams(5790),
        ("NFSA", "rice"): grams(4060),
        ("OTNFSA", "wheat"): grams(300),
        ("OTNFSA", "rice"): grams(200),
    }


@given(sizes=st.lists(st.integers(4, 12), min_size=1, max_size=6))
def test_a_requirement_is_the_sum_of_the_cards_one_by_one(sizes):
    needed = supply.requirement([Cards("PHH", len(sizes), sum(sizes), 4)], state=HP, month=JUNE)
    dues = [entitlement("PHH", members=size, month=JUNE, state=HP) for size in sizes]
    grain = [line.quantity for due in dues for line in due.lines if line.commodity in ("wheat", "rice")]
    assert sum(needed.values()) == sum(grain)


def test_an_allocation_is_the_requirement_less_what_the_shop_still_has():
    assert supply.allocation(grams(10350), closing_stock=grams(350)) == grams(10000)
    assert supply.allocation(grams(100), closing_stock=grams(350)) == 0


def test_antyodaya_grain_is_released_on_cards_issued():
    assert supply.release(940, state=HP, month=JUNE) == grams(32900)


def test_what_did_not_arrive_is_a_shortage_and_more_than_was_sent_is_refused():
    assert supply.shortage(dispatched=grams(9500), received=grams(9462)) == grams(38)
    more = {"dispatched": grams(10), "received": grams(11)}
    assert code_of(lambda: supply.shortage(**more)) == "received_more_than_sent"


def test_up_to_six_months_are_offered_and_nobody_takes_more_than_he_wants():
    assert supply.months_taken(offered=6, wanted=2) == (2, 4)
    assert code_of(lambda: supply.months_taken(offered=7, wanted=1)) == "too_many_months"


def test_a_certificate_is_issued_only_where_every_tonne_is_explained():
    sums = {"lifted": Decimal(100), "distributed": Decimal("96.5")}
    assert supply.certificate(**sums, closing_stock=Decimal("3.5")).certified == Decimal("96.5")
    with pytest.raises(Refused) as refused:
        supply.certificate(**sums, closing_stock=Decimal("2"))
    assert (refused.value.code, refused.value.facts["unexplained"]) == ("stock_unexplained", "1.5")


def test_a_home_card_is_served_whatever_fails_and_asked_for_ekyc():
    assert home_sale.served(WB, fingers=[True], mobiles=0).mode == "biometric"
    assert home_sale.served(WB, fingers=[False], mobiles=2).next == "mobile_otp"
    assert home_sale.served(WB, fingers=[False], code="right", mobiles=1).mode == "mobile_otp"
    last = home_sale.served(WB, fingers=[False], code="otp_expired", mobiles=1)
    assert (last.mode, last.why, last.is_listed) == ("unauthenticated", "otp_expired", True)
    assert home_sale.served(WB, fingers=[False], mobiles=0).why == "no_mobile_seeded"
    assert home_sale.ekyc_is_past(WB, on=date(2021, 9, 1)) is True


def test_only_the_remainder_is_sold_and_the_dealer_told_where_the_rest_went():
    part = home_sale.portion(WB, full=grams(20), lifted_elsewhere=grams(10), asked=grams(20))
    assert (part.quantity, part.left, part.contact.en) == (grams(10), 0, "Inspector, F&S")
    assert part.reasons[0].code == "lifted_elsewhere"
    gone = {"full": grams(5), "lifted_here": grams(5), "asked": grams(5)}
    assert code_of(lambda: home_sale.portion(WB, **gone)) == "nothing_left"


def test_nothing_is_sold_offline():
    assert code_of(lambda: home_sale.check_online(WB, is_online=False)) == "no_sale_offline"
    assert home_sale.check_online(WB, is_online=True) is None


def test_a_visitor_is_refused_by_the_condition_his_card_misses():
    assert code_of(lambda: visitor.check_card(WB, is_nfsa=False)) == "portability_not_nfsa"
    assert code_of(lambda: visitor.check_card(WB, is_nfsa=True, is_linked=False)) == "portability_not_linked"
    unvalidated = {"is_nfsa": True, "is_validated": False}
    assert code_of(lambda: visitor.check_card(WB, **unvalidated)) == "portability_not_validated"
    assert code_of(lambda: visitor.check_commodity(WB, kind="sugar")) == "portability_only_foodgrain"
    assert code_of(lambda: visitor.check_consent(WB, is_given=False)) == "aadhaar_consent_missing"
    assert code_of(lambda: visitor.check_match(WB, is_match=False)) == "portability_not_matched"


@pytest.mark.parametrize("mode", ["otp", "mobile_otp", "unauthenticated"])
def test_no_mode_but_the_finger_serves_a_visitor(mode):
    assert code_of(lambda: visitor.check_mode(WB, mode=mode)) == "portability_only_biometric"
    assert visitor.check_mode(WB, mode="biometric") is None


def test_a_cycle_ends_after_three_fingers_each_tried_once():
    assert (
        code_of(lambda: visitor.check_finger(WB, cycle=["left thumb"], finger="left thumb")) == "finger_tried"
    )
    assert code_of(lambda: visitor.check_finger(WB, cycle=["a", "b", "c"], finger="d")) == "cycle_over"
    assert visitor.is_cycle_over(WB, results=[False, False, False]) is True
    assert visitor.is_cycle_over(WB, results=[False, False]) is False


def test_a_second_lift_waits_for_the_gap_and_a_refusal_says_until_when():
    rest = {"full": grams(20), "left": grams(10), "asked": grams(10), "previous": date(2021, 8, 3)}
    with pytest.raises(Refused) as refused:
        visitor.lift(WB, **rest, on=date(2021, 8, 9))
    assert (refused.value.facts["earliest"], refused.value.facts["quantity"]) == (date(2021, 8, 10), 10)
    assert visitor.lift(WB, **rest, on=date(2021, 8, 10)).quantity == grams(10)


@pytest.mark.parametrize(
    ("left", "on", "code"),
    [(10, date(2021, 8, 30), "portability_month_ends"), (0, date(2021, 8, 30), "nothing_left")],
)
def test_a_gap_binds_its_own_month_and_only_while_something_is_left(left, on, code):
    rest = {"full": grams(20), "left": grams(left), "asked": grams(10), "previous": date(2021, 8, 28)}
    assert code_of(lambda: visitor.lift(WB, **rest, on=on)) == code


def test_a_new_month_has_grain_of_its_own_whenever_the_last_lift_was():
    rest = {"full": grams(20), "left": grams(20), "asked": grams(20), "previous": date(2021, 8, 28)}
    assert visitor.lift(WB, **rest, on=date(2021, 9, 1)).quantity == grams(10)


def test_a_visitor_pays_the_price_of_the_act():
    assert visitor.price("PHH", "rice", grams(10), on=date(2021, 8, 3)) == 3000


def test_a_token_is_refused_to_a_family_on_a_free_card_and_its_past_months_lapse():
    assert code_of(lambda: relief.check_not_barred(DRT, "CBPL")) == "on_free_card"
    assert relief.check_not_barred(DRT, "APL") is None
    late = {"issued_on": date(2020, 5, 10), "month": Month(2020, 4)}
    assert code_of(lambda: relief.check_month(DRT, **late)) == "token_month_lapsed"
    assert relief.check_month(DRT, issued_on=date(2020, 5, 10), month=Month(2020, 5)) is None


def test_a_district_sees_its_own_tokens_and_each_way_to_a_family_is_named():
    other = {"district": "Ambala", "list_of": "Karnal"}
    assert code_of(lambda: relief.check_may_list(DRT, **other)) == "not_your_district"
    assert len(relief.channels(DRT, committee_found=True)) == 4
    assert relief.channels(DRT, committee_found=False)[0] == "HELP_ME_APP"
