"""The code on a mobile: sixty seconds, three wrong entries, a new one ends the old, and going on without it."""

import pytest

from rasad.connectors.twin import Fault
from rasad.counter import tries
from rasad.counter.models import Attempt, Sale, Why
from rasad.values.refused import Refused
from tests.counter import cast, guests

BINODS_MOBILE = "9999900002"


@pytest.fixture
def at_code(ashas, world, clock):
    """Asha's card, her finger not readable."""
    shown = cast.visit()
    guests.at_the_code(shown)
    return shown


@pytest.mark.req("R-POS-11")
@pytest.mark.parametrize(
    ("seconds", "outcome", "step"),
    [
        (59, "right", None),
        (60, "right", None),
        (60.001, "otp_expired", "mobile_otp"),
        (61, "otp_expired", "mobile_otp"),
    ],
)
def test_code_counts_up_to_its_sixtieth_second(at_code, world, clock, seconds, outcome, step):
    guests.code_sent(at_code)

    assert guests.entered(at_code, guests.code_on(world), at=clock.forward(seconds=seconds)) == outcome
    assert guests.standing(at_code).next == step


@pytest.mark.req("R-POS-11")
def test_window_begins_when_the_gateway_took_the_message(at_code, world, clock, monkeypatch):
    slow = tries._delivered
    monkeypatch.setattr(tries, "_delivered", lambda *given: (slow(*given), clock.forward(seconds=9)) and True)

    sent = guests.code_sent(at_code, at=cast.NOON)

    assert (sent.at - cast.NOON).total_seconds() == 9


@pytest.mark.req("R-POS-11")
def test_third_wrong_code_ends_it_and_a_new_one_is_needed(at_code, world, clock):
    guests.code_sent(at_code)
    right = guests.code_on(world)

    outcomes = [guests.entered(at_code, "wrong", at=clock()) for _ in range(3)]

    assert outcomes == ["otp_wrong", "otp_wrong", "otp_wrong"]
    assert guests.standing(at_code).wrong_left == 0
    with pytest.raises(Refused, match="code_used_up"):
        guests.entered(at_code, right, at=clock())
    guests.code_sent(at_code)
    assert guests.standing(at_code).wrong_left == 3
    assert guests.entered(at_code, guests.code_on(world), at=clock()) == "right"


def test_new_code_ends_the_one_before(at_code, world, clock):
    guests.code_sent(at_code)
    first = guests.code_on(world)
    guests.code_sent(at_code)

    assert first != guests.code_on(world)
    assert guests.entered(at_code, first, at=clock()) == "otp_wrong"


def test_code_is_no_other_visits(at_code, world, clock):
    guests.code_sent(at_code)
    code = guests.code_on(world)
    other = cast.visit()
    guests.at_the_code(other)
    guests.code_sent(other)

    assert guests.entered(other, code, at=clock()) == "otp_wrong"


@pytest.mark.req("R-POS-10")
def test_family_chooses_among_its_seeded_mobiles(ravis, world, clock):
    cast.card(
        cast.CARD,
        cast.person("Asha Devi", cast.ASHA, mobile=guests.ASHAS_MOBILE),
        cast.person("Binod Kumar", cast.BINOD, mobile=BINODS_MOBILE),
        cast.person("Chanda"),
    )
    shown = cast.visit()
    guests.at_the_code(shown)
    before = len(world.sms.messages_for(guests.ASHAS_MOBILE))

    sent = guests.code_sent(shown, member=2)

    assert (sent.member, sent.mobile) == (2, "XXXXXX0002")
    assert len(world.sms.messages_for(guests.ASHAS_MOBILE)) == before
    assert guests.entered(shown, guests.code_on(world, BINODS_MOBILE), at=clock()) == "right"
    receipt = cast.sell(shown, wheat=15_000)
    assert (receipt.mode, receipt.member) == ("mobile_otp", 2)


@pytest.mark.req("R-POS-10")
def test_member_without_a_mobile_cannot_be_chosen(at_code):
    with pytest.raises(Refused, match="no_mobile_seeded_on"):
        guests.code_sent(at_code, member=2)
    with pytest.raises(Refused, match="no_such_member"):
        guests.code_sent(at_code, member=9)


def test_code_is_not_asked_before_the_finger(ashas, world):
    shown = cast.visit()

    with pytest.raises(Refused, match="not_this_step"):
        guests.code_sent(shown)
    with pytest.raises(Refused, match="not_this_step"):
        tries.go_without(shown.visit, members=shown.members, why="mobile_not_carried", at=cast.NOON)


def test_code_that_was_never_sent_is_not_checked(at_code, clock):
    with pytest.raises(Refused, match="no_code_sent"):
        guests.entered(at_code, "123456", at=clock())


@pytest.mark.req("R-POS-13", "R-POS-14")
@pytest.mark.parametrize("why", [Why.MOBILE_NOT_CARRIED, Why.OTP_NOT_RECEIVED])
def test_family_may_decline_the_code(at_code, why):
    tries.go_without(at_code.visit, members=at_code.members, why=why, at=cast.NOON)
    receipt = cast.sell(at_code, wheat=15_000)

    assert (receipt.mode, receipt.why, receipt.ekyc_asked) == ("unauthenticated", why, True)
    sale = Sale.objects.get()
    assert (sale.mode, sale.why, sale.ekyc_asked) == ("unauthenticated", why, True)


@pytest.mark.req("R-POS-13", "R-POS-14")
def test_family_goes_on_without_after_a_wrong_code(at_code, world, clock):
    guests.code_sent(at_code)
    guests.entered(at_code, "000", at=clock())

    tries.go_without(at_code.visit, members=at_code.members, why=Why.OTP_WRONG, at=clock())

    assert cast.sell(at_code, wheat=1_000).why == "otp_wrong"


