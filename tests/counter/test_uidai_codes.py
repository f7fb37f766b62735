"""One scenario per code of UIDAI: a home card is never refused for it, a visitor never gets another mode by it."""

import pytest

from rasad.connectors.aadhaar import sandbox_known
from rasad.connectors.aadhaar.codes import CODES, TIMED_OUT, leads_to
from rasad.connectors.aadhaar.sandbox_known import ACTIONS
from rasad.counter import tries
from rasad.counter.models import Sale
from rasad.registry.models import Person
from rasad.values.refused import Refused
from tests.counter import cast, guests

# E-KYC has codes of its own, see test_ekyc.py; an empty code is a match.
ON_A_FINGER = sorted(code for code in CODES if code and code != TIMED_OUT and not code.startswith("K-"))
BADLY_READ = [code for code in ON_A_FINGER if leads_to(code) == "capture_again"]
DECIDED = [code for code in ON_A_FINGER if leads_to(code) != "capture_again"]
TECHNICAL = [code for code in ON_A_FINGER if leads_to(code) != "mismatch"]
MISMATCHED = [code for code in ON_A_FINGER if leads_to(code) == "mismatch"]
# One of each way that a code may lead.
SOME = ["300", "330", "569", "930", "998"]
# No code at all: too late, HTTP 500, something that is no answer, a lost line, an answer UIDAI did not sign.
SILENT = [
    {"delay": 1.0},
    {"status": 500},
    {"rubbish": True},
    {"drop": True},
    {"forge": True},
    {"status": 403},
]


@pytest.fixture
def uidai(world, monkeypatch):
    """UIDAI gives any code to a finger, also those it keeps for other calls; the counter waits half a second."""
    monkeypatch.setattr(sandbox_known, "is_given", lambda code, call: True)
    monkeypatch.setattr(tries, "WITHIN_SECONDS", 0.5)
    return world.aadhaar.uidai


def told(attempt):
    return attempt.step, attempt.outcome, attempt.code, attempt.action


def by_code(shown, world):
    """The family goes on by a code on Asha's mobile."""
    sent = guests.code_sent(shown)
    guests.entered(shown, guests.code_on(world), at=sent.at)
    return cast.sell(shown, wheat=1_000)


@pytest.mark.req("R-POS-09", "R-POS-15")
@pytest.mark.parametrize("code", DECIDED)
def test_home_card_goes_on_to_the_code_on_a_mobile(ashas, world, uidai, code):
    uidai.behave(cast.ASHA, code=code)
    shown = cast.visit()

    attempt = cast.finger(shown, world)

    assert told(attempt) == ("biometric", leads_to(code), code, ACTIONS.get(code, ""))
    assert guests.standing(shown).next == "mobile_otp"
    assert by_code(shown, world).mode == "mobile_otp"


@pytest.mark.req("R-POS-13", "R-POS-15")
@pytest.mark.parametrize("code", SOME)
def test_home_card_without_a_mobile_is_sold_to_without_authentication(ravis, world, uidai, code):
    cast.card(cast.CARD, cast.person("Asha Devi", cast.ASHA))
    uidai.behave(cast.ASHA, code=code)
    shown = cast.visit()

    cast.finger(shown, world)
    receipt = cast.sell(shown, wheat=5_000)

    assert (receipt.mode, receipt.why) == ("unauthenticated", "no_mobile_seeded")
    assert Sale.objects.get().ekyc_asked


@pytest.mark.req("R-POS-15")
@pytest.mark.parametrize("code", BADLY_READ)
def test_finger_badly_read_is_read_again_but_not_for_ever(ashas, world, uidai, code):
    uidai.behave(cast.ASHA, code=code)
    shown = cast.visit()

    steps = [(cast.finger(shown, world).outcome, guests.standing(shown).next) for _ in range(3)]

    assert steps == [
        ("capture_again", "biometric"),
        ("capture_again", "biometric"),
        ("capture_again", "mobile_otp"),
    ]
    assert by_code(shown, world).mode == "mobile_otp"


@pytest.mark.req("R-POS-15")
@pytest.mark.parametrize("fault", SILENT, ids=lambda one: next(iter(one)))
def test_home_card_goes_on_when_aadhaar_is_silent(ashas, world, uidai, fault):
    uidai.behave(cast.ASHA, **fault)
    shown = cast.visit()

    attempt = cast.finger(shown, world)

    assert told(attempt) == ("biometric", "try_later", "", "")
    assert by_code(shown, world).mode == "mobile_otp"


