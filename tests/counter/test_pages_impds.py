"""Cards of other States in the browser: the menu, the consent, three fingers, half at a time."""

import pytest

from rasad.counter.models import Attempt, Consent, Sale, Visit
from tests.cast import client_of
from tests.counter import cast
from tests.counter.at_pages import agreed, guest, pid_data, touched, words

BILL = "/counter/impds/billing/bill-generation"
# The West Bengal card of the twins: 12 kg rice, 8 kg wheat; its first member is Asha's number at UIDAI.
CARD, UID = "190000000101", cast.ASHA
LATELY = "020000000104"  # half was lifted in Delhi the day before


@pytest.fixture
def counter(ravis, world, clock, ravi):
    """Ravi's browser."""
    return client_of(ravi)


@pytest.mark.req("R-PRT-04")
def test_menu_leads_from_impds_to_billing_to_bill_generation(counter):
    first = counter.get("/counter").content.decode()
    second = counter.get("/counter/impds").content.decode()
    third = counter.get("/counter/impds/billing").content.decode()

    assert 'href="/counter/impds"' in first
    assert 'href="/counter/impds/billing"' in second
    assert f'href="{BILL}"' in third
    assert "Counter IMPDS Billing Bill generation" in words(counter.get(BILL))


@pytest.mark.req("R-PRT-05", "R-PRT-06")
@pytest.mark.parametrize("typed", [{"card": CARD}, {"aadhaar": "9999 4105 7058"}, {"card": "१९०००००००१०१"}])
def test_card_or_aadhaar_number_leads_to_the_consent(counter, typed):
    page, _ = guest(counter, **typed)

    assert "Consent to the use of Aadhaar" in words(page)
    assert UID not in page.content.decode()
    assert Visit.objects.get().holder == f"IN-WB/{CARD}"


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({}, 422, "one of the two"),
        ({"card": CARD, "aadhaar": UID}, 422, "one of the two"),
        ({"aadhaar": "999941057059"}, 422, "This is no Aadhaar number"),
        ({"aadhaar": "१२"}, 422, "This is no Aadhaar number"),
        ({"card": "190000000999"}, 404, "enter it again"),
        ({"card": "190000000106"}, 409, "This card cannot be used outside its State."),
        ({"card": "100000000107"}, 409, "It is not linked with Aadhaar."),
        ({"card": "090000000108"}, 409, "the link is not validated"),
    ],
)  # fmt: skip
@pytest.mark.req("R-PRT-18")
def test_number_that_cannot_be_served_is_answered_in_words(counter, typed, status, said):
    page, _ = guest(counter, **typed)

    assert page.status_code == status
    assert said in words(page)


def test_aadhaar_number_is_not_sent_back_to_the_page(counter):
    page, _ = guest(counter, aadhaar="999990501894", card="1")
    refused, _ = guest(counter, aadhaar="999999990019")

    assert refused.status_code in (404, 422)
    assert "999999990019" not in refused.content.decode()
    assert page.status_code == 422


@pytest.mark.req("R-PRT-06", "R-PRT-21")
def test_nothing_is_captured_before_the_consent(counter, world):
    _, visit = guest(counter, card=CARD)

    early = counter.get(f"{visit}/finger")
    forced = counter.post(
        f"{visit}/finger", {"member": 1, "finger": "LEFT_INDEX", "captured": pid_data(world, UID)}
    )
    no = counter.post(f"{visit}/consent", {"given": "no", "version": "2026-11"})

    assert early.status_code == forced.status_code == no.status_code == 409
    assert "The beneficiary did not agree" in words(no)
    assert (Attempt.objects.count(), Consent.objects.count()) == (0, 0)


@pytest.mark.req("R-PRT-21")
def test_consent_keeps_version_and_language(counter):
    _, visit = guest(counter, card=CARD)

    counter.post(f"{visit}/consent?language=bn", {"given": "yes", "version": "2026-11"})
    outdated = counter.post(f"{visit}/consent", {"given": "yes", "version": "2019-01"})

    assert Consent.objects.values_list("text_version", "language").get() == ("2026-11", "bn")
    assert outdated.status_code == 302


@pytest.mark.req("R-PRT-07", "R-PRT-08")
def test_three_different_fingers_then_back_to_the_screen_before(counter, world):
    visit = agreed(counter, card=CARD)

    first = touched(counter, world, visit, "LEFT_INDEX", uid=UID, is_good=False)
    same = touched(counter, world, visit, "LEFT_INDEX", uid=UID, is_good=False)
    touched(counter, world, visit, "LEFT_THUMB", uid=UID, is_good=False)
    third = touched(counter, world, visit, "RIGHT_THUMB", uid=UID, is_good=False)
    again = counter.get(f"{visit}/finger")

    assert "Finger 2 of 3" in words(first)
    assert "index tried" in words(first)
    assert same.status_code == 409
    assert third.redirect_chain[-1][0] == f"{visit}/consent?again=1"
    assert "3 fingers did not match. 3 more may be tried" in words(third)
    assert "Finger 1 of 3" in words(again)
    assert Attempt.objects.count() == 3


@pytest.mark.req("R-PRT-10", "R-PRT-11")
def test_visitor_has_no_way_but_the_finger(counter, world):
    visit = agreed(counter, card=CARD)

    page = counter.get(f"{visit}/finger")
    skipped = counter.post(f"{visit}/finger/skip")
    code = counter.post(f"{visit}/code/send", {"member": 1})
    without = counter.post(f"{visit}/without", {"why": "mobile_not_carried"})
    quantities = counter.post(f"{visit}/quantities", {"rice": "1", "sell": "1"})

    assert "The finger cannot be read" not in words(page)
    assert skipped.status_code == 409
    assert code.url == without.url == quantities.url == f"{visit}/finger"
    assert (Sale.objects.count(), Attempt.objects.count()) == (0, 0)


@pytest.mark.req("R-PRT-09", "R-PRT-12", "R-PRT-13")
def test_half_is_sold_and_the_receipt_says_when_the_rest_may_be_taken(counter, world):
    visit = agreed(counter, card=CARD)

    quantities = touched(counter, world, visit, "LEFT_INDEX", uid=UID)
    more = counter.post(f"{visit}/quantities", {"rice": "6.001", "sell": "1"})
    receipt = counter.post(f"{visit}/quantities", {"rice": "6", "wheat": "4", "sell": "1"}, follow=True)

    assert "6 kg left" in words(quantities)
    assert "Only 6 kg is left" in words(more)
    assert "from 19 November 2026 to 30 November 2026" in words(receipt)
    assert "Take the sale back" not in words(receipt)
    assert Sale.objects.get().kind == "visitor"


@pytest.mark.req("R-PRT-15")
def test_card_that_lifted_yesterday_is_told_day_and_quantity(counter, world):
    visit = agreed(counter, card=LATELY)

    page = touched(counter, world, visit, "LEFT_INDEX", uid="999955183433")

    assert page.status_code == 409
    assert "Nothing can be lifted here before 18 November 2026." in words(page)
    assert "Shop 1204, Karol Bagh" in words(page)


def test_home_state_that_is_away_is_said(counter, world):
    world.impds.kill()

    page, _ = guest(counter, card=CARD)

    assert page.status_code == 503
