"""IMPDS through a device: consent, fingers, half at a time."""

import pytest

from rasad.counter.models import Consent, Sale
from tests.counter import cast
from tests.counter.api import stories

pytestmark = pytest.mark.django_db(transaction=True)
WB, FINGERS = "190000000101", ("LEFT_INDEX", "RIGHT_INDEX", "LEFT_THUMB")


def agreed(till, **given):
    visit = till.open_visitor_visit(**given)
    return till.agree(visit["id"], version=visit["consent_version"])


@pytest.mark.req("R-PRT-03", "R-PRT-04", "R-PRT-06", "R-PRT-09", "R-PRT-12", "R-PRT-21")
def test_visitor_agrees_shows_a_finger_and_takes_half(till, world):
    opened = till.open_visitor_visit(WB)
    assert (opened["kind"], opened["lines"], opened["standing"]["next"]) == ("visitor", [], "consent")
    assert len(opened["consent"]) > 1
    read = stories.pid_data(world)
    assert stories.refusal(till.finger, opened["id"], member=1, finger="LEFT_INDEX", pid_data=read) == (
        409,
        "aadhaar_consent_missing",
    )

    seen = till.agree(opened["id"], version=opened["consent_version"], language="hi")
    assert (seen["lines"], seen["standing"]["next"]) == ([], "biometric")
    tried = till.finger(opened["id"], member=1, finger="LEFT_INDEX", pid_data=read)
    assert (tried["outcome"], tried["standing"]["mode"]) == ("matched", "biometric")
    given = till.issue_pass(opened["id"])

    assert [(one["line"], one["full"], one["left"]) for one in given["lines"]] == [
        ("rice", 12_000, 6_000),
        ("wheat", 8_000, 4_000),
    ]
    receipt = stories.sold(till, given, rice=6_000, wheat=4_000)
    assert (receipt["mode"], receipt["card"]) == ("biometric", "X" * 14 + "0101")
    assert Sale.objects.get().home_state == "IN-WB"
    assert Consent.objects.get().language == "hi"


def test_more_than_one_lift_is_refused_at_the_sale_too(till, world):
    visit = agreed(till, number=WB)["id"]
    till.finger(visit, member=1, finger="LEFT_INDEX", pid_data=stories.pid_data(world))
    given = till.issue_pass(visit)

    assert stories.refusal(stories.sold, till, given, rice=6_001) == (409, "portability_at_once")
    assert stories.moved() == 0


@pytest.mark.req("R-PRT-05")
def test_visitor_is_found_by_a_members_aadhaar_number_which_is_not_repeated(till, world):
    assert till.open_visitor_visit(aadhaar=cast.ASHA)["card"] == f"IN-WB/{WB}"

    answer = till.raw("POST", "/visits/visitor", b'{"id":"x","aadhaar":"' + cast.ASHA.encode() + b'1"}')
    assert (answer.status_code, cast.ASHA in answer.text) == (422, False)
    wrong = cast.ASHA[:-1] + "7"
    assert stories.refusal(till.open_visitor_visit, aadhaar=wrong) == (422, "bad_request")
    assert stories.refusal(till.open_visitor_visit) == (422, "bad_request")
    typed = till.raw("POST", "/visits", f'{{"id":"{opened_id()}","number":"{cast.ASHA}"}}'.encode())
    assert (typed.status_code, cast.ASHA in typed.text) == (404, False)


def opened_id():
    return "01900000-0000-7000-8000-000000000001"


@pytest.mark.req("R-PRT-07", "R-PRT-08", "R-PRT-11")
def test_three_fingers_then_three_more_and_never_another_mode(till, world):
    visit = agreed(till, number=WB)["id"]
    for place, finger in enumerate(FINGERS, 1):
        read = stories.pid_data(world, cast.BINOD, finger)
        tried = till.finger(visit, member=1, finger=finger, pid_data=read)
        assert (tried["outcome"], len(tried["standing"]["fingers_tried"])) == ("mismatch", place % 3)
        if place == 1:
            again = stories.pid_data(world, cast.BINOD, finger)
            assert stories.refusal(till.finger, visit, member=1, finger=finger, pid_data=again) == (
                409,
                "finger_tried",
            )

    assert stories.refusal(till.skip_finger, visit) == (409, "portability_only_biometric")
    assert stories.refusal(till.send_code, visit, member=1) == (409, "portability_only_biometric")
    assert stories.refusal(till.go_without, visit, why="otp_not_received") == (
        409,
        "portability_only_biometric",
    )
    assert stories.refusal(till.issue_pass, visit) == (409, "authenticate_first")


@pytest.mark.req("R-PRT-13", "R-PRT-15")
def test_second_lift_within_the_gap_says_when_and_how_much(till, world):
    first = agreed(till, number=WB)["id"]
    till.finger(first, member=1, finger="LEFT_INDEX", pid_data=stories.pid_data(world))
    stories.sold(till, till.issue_pass(first), rice=6_000)
    second = agreed(till, number=WB)["id"]
    till.finger(second, member=1, finger="LEFT_INDEX", pid_data=stories.pid_data(world))

    answer = till.raw("POST", f"/visits/{second}/pass")

    assert (answer.status_code, answer.json()["code"]) == (409, "portability_gap")
    assert "19 November 2026" in answer.text