@pytest.mark.req("R-POS-13", "R-POS-14")
def test_family_goes_on_without_after_a_late_code(at_code, world, clock):
    guests.code_sent(at_code)
    guests.entered(at_code, guests.code_on(world), at=clock.forward(seconds=61))

    tries.go_without(at_code.visit, members=at_code.members, why=Why.OTP_EXPIRED, at=clock())

    assert cast.sell(at_code, wheat=1_000).why == "otp_expired"


@pytest.mark.parametrize("why", [Why.OTP_WRONG, Why.OTP_EXPIRED, Why.NO_MOBILE_SEEDED, "", "lazy"])
def test_reason_that_did_not_happen_is_refused(at_code, why):
    with pytest.raises(Refused, match="why_unknown"):
        tries.go_without(at_code.visit, members=at_code.members, why=why, at=cast.NOON)


@pytest.mark.req("R-POS-13", "R-POS-15")
@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.RUBBISH])
def test_gateway_that_is_down_stops_nobody(at_code, world, monkeypatch, fault):
    monkeypatch.setattr(tries, "WITHIN_SECONDS", 0.5)
    world.sms.fail(fault, times=9)

    attempt = guests.code_sent(at_code)
    world.sms.heal()

    assert (attempt.step, attempt.outcome) == (Attempt.Step.OTP_FAILED, "not_sent")
    assert guests.standing(at_code).sent is None
    tries.go_without(at_code.visit, members=at_code.members, why=Why.OTP_NOT_RECEIVED, at=cast.NOON)
    assert cast.sell(at_code, wheat=1_000).why == "otp_not_received"


@pytest.mark.req("R-POS-15")
def test_gateway_that_is_not_wired_stops_nobody(at_code, settings):
    settings.SMS_URL = ""

    assert guests.code_sent(at_code).outcome == "not_sent"


def test_code_that_failed_to_go_out_leaves_the_one_before(at_code, world, clock, monkeypatch):
    guests.code_sent(at_code)
    code = guests.code_on(world)
    world.sms.refuse("401")

    guests.code_sent(at_code)

    assert guests.entered(at_code, code, at=clock()) == "right"


@pytest.mark.req("R-POS-13", "R-POS-14")
def test_unseeded_card_is_served_at_once_with_the_request_for_ekyc(ravis, world):
    cast.card(cast.CARD, cast.person("Asha Devi"), cast.person("Binod Kumar"))

    shown = cast.visit()
    now = guests.standing(shown)

    assert (now.next, now.mode, now.why, now.ekyc_asked) == (
        None,
        "unauthenticated",
        "no_mobile_seeded",
        True,
    )
    receipt = cast.sell(shown, wheat=10_000, pulses=2_500)
    assert (receipt.mode, receipt.ekyc_asked) == ("unauthenticated", True)


@pytest.mark.req("R-POS-08")
def test_card_that_is_linked_but_not_validated_begins_with_the_code(ravis, world):
    cast.card(cast.CARD, cast.person("Asha Devi", cast.ASHA, mobile=guests.ASHAS_MOBILE, is_validated=False))

    assert guests.standing(cast.visit()).next == "mobile_otp"


def test_card_that_is_not_linked_begins_with_the_code_where_a_mobile_is_seeded(ravis, world, clock):
    cast.card(cast.CARD, cast.person("Asha Devi", mobile=guests.ASHAS_MOBILE))
    shown = cast.visit()

    assert guests.standing(shown).next == "mobile_otp"
    guests.code_sent(shown)
    guests.entered(shown, guests.code_on(world), at=clock())
    receipt = cast.sell(shown, wheat=5_000)
    assert (receipt.mode, receipt.ekyc_asked) == ("mobile_otp", True)


@pytest.mark.req("R-POS-14")
def test_finger_of_one_asks_for_ekyc_of_those_who_are_not_linked(ravis, world):
    cast.card(cast.CARD, cast.person("Asha Devi", cast.ASHA), cast.person("Binod Kumar"))
    shown = cast.visit()

    cast.finger(shown, world)

    assert cast.sell(shown, wheat=10_000).ekyc_asked


@pytest.mark.req("R-POS-08")
def test_finger_is_asked_only_of_a_member_who_is_linked_and_validated(ravis, world):
    cast.card(
        cast.CARD, cast.person("Asha Devi", cast.ASHA), cast.person("Binod Kumar", cast.BINOD, is_validated=False),
        cast.person("Chanda"),
    )  # fmt: skip
    shown = cast.visit()

    with pytest.raises(Refused, match="member_not_linked"):
        cast.finger(shown, world, of=cast.BINOD, line=2)
    with pytest.raises(Refused, match="member_not_linked"):
        cast.finger(shown, world, line=3)
    assert cast.finger(shown, world).outcome == "matched"


def test_all_that_was_tried_is_written_down_in_order(at_code, world, clock):
    guests.code_sent(at_code)
    guests.entered(at_code, "1", at=clock.forward(seconds=5))
    guests.entered(at_code, guests.code_on(world), at=clock.forward(seconds=5))

    assert list(at_code.visit.attempts.values_list("number", "step", "outcome", "member", "mobile")) == [
        (1, "biometric", "not_read", None, ""),
        (2, "otp_sent", "sent", 1, "XXXXXX0001"),
        (3, "mobile_otp", "otp_wrong", 1, ""),
        (4, "mobile_otp", "right", 1, ""),
    ]
