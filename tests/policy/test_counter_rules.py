"""Rules the counter will follow: the ladder of a home card, portability; committees and records beside it."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasad.policy import committees, portability, records
from rasad.policy.authentication import authentication, is_in_time, next_step, operation
from rasad.policy.cards import cards, distinct
from rasad.policy.orders import orders
from rasad.policy.statistics import statistics
from rasad.values.quantities import grams
from rasad.values.refused import Refused

WB = "IN-WB"
AREA = committees.committee("area", state="IN-HP")


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value


def test_a_home_card_climbs_from_finger_to_code_to_a_sale_without_either():
    assert next_step(WB, failed=[]) == "biometric"
    assert next_step(WB, failed=["biometric"]) == "mobile_otp"
    assert next_step(WB, failed=["biometric", "mobile_otp"]) == "unauthenticated"
    assert next_step(WB, failed=["biometric"], mobiles=0) == "unauthenticated"
    assert next_step(WB, failed=[], is_linked=False) == "mobile_otp"
    assert next_step(WB, failed=[], is_linked=False, mobiles=0) == "unauthenticated"


def test_at_another_shop_of_the_state_nothing_is_sold_without_authentication():
    assert next_step(WB, failed=["biometric"], is_own_shop=False) == "mobile_otp"
    assert next_step(WB, failed=["biometric", "mobile_otp"], is_own_shop=False) is None


def test_the_sixtieth_second_counts_and_the_next_moment_does_not():
    sent = datetime(2021, 8, 3, 10, 0, 0)  # noqa: DTZ001  only the difference matters
    assert is_in_time(WB, sent=sent, entered=sent.replace(minute=1)) is True
    assert is_in_time(WB, sent=sent, entered=sent.replace(minute=1, microsecond=1)) is False
    assert is_in_time(WB, sent=sent, entered=sent.replace(hour=9)) is False


def test_the_device_works_online_only_and_no_consequence_follows_a_missed_ekyc():
    assert [row.mode for row in operation(WB, on=date(2021, 7, 29))] == [None, "online_only", None]
    assert authentication(WB).home.ekyc_deadline.value == date(2021, 8, 31)
    assert authentication(WB).home.ekyc_deadline.consequence == "none_stated"
    assert refusal(lambda: operation(WB, on=date(2021, 7, 28))).code == "before_first_rule"


@pytest.mark.parametrize(
    ("full", "left", "asked", "allowed"),
    [
        ("20", "20", "20", "10"),
        ("20", "4", "10", "4"),
        ("35", "35", "35", "17.5"),
        ("20", "20", "3", "3"),
        ("20", "0", "5", "0"),
    ],
)
def test_a_visitor_lifts_at_most_half_and_never_more_than_is_left(full, left, asked, allowed):
    lift = portability.allowed(WB, full=grams(full), left=grams(left), asked=grams(asked))
    assert lift == grams(allowed)


@given(full=st.integers(0, 100_000), left=st.integers(0, 100_000), asked=st.integers(0, 100_000))
def test_no_lift_exceeds_any_of_its_limits(full, left, asked):
    lift = portability.allowed(WB, full=full, left=left, asked=asked)
    assert lift == min(full // 2, left, asked)


def test_the_rest_waits_seven_days_and_may_fall_out_of_the_month():
    early, late = (portability.next_lift(WB, lifted=date(2021, 8, day)) for day in (3, 28))
    assert (early.earliest, early.is_this_month) == (date(2021, 8, 10), True)
    assert (late.earliest, late.until, late.is_this_month) == (date(2021, 9, 4), date(2021, 8, 31), False)


def test_fingers_differ_within_a_cycle_of_three():
    assert portability.may_try(WB, cycle=["left thumb"], finger="right thumb") is True
    assert portability.may_try(WB, cycle=["left thumb"], finger="left thumb") is False
    assert portability.may_try(WB, cycle=["a", "b", "c"], finger="d") is False
    assert portability.may_try(WB, cycle=[], finger="left thumb") is True


def test_an_area_committee_has_five_or_six_card_holders_and_ten_to_twenty_shops():
    assert [committees.made_up(AREA, seats={"card_holder": n}).is_valid for n in (4, 5, 6, 7)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert [committees.made_up(AREA, shops=n).is_valid for n in (9, 10, 20, 21)] == [False, True, True, False]
    (wrong,) = committees.made_up(AREA, seats={"card_holder": 4}).wrong
    assert (wrong.code, wrong.facts["wanted"].en) == ("committee_seats", "five or six card holders")


def test_a_district_committee_of_five_is_warned_and_not_refused():
    district = committees.committee("district", state="IN-HP")
    found = committees.made_up(district, members=5)
    assert (found.is_valid, found.warnings[0].code) == (True, "committee_about")
    assert committees.made_up(district, members=12).warnings == ()


def test_seats_turn_over_after_six_months_and_the_chair_after_a_year():
    since = date(2022, 1, 1)
    assert committees.seat_until(AREA, "card_holder", since=since) == date(2022, 7, 1)
    assert committees.chair_until(AREA, since=since) == date(2023, 1, 1)
    assert committees.seat_until(AREA, "card_holder", since=date(2022, 8, 31)) == date(2023, 2, 28)
    assert refusal(lambda: committees.seat_until(AREA, "official", since=since)).code == "seat_without_term"
    state = committees.committee("state", state="IN-HP")
    assert committees.next_review(state, last=date(2022, 1, 10)) == date(2022, 4, 10)


def test_haryana_names_its_grievance_bodies_and_which_are_still_to_come():
    bodies = {row.name.en: row.status for row in committees.committees("IN-HR").grievance_bodies}
    assert bodies == {
        "State Food Commission": "to_be_created",
        "District Grievance Redressal Officer": "nominated",
        "Vigilance Committees": "to_be_created",
    }


def test_anyone_sees_the_record_of_a_shop_for_ten_rupees():
    refused = refusal(lambda: records.access_for_fee("IN-HR", paid=999))
    assert (refused.code, refused.facts["fee"], refused.facts["clause"]) == (
        "record_fee_unpaid",
        "10",
        "10(3)",
    )
    shown = records.access_for_fee("IN-HR", paid=1000)
    assert (shown.fee, shown.personal_data, shown.reasons[0].row) == (1000, "masked", "hr.records.access")


def test_registers_are_open_to_card_holders_of_the_shop_only():
    assert (
        refusal(lambda: records.access_of_holder("IN-HP", is_attached=False)).code == "registers_not_attached"
    )
    shown = records.access_of_holder("IN-HP", is_attached=True)
    assert [one.code for one in shown.registers] == ["stock", "sales", "ration_card"]
    assert refusal(lambda: records.access_of_holder("IN-HR", is_attached=True)).code == "no_record_rule"


def test_shops_of_haryana_add_up_and_the_order_of_west_bengal_has_its_number():
    shops = {row.area: int(row.value) for row in statistics("IN-HR")}
    assert shops == {"urban": 2654, "rural": 6520, "total": 2654 + 6520}
    assert (orders(WB)[0].number, orders(WB)[0].day) == ("2458-FNS-17014/1/2021-IT SEC", date(2021, 7, 29))


@pytest.mark.req("R-CRD-14", "R-CRD-15")
def test_cards_of_the_poor_look_different_and_the_aay_card_from_all():
    on = date(2022, 6, 1)
    assert [row.by for row in distinct("AAY", state="IN-HP", on=on)] == ["form", "colour"]
    assert [row.by for row in distinct("BPL", state="IN-HP", on=on)] == ["colour"]
    assert distinct("APL", state="IN-HP", on=on) == ()


@pytest.mark.req("R-CRD-01")
def test_a_card_is_for_a_family_with_every_member_or_for_a_person_alone():
    holder = cards("IN-HP").holder
    assert (holder.value, holder.every_member, holder.age_limit) == ("family_or_individual", True, None)
