"""By when, by whom, and what an office owes when the day has passed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasad.policy import deadlines
from rasad.policy.deadlines import due
from rasad.values.refused import Refused

MONDAY = date(2026, 3, 2)
HARYANA = [
    pytest.param("new_card", 15, marks=pytest.mark.req("R-SRV-02")),
    pytest.param("duplicate_card", 7, marks=pytest.mark.req("R-SRV-03")),
    pytest.param("member_inclusion", 7, marks=pytest.mark.req("R-SRV-04")),
    pytest.param("member_deletion", 7, marks=pytest.mark.req("R-SRV-04")),
    pytest.param("address_change_same_jurisdiction", 3, marks=pytest.mark.req("R-SRV-05")),
]
HIMACHAL = [
    pytest.param("member_inclusion", 0, marks=pytest.mark.req("R-SRV-07")),
    pytest.param("member_deletion", 0, marks=pytest.mark.req("R-SRV-07")),
    pytest.param("address_change_same_fps", 0, marks=pytest.mark.req("R-SRV-09")),
    pytest.param("address_change_with_fps_change", 7, marks=pytest.mark.req("R-SRV-10")),
    pytest.param("surrender_certificate", 0, marks=pytest.mark.req("R-SRV-11")),
    pytest.param("fresh_card_on_surrender_same_state", 7, marks=pytest.mark.req("R-SRV-12")),
    pytest.param("fresh_card_on_surrender_other_state", 15, marks=pytest.mark.req("R-SRV-13")),
    pytest.param("fps_registration_difficulty", 2, marks=pytest.mark.req("R-SRV-14")),
    ("grievance_final_reply", 30),
]


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value


@pytest.mark.parametrize(("service", "days"), HARYANA)
def test_haryana_counts_calendar_days_after_the_day_of_receipt(service, days):
    found = due(service, received=MONDAY, state="IN-HR")
    assert (found.days, found.due) == (days, MONDAY + timedelta(days=days))


@pytest.mark.parametrize(("service", "days"), HIMACHAL)
def test_himachal_counts_calendar_days_after_the_day_of_receipt(service, days):
    found = due(service, received=MONDAY, state="IN-HP")
    assert (found.days, found.due) == (days, MONDAY + timedelta(days=days))


@pytest.mark.req("R-SRV-06", "R-TRN-09", "R-ACT-04", "R-ACT-05")
@pytest.mark.parametrize("service", [case.values[0] for case in HARYANA])
def test_every_service_of_haryana_has_its_officer_its_complaint_authority_and_no_named_penalty(service):
    found = due(service, received=MONDAY, state="IN-HR")
    assert found.officer.en == "Inspector (Food and Supplies)"
    assert found.complaint_authority.en == "District Food and Supplies Controller"
    assert (found.period.penalty, found.penalty.en, found.penalty.hi) == (
        None,
        "Not specified",
        "निर्दिष्ट नहीं",
    )


@pytest.mark.req("R-ACT-17")
@pytest.mark.parametrize("service", ["member_inclusion", "member_deletion", "address_change_with_fps_change"])
def test_changes_on_a_card_of_himachal_are_with_the_area_rationing_office(service):
    assert due(service, received=MONDAY, state="IN-HP").officer.en == "Area Rationing Office"


@pytest.mark.req("R-SRV-08")
def test_a_visit_to_verify_gives_seven_days_to_an_addition_and_none_to_a_deletion():
    verified = {"received": date(2022, 6, 10), "state": "IN-HP", "physical_verification": True}
    assert due("member_inclusion", **verified).due == date(2022, 6, 17)
    assert due("member_deletion", **verified).due == date(2022, 6, 10)


def test_the_same_day_is_promised_only_on_the_card_with_its_proof():
    refused = refusal(lambda: due("member_inclusion", received=MONDAY, state="IN-HP", proof=False))
    assert (refused.code, refused.facts["rule"]) == ("proof_missing", "hp.svc.member.same")


def test_a_complaint_is_acknowledged_on_the_spot_or_by_post_within_seven_days():
    came = {"received": date(2022, 5, 20), "state": "IN-HP"}
    assert due("grievance_acknowledgement", by="counter", **came).due == date(2022, 5, 20)
    assert due("grievance_acknowledgement", by="post", **came).due == date(2022, 5, 27)
    assert refusal(lambda: due("grievance_acknowledgement", **came)).code == "way_unknown"


@pytest.mark.req("R-CRD-06")
def test_the_slip_for_a_new_card_of_himachal_must_name_the_day():
    asked = {"received": date(2022, 6, 1), "state": "IN-HP"}
    assert refusal(lambda: deadlines.slip("new_card", **asked)).code == "slip_without_date"
    slip = deadlines.slip("new_card", promised=date(2022, 6, 20), **asked)
    assert (slip.promised, slip.due.days) == (date(2022, 6, 20), 19)
    assert slip.condition.en.startswith("if all that was asked for is given correctly")
    early = refusal(lambda: due("new_card", promised=date(2022, 5, 31), **asked))
    assert early.code == "promised_before_receipt"


@pytest.mark.req("R-CRD-07")
def test_a_card_that_is_not_ready_on_the_promised_day_owes_reasons_and_a_likely_date():
    promised = date(2022, 6, 20)
    assert deadlines.is_delayed(promised, ready=None, on=promised) is False
    assert deadlines.is_delayed(promised, ready=None, on=date(2022, 6, 21)) is True
    assert deadlines.is_delayed(promised, ready=date(2022, 6, 19), on=date(2022, 7, 1)) is False
    assert deadlines.owed_when_late("IN-HP") == ("reasons", "likely_date")
    assert deadlines.missing_when_late("IN-HP", reasons="printer broken", likely_date=None) == (
        "likely_date",
    )
    assert deadlines.missing_when_late("IN-HP", reasons=" ", likely_date=promised) == ("reasons",)


@pytest.mark.req("R-SRV-01")
def test_a_request_is_on_time_then_due_today_then_overdue():
    found = due("address_change_same_jurisdiction", received=MONDAY, state="IN-HR")
    days = [date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 9)]
    assert [found.standing(on=day) for day in days] == ["on_time", "due_today", "overdue", "overdue"]
    assert [found.days_late(on=day) for day in days] == [0, 0, 1, 4]


@pytest.mark.req("R-SRV-16")
def test_an_overdue_request_is_not_closed_without_a_reason():
    found = due("new_card", received=MONDAY, state="IN-HR")
    assert deadlines.close(found, on=date(2026, 3, 17)) == "due_today"
    refused = refusal(lambda: deadlines.close(found, on=date(2026, 3, 18), reason="  "))
    assert (refused.code, refused.facts["days"]) == ("overdue_without_reason", 1)
    assert deadlines.close(found, on=date(2026, 3, 18), reason="forms ran out") == "overdue"


def test_the_overdue_are_listed_longest_waiting_first():
    requests = [due("new_card", received=MONDAY + timedelta(days=day), state="IN-HR") for day in (3, 0, 9)]
    late = deadlines.overdue(requests, on=date(2026, 3, 21))
    assert [one.received for one in late] == [MONDAY, MONDAY + timedelta(days=3)]


def test_a_holiday_on_the_last_day_is_told_and_moves_nothing():
    found = due("new_card", received=MONDAY, state="IN-HR", holidays=[date(2026, 3, 17)])
    assert (found.due, found.falls_on_holiday) == (date(2026, 3, 17), True)


def test_a_service_without_a_period_and_a_day_before_the_first_row_are_refused():
    unknown = refusal(lambda: due("passport", received=MONDAY, state="IN-HR"))
    assert (unknown.code, "new_card" in unknown.facts["known"]) == ("unknown_service", True)
    early = refusal(lambda: due("new_card", received=date(2013, 9, 9), state="IN-HR"))
    assert (early.code, early.facts["first_day"]) == ("before_first_rule", date(2013, 9, 10))


def test_the_answer_carries_its_row_and_how_days_are_counted():
    found = due("new_card", received=MONDAY, state="IN-HR")
    assert [(one.code, one.row) for one in found.reasons] == [
        ("service_period", "hr.svc.new"),
        ("days_counted", "hr.svc.new.counting"),
    ]
    assert found.reasons[0].source.quotation.startswith("Issue of new ration card 15 days")


@given(
    received=st.dates(date(2022, 5, 20), date(2090, 1, 1)),
    service=st.sampled_from(["new_card", "duplicate_card", "member_deletion"]),
    waited=st.integers(0, 400),
)
def test_late_are_exactly_the_days_past_the_due_day(received, service, waited):
    found = due(service, received=received, state="IN-HR")
    on = received + timedelta(days=waited)
    assert found.days_late(on=on) == max(0, waited - found.days)
    assert (found.standing(on=on) == "overdue") == (waited > found.days)


def test_holidays_on_the_way_are_told_and_count_as_days():
    found = due(
        "new_card", received=MONDAY, state="IN-HR", holidays=[date(2026, 3, 4), MONDAY, date(2026, 3, 18)]
    )

    assert (found.due, found.holidays, found.counts_holidays) == (
        date(2026, 3, 17), (date(2026, 3, 4),), True,
    )  # fmt: skip
