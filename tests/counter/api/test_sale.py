"""A sale from the card to the receipt, as a device makes it."""

import pytest

from rasad.counter.device_client import DeviceRefusedError
from rasad.counter.models import Refusal, Sale, Visit
from tests.counter import cast
from tests.counter.api import stories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.req("R-POS-03", "R-POS-04", "R-POS-06", "R-POS-07")
def test_visit_shows_family_seeding_and_balance(till):
    seen = till.open_visit(cast.CARD)

    assert [
        (one["name"], one["is_linked"], one["is_validated"], one["mobile"]) for one in seen["members"]
    ] == [
        ("Asha Devi", True, True, "XXXXXX0001"),
        ("Binod Kumar", True, True, ""),
        ("Chanda", True, True, ""),
    ]
    assert [(one["line"], one["left"], one["price"]) for one in seen["lines"]] == [
        ("wheat", 15_000, 200),
        ("pulses", 2_500, 2_000),
    ]
    assert (seen["kind"], seen["standing"]["next"]) == ("home", "biometric")
    assert till.visit(seen["id"]) == seen


@pytest.mark.req("R-INT-12")
def test_a_finger_sells_and_the_same_id_gets_the_same_receipt(till, world):
    given = stories.matched(till, world)

    receipt = stories.sold(till, given, wheat=15_000, pulses=2_500)
    again = stories.sold(till, given, wheat=15_000, pulses=2_500)

    assert (receipt["mode"], receipt["member"], receipt["amount"]) == ("biometric", 1, 8_000)
    assert [(one["line"], one["quantity"], one["left"]) for one in receipt["lines"]] == [
        ("wheat", 15_000, 0),
        ("pulses", 2_500, 0),
    ]
    assert again == receipt | {"is_replay": True}
    assert (Sale.objects.count(), stories.moved()) == (1, 3)


def test_sale_id_with_other_contents_is_refused(till, world):
    given = stories.matched(till, world)
    stories.sold(till, given, wheat=1_000)

    assert stories.refusal(stories.sold, till, given, wheat=2_000) == (409, "sale_id_reused")
    assert stories.moved() == 2


@pytest.mark.req("R-POS-18")
def test_a_part_is_lifted_and_the_rest_later(till):
    stories.sold(till, stories.served(till), wheat=10_000)

    second = stories.served(till)

    assert [one["left"] for one in second["lines"]] == [5_000, 2_500]
    assert stories.refusal(stories.sold, till, second, wheat=5_001) == (409, "more_than_left")
    assert stories.sold(till, second, wheat=5_000)["lines"][0]["left"] == 0


def test_refused_sale_is_written_down(till):
    given = stories.served(till)

    stories.refusal(stories.sold, till, given, wheat=15_001)

    refused = Refusal.objects.get()
    assert (str(refused.visit), refused.shop_id, refused.holder) == (given["id"], cast.RAVIS, cast.CARD)
    assert (refused.code, refused.facts["left"], refused.facts["asked"]) == (
        "more_than_left",
        "15 kg",
        "15.001 kg",
    )


@pytest.mark.req("R-POS-09", "R-POS-10", "R-POS-11")
def test_after_one_failure_a_code_goes_to_the_chosen_mobile(till, world):
    visit = till.open_visit(cast.CARD)["id"]

    tried = till.finger(visit, member=1, finger="LEFT_INDEX", pid_data=stories.pid_data(world, cast.BINOD))
    sent = till.send_code(visit, member=1)
    code = world.sms.messages_for("9999900001")[-1].text.split()[0]
    wrong = till.enter_code(visit, code="000000")
    right = till.enter_code(visit, code=code)

    assert (tried["outcome"], tried["standing"]["next"]) == ("mismatch", "mobile_otp")
    assert tried["said"] != []
    assert (sent["standing"]["code"]["mobile"], wrong["outcome"]) == ("XXXXXX0001", "otp_wrong")
    assert (right["outcome"], right["standing"]["mode"]) == ("right", "mobile_otp")
    assert stories.sold(till, till.issue_pass(visit), wheat=1_000)["mode"] == "mobile_otp"


@pytest.mark.req("R-POS-13", "R-POS-14")
def test_sale_without_authentication_carries_its_reason_and_asks_for_ekyc(till):
    receipt = stories.sold(till, stories.served(till), wheat=1_000)

    assert (receipt["mode"], receipt["why"], receipt["ekyc_asked"]) == (
        "unauthenticated",
        "mobile_not_carried",
        True,
    )


def test_pass_before_the_steps_is_refused(till):
    visit = till.open_visit(cast.CARD)["id"]

    assert stories.refusal(till.issue_pass, visit) == (409, "authenticate_first")
    assert stories.refusal(till.go_without, visit, why="otp_wrong") == (409, "not_this_step")


@pytest.mark.parametrize(
    ("language", "card", "line"),
    [
        ("en", "The card was not found.", "“battery” is too large."),
        ("hi", "कार्ड नहीं मिला।", "“battery” बहुत बड़ा है।"),
        ("bn", "কার্ড পাওয়া যায়নি।", "“battery” খুব বড়।"),
    ],
)
def test_refusals_are_said_in_the_asked_language(till, language, card, line):
    till.language = language

    with pytest.raises(DeviceRefusedError) as unknown:
        till.open_visit("069900000099")
    with pytest.raises(DeviceRefusedError) as too_large:
        till.heartbeat(battery=101)

    assert (unknown.value.status, unknown.value.code, unknown.value.what) == (404, "card_unknown", card)
    assert too_large.value.why == line
    assert Visit.objects.count() == 0


def test_same_visit_twice_is_one_visit(till):
    first = till.open_visit(cast.CARD)

    assert till.open_visit(cast.CARD, id=first["id"]) == first
    assert Visit.objects.count() == 1


def test_reprint_today_and_reversal(till):
    given = stories.served(till)
    receipt = stories.sold(till, given, wheat=3_000)

    assert till.receipt(given["id"])["receipt"] == receipt | {"is_replay": True}
    back = till.take_back(given["id"], reason="Wrong bag")
    assert (back["id"], back["reason"]) == (given["id"], "Wrong bag")
    assert stories.refusal(till.take_back, given["id"], reason="Wrong bag") == (
        409,
        "sale_taken_back_already",
    )
    assert [(one["kind"], one["taken_back"]) for one in till.sales()["sales"]] == [("home", "Wrong bag")]
    assert till.receipt(given["id"])["receipt"]["lines"][0]["left"] == 15_000


def test_receipt_of_another_shop_is_not_found(till, server):
    from tests.counter.api.conftest import OTHER_KEY, device

    given = stories.served(till)
    stories.sold(till, given, wheat=3_000)
    other = device(server, cast.shop(cast.SECOND, name="Second"), OTHER_KEY)

    assert stories.refusal(other.receipt, given["id"]) == (404, "sale_unknown")
    assert stories.refusal(other.take_back, given["id"], reason="x") == (404, "sale_unknown")
    assert stories.refusal(other.visit, given["id"]) == (404, "visit_unknown")
    assert other.sales()["sales"] == []