@pytest.mark.req("R-POS-15")
def test_home_card_goes_on_where_no_aadhaar_is_wired(ashas, world, settings):
    settings.AADHAAR_URL = ""
    shown = cast.visit()

    assert cast.finger(shown, world).outcome == "try_later"
    assert by_code(shown, world).mode == "mobile_otp"


def test_code_that_no_table_knows_is_kept_as_far_as_it_fits(ashas, world, uidai):
    uidai.behave(cast.ASHA, code="E-2031-BRAND-NEW", action="A-UNHEARD-OF")
    shown = cast.visit()

    assert told(cast.finger(shown, world)) == ("biometric", "next_step", "E-2031-B", "A-UNHEAR")
    assert guests.standing(shown).next == "mobile_otp"


def test_named_codes_lead_to_the_next_step():
    assert [leads_to(code) for code in ("300", "330", "811", "950", "998", TIMED_OUT)] == [
        "mismatch", "next_step", "next_step", "next_step", "next_step", "try_later",
    ]  # fmt: skip


@pytest.mark.req("R-PRT-10", "R-PRT-11")
@pytest.mark.parametrize("code", TECHNICAL)
def test_technical_code_opens_no_other_mode_to_a_visitor_and_uses_up_no_finger(ravis, world, uidai, code):
    uidai.behave(cast.ASHA, code=code)
    one = guests.guest()

    attempt = guests.finger(one, world)

    assert (attempt.outcome, attempt.code) == (leads_to(code), code)
    assert (one.standing.next, one.standing.mode, one.standing.fingers_tried) == ("biometric", None, ())
    assert refusals_of_other_modes(one) == ["portability_only_biometric"] * 3
    assert code_of(lambda: guests.sell(one, rice=1_000)) == "authenticate_first"


@pytest.mark.req("R-PRT-10", "R-PRT-11")
@pytest.mark.parametrize("code", MISMATCHED)
def test_mismatch_opens_no_other_mode_to_a_visitor_and_uses_up_the_finger(ravis, world, uidai, code):
    uidai.behave(cast.ASHA, code=code)
    one = guests.guest()

    guests.finger(one, world)

    assert (one.standing.next, one.standing.mode) == ("biometric", None)
    assert one.standing.fingers_tried == ("LEFT_INDEX",)
    assert refusals_of_other_modes(one) == ["portability_only_biometric"] * 3
    assert code_of(lambda: guests.sell(one, rice=1_000)) == "authenticate_first"


@pytest.mark.req("R-PRT-11")
@pytest.mark.parametrize("fault", SILENT, ids=lambda one: next(iter(one)))
def test_visitor_gets_no_other_mode_when_aadhaar_is_silent(ravis, world, uidai, fault):
    uidai.behave(cast.ASHA, **fault)
    one = guests.guest()

    assert guests.finger(one, world).outcome == "try_later"
    assert (one.standing.next, one.standing.fingers_tried) == ("biometric", ())
    assert refusals_of_other_modes(one) == ["portability_only_biometric"] * 3


@pytest.mark.req("R-PRT-03", "R-PRT-07")
@pytest.mark.parametrize("code", SOME)
def test_visitor_is_served_once_a_finger_matches_whatever_came_before(ravis, world, clock, uidai, code):
    uidai.behave(cast.ASHA, code=code, times=1)
    one = guests.guest()

    guests.finger(one, world)
    guests.finger(one, world, named="RIGHT_INDEX")

    assert guests.sell(one, rice=1_000).mode == "biometric"


def test_home_card_goes_on_when_the_number_is_not_in_the_vault(ashas, world):
    Person.objects.filter(name="Asha Devi").update(aadhaar_ref=b"\x01" * 32)
    shown = cast.visit()

    assert told(cast.finger(shown, world)) == ("biometric", "our_fault", "", "")
    assert by_code(shown, world).mode == "mobile_otp"


def test_home_card_goes_on_when_its_seal_is_broken(ashas, world, settings):
    settings.VAULT_KEY = bytes(32)
    shown = cast.visit()

    assert told(cast.finger(shown, world)) == ("biometric", "our_fault", "", "")


def refusals_of_other_modes(one):
    """What the three other ways answer to a visitor."""
    ways = (
        lambda: tries.skip_finger(one.visit, members=one.members, why="reader", at=one.at),
        lambda: tries.send_code(one.visit, members=one.members, member=1, at=one.at),
        lambda: tries.go_without(one.visit, members=one.members, why="mobile_not_carried", at=one.at),
    )
    return [code_of(way) for way in ways]


def code_of(way):
    with pytest.raises(Refused) as no:
        way()
    return no.value.code
