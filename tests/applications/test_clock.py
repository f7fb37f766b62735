"""The charter's clock: what pauses it, what is late, who hears of it, and what is told to the applicant."""

from datetime import date, timedelta

import pytest

from rasad.applications import clock
from rasad.applications.actions import decide, verify
from rasad.applications.models import Application
from rasad.outbox.models import Message
from rasad.values.refused import Refused
from tests.applications.conftest import MARCH_2, PROOF, about_card, new_card, put_down, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered")]
LOST = {"wants": {"reason": "lost"}}
DUE = date(2026, 3, 9)
LATE = MARCH_2 + timedelta(days=8)  # the day after the last


def refused(call, *args, **given):
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    return caught.value


@pytest.mark.parametrize(
    ("days", "word", "left"), [(0, "on_time", 7), (6, "on_time", 1), (7, "due_today", 0), (8, "overdue", 1)]
)
@pytest.mark.req("R-SRV-01")
def test_request_is_on_time_due_today_or_overdue(days, word, left):
    made = put_down(about_card("duplicate_card", **LOST))

    assert clock.stands(made, on=MARCH_2.date() + timedelta(days=days)) == clock.Stands(word, left)


def test_clock_stands_still_for_a_recorded_reason_only_and_goes_on_with_those_days(asif):
    made = put_down(about_card("duplicate_card", **LOST))
    verify.open_(application=made, by=asif, at=MARCH_2)
    assert (
        refused(verify.ask_back, application=made, reason=" ", by=asif, at=MARCH_2).code
        == "decision_without_reason"
    )

    verify.ask_back(
        application=made, reason="The police report is missing", by=asif, at=MARCH_2 + timedelta(days=1)
    )
    made.refresh_from_db()
    assert clock.stands(made, on=date(2026, 3, 20)) == clock.Stands("paused", 0)
    verify.supply(application=made, papers=PROOF, note="", by="asif", at=MARCH_2 + timedelta(days=5))

    made.refresh_from_db()
    assert (made.state, made.due_on) == ("under_verification", DUE + timedelta(days=4))
    assert made.pauses.get().reason == "The police report is missing"


@pytest.mark.req("R-SRV-15")
def test_late_one_goes_up_by_itself_once():
    made = put_down(about_card("duplicate_card", **LOST))
    assert clock.goes_up(at=MARCH_2 + timedelta(days=7)) == 0

    assert [clock.goes_up(at=LATE), clock.goes_up(at=LATE)] == [1, 0]

    made.refresh_from_db()
    assert made.went_up_at == LATE
    assert list(made.steps.values_list("act", flat=True)) == ["registered", "went_up"]
    everything = Application.objects.all()
    assert [one.number for one in clock.overdue(everything, on=LATE.date())] == [made.number]


def test_those_that_will_be_late_are_listed_before_they_are():
    made = put_down(about_card("duplicate_card", **LOST))
    everything = Application.objects.all()

    assert not clock.soon_late(everything, on=DUE - timedelta(days=3)).exists()
    assert clock.soon_late(everything, on=DUE - timedelta(days=2)).get() == made


@pytest.mark.req("R-SRV-16", "R-CRD-07")
def test_late_one_is_not_closed_without_a_reason_and_the_new_day_is_told(asif, bimla):
    made = verified(put_down(about_card("duplicate_card", **LOST)), asif)
    everything = Application.objects.all()

    no = refused(decide.approve, application=made, by=bimla, at=LATE)
    assert (no.code, no.facts["days"]) == ("overdue_without_reason", 1)
    assert clock.owing_a_reason(everything, on=LATE.date()).get() == made
    for reason, likely, code in (
        (" ", 12, "decision_without_reason"),
        ("No cards", 9, "likely_day_not_later"),
    ):
        said = refused(
            clock.tell_delay,
            application=made,
            reason=reason,
            likely_on=date(2026, 3, likely),
            by=bimla,
            at=LATE,
        )
        assert said.code == code
    clock.tell_delay(
        application=made, reason="The printer is broken", likely_on=date(2026, 3, 14), by=bimla, at=LATE
    )
    assert not clock.owing_a_reason(everything, on=LATE.date()).exists()
    assert clock.owing_a_reason(everything, on=date(2026, 3, 15)).get() == made

    made.refresh_from_db()
    done = decide.approve(application=made, by=bimla, at=LATE, late_reason="The printer was broken")
    assert (done.state, done.late_reason) == ("approved", "The printer was broken")


@pytest.mark.req("R-CRD-26")
def test_rejection_has_a_reason_an_officer_and_words(asif, bimla):
    made = verified(put_down(new_card()), asif)

    for ground, why, code in (
        ("no_such", "x", "reason_unknown"),
        ("not_living_here", " ", "decision_without_reason"),
    ):
        assert (
            refused(decide.reject, application=made, ground=ground, why=why, by=bimla, at=MARCH_2).code
            == code
        )
    done = decide.reject(
        application=made,
        ground="not_living_here",
        why="Neighbours know nobody of the name",
        by=bimla,
        at=MARCH_2,
    )

    assert (done.state, done.decided_by, done.reason_code) == ("rejected", "bimla", "not_living_here")


def test_family_may_withdraw_and_ask_again():
    asked = about_card("duplicate_card", **LOST)
    verify.withdraw(application=put_down(asked), reason="found", by="asif", at=MARCH_2)

    assert put_down(asked).state == "registered"


@pytest.mark.req("R-CRD-07")
def test_applicant_hears_of_each_step_by_sms(settings, asif):
    settings.SMS_URL = "http://127.0.0.1:9"
    made = put_down(about_card("duplicate_card", **LOST))
    verify.open_(application=made, by=asif, at=MARCH_2)
    made.refresh_from_db()
    clock.tell_delay(application=made, reason="No cards", likely_on=date(2026, 3, 14), by=asif, at=MARCH_2)
    clock.goes_up(at=LATE)

    told = Message.objects.filter(system="sms_applications", about=made.number).order_by("pk")
    assert list(told.values_list("kind", flat=True)) == [
        "application_registered", "application_delayed", "application_late",
    ]  # fmt: skip
