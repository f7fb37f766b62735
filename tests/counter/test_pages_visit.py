"""The browser counter, screen by screen: a home card from its number to the receipt."""

import re
from uuid import uuid4

import pytest

from rasad.accounts.models import User
from rasad.connectors.aadhaar import codes
from rasad.counter import visits
from rasad.counter.models import Attempt, Sale, Visit
from rasad.counter.receipts import number_of
from rasad.ledger.models import Account
from rasad.shops.actions import close_day
from rasad.shops.models import Shop
from tests.cast import client_of, staff
from tests.counter import cast
from tests.counter.at_pages import passed, pid_data, queries, shown, words

READER_DOWN = '<PidData><Resp errCode="720" errInfo="Device not ready"/></PidData>'


@pytest.fixture
def counter(ashas, clock, ravi: User):
    """Ravi's browser, with Asha's card in the register."""
    return client_of(ravi)


@pytest.mark.req("R-POS-05", "R-POS-06", "R-POS-07")
def test_card_number_opens_the_family_with_what_is_seeded_and_due(counter):
    page, _ = shown(counter)

    said = words(page)
    assert "Asha Devi ✓ Aadhaar validated ✓ mobile …0001" in said
    assert "Binod Kumar ✓ Aadhaar validated ✕ no mobile" in said
    assert "Wheat 15 kg of 15 kg · ₹2.00 a kg · in stock 1,000 kg" in said
    assert "Go on with the finger" in said
    assert cast.CARD not in said


def test_number_typed_in_hindi_digits_with_spaces_is_understood(counter):
    page, _ = shown(counter, "०६९९ ००००००४२")

    assert "Asha Devi" in words(page)


@pytest.mark.parametrize(
    ("number", "status", "said"),
    [
        ("", 422, "This field is required."),
        ("069900000099", 404, "The card was not found."),
        ("x" * 31, 422, "at most 30 characters"),
        ("'; DROP TABLE", 404, "The card was not found."),
    ],
)
def test_number_that_is_none_is_answered_in_words(counter, number, status, said):
    page = counter.post("/counter", {"number": number})

    assert page.status_code == status
    assert said in words(page)
    assert Visit.objects.count() == 0


@pytest.mark.req("R-POS-08", "R-POS-12", "R-POS-21")
def test_finger_then_quantities_then_receipt(counter, world):
    _, visit = shown(counter)

    counter.post(f"{visit}/finger", {"member": 1, "finger": "LEFT_INDEX", "captured": pid_data(world)})
    price = counter.post(f"{visit}/quantities", {"wheat": "10.5", "pulses": "2"})
    sold = counter.post(f"{visit}/quantities", {"wheat": "10.5", "pulses": "2", "sell": "1"}, follow=True)

    assert "₹61.00" in words(price)
    sale = Sale.objects.get()
    said = words(sold)
    assert f"Receipt {number_of(str(sale.pk))}" in said
    assert "₹61.00 Item Quantity Amount Wheat left: 4.5 kg 10.5 kg × ₹2.00 ₹21.00" in said
    assert "Finger, Asha Devi" in said
    assert (sale.mode, sale.dealer, sale.amount) == ("biometric", "ravi", 6_100)


def test_sale_sent_twice_is_one_sale(counter, world):
    _, visit = shown(counter)
    counter.post(f"{visit}/finger", {"member": 1, "finger": "LEFT_INDEX", "captured": pid_data(world)})

    first = counter.post(f"{visit}/quantities", {"wheat": "5", "sell": "1"})
    again = counter.post(f"{visit}/quantities", {"wheat": "5", "sell": "1"})

    assert first.url == again.url
    assert Sale.objects.count() == 1
    assert "Nothing more was sold" not in words(counter.get(again.url))


@pytest.mark.parametrize("typed", [{"wheat": "6"}, {"wheat": "5", "pulses": "1"}, {"wheat": "x"}, {}])
def test_second_tab_that_asks_for_other_quantities_is_told_that_nothing_more_was_sold(counter, typed):
    visit = passed(counter)
    counter.post(f"{visit}/quantities", {"wheat": "5", "sell": "1"})

    page = counter.post(f"{visit}/quantities", {**typed, "sell": "1"}, follow=True)

    assert "Nothing more was sold: this visit had its sale." in words(page)
    assert Sale.objects.count() == 1


@pytest.mark.req("R-POS-09", "R-POS-10", "R-POS-11")
def test_finger_that_did_not_match_leads_to_the_code(counter, world):
    _, visit = shown(counter)

    page = counter.post(
        f"{visit}/finger", {"member": 1, "finger": "LEFT_INDEX", "captured": pid_data(world, is_good=False)},
        follow=True,
    )  # fmt: skip
    sent = counter.post(f"{visit}/code/send", {"member": 1}, follow=True)
    code = world.sms.messages_for("9999900001")[-1].text.split()[0]
    wrong = counter.post(f"{visit}/code", {"code": "000000"}, follow=True)
    right = counter.post(f"{visit}/code", {"code": f"{code[:3]} {code[3:]}"}, follow=True)

    assert "To which mobile? The family chooses" in words(page)
    assert "Binod Kumar: no mobile" in words(page)
    assert "A code went to XXXXXX0001 ." in words(sent)
    assert "It may be entered 2 more times." in words(wrong)
    assert "How much? Code on a mobile" in words(right)
    assert code not in right.content.decode()


@pytest.mark.req("R-POS-11")
def test_code_after_its_minute_is_over(counter, clock, world):
    _, visit = shown(counter)
    counter.post(f"{visit}/finger/skip")
    counter.post(f"{visit}/code/send", {"member": 1})
    code = world.sms.messages_for("9999900001")[-1].text.split()[0]

    clock.forward(seconds=61)
    page = counter.post(f"{visit}/code", {"code": code}, follow=True)

    assert "The time for this code is over." in words(page)
    assert "Send the code" in words(page)


def test_code_of_other_than_six_digits_is_said_at_the_field(counter, world):
    _, visit = shown(counter)
    counter.post(f"{visit}/finger/skip")
    counter.post(f"{visit}/code/send", {"member": 1})

    page = counter.post(f"{visit}/code", {"code": "12ab"})

    assert page.status_code == 422
    assert "The code has six digits." in words(page)
    assert Attempt.objects.filter(step="mobile_otp").count() == 0


@pytest.mark.req("R-POS-13", "R-POS-14", "R-POS-15")
def test_family_without_finger_and_code_is_served_and_asked_for_ekyc(counter):
    _, visit = shown(counter)

    skipped = counter.post(f"{visit}/finger/skip", follow=True)
    reasons = counter.get(f"{visit}/without")
    counter.post(f"{visit}/without", {"why": "mobile_not_carried"})
    receipt = counter.post(f"{visit}/quantities", {"wheat": "15", "sell": "1"}, follow=True)

    assert "No finger could be read." in words(skipped)
    assert "The mobile was not at hand" in words(reasons)
    assert "The code was wrong" not in words(reasons)
    assert "Sold without authentication." in words(receipt)
    assert "by eKYC, at this shop, by 31 August 2021." in words(receipt)
    assert "Without authentication (The mobile was not at hand)" in words(receipt)


def test_reason_that_did_not_happen_is_refused(counter):
    _, visit = shown(counter)
    counter.post(f"{visit}/finger/skip")

    page = counter.post(f"{visit}/without", {"why": "otp_wrong"})

    assert page.status_code == 422


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-1", "Write a number that is not below zero."),
        ("1.2345", "At most three digits after the point"),
        ("15.001", "Only 15 kg is left on the card this month."),
        ("much", "Write a number, for example 2.5."),
        ("1e3", "Write a number, for example 2.5."),
        ("NaN", "Write a number, for example 2.5."),
        ("1.2.3", "Write a number, for example 2.5."),
        (".", "Write a number, for example 2.5."),
        ("9" * 13, "at most 12 characters"),
    ],
)
def test_odd_quantity_is_said_at_its_field(counter, typed, said):
    visit = passed(counter)

    page = counter.post(f"{visit}/quantities", {"wheat": typed, "sell": "1"})

    assert page.status_code == 422
    assert said in words(page)
    assert 'aria-invalid="true"' in page.content.decode()
    assert Sale.objects.count() == 0


def test_nothing_typed_is_no_sale(counter):
    page = counter.post(f"{passed(counter)}/quantities", {"wheat": "", "pulses": "0"})

    assert "Write how much is handed over of at least one line." in words(page)


def test_more_than_the_shop_has_is_said_at_the_field(counter, ashas, clock):
    Account.objects.filter(kind="stock", commodity="wheat").update(given=990_000)

    page = counter.post(f"{passed(counter)}/quantities", {"wheat": "15"})

    assert "Only 10 kg is in stock in this shop." in words(page)


def test_everything_that_is_left_is_filled_in_without_scripts(counter):
    visit = passed(counter)

    page = counter.get(f"{visit}/quantities?all=1").content.decode()
    one = counter.post(f"{visit}/quantities?all=1", {"wheat": "3", "all": "pulses"}).content.decode()
    sold = counter.post(f"{visit}/quantities?all=1", {"wheat": "3", "sell": "1"}, follow=True)

    assert re.search(r'name="wheat" value="15"', page)
    assert re.search(r'name="pulses" value="2.5"', page)
    assert re.search(r'name="wheat" value="3"', one)
    assert re.search(r'name="pulses" value="2.5"', one)
    assert "Receipt" in words(sold)


def test_visit_goes_on_where_it_was_after_a_reload(counter, world):
    _, visit = shown(counter)
    counter.post(f"{visit}/finger", {"member": 1, "finger": "LEFT_INDEX", "captured": pid_data(world)})

    assert counter.get(f"{visit}/finger").url == f"{visit}/quantities"
    assert counter.get(f"{visit}/code").url == f"{visit}/quantities"
    assert counter.get(f"{visit}/without").url == f"{visit}/quantities"
    assert "Go on to the grain" in words(counter.get(visit))


def test_visit_that_took_too_long_is_over(counter, clock):
    _, visit = shown(counter)

    clock.forward(minutes=16)

    assert counter.get(visit).status_code == 410


@pytest.mark.parametrize("captured", ["", "rubbish", READER_DOWN, "<x>" * 1000])
def test_capture_that_cannot_be_used_is_no_try(counter, captured):
    _, visit = shown(counter)

    page = counter.post(f"{visit}/finger", {"member": 1, "finger": "LEFT_INDEX", "captured": captured})

    assert page.status_code in (409, 422)
    assert "The finger cannot be read" in words(page)
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize(
    ("member", "finger"),
    [("9", "LEFT_INDEX"), ("", "LEFT_INDEX"), ("1", "NOSE"), ("x", ""), ("-1", "LEFT_INDEX")],
)
def test_member_or_finger_that_is_none_is_refused(counter, world, member, finger):
    _, visit = shown(counter)

    page = counter.post(f"{visit}/finger", {"member": member, "finger": finger, "captured": pid_data(world)})

    assert page.status_code == 422
    assert Attempt.objects.count() == 0


def test_page_of_the_finger_may_ask_the_reader_and_no_other_page_may(counter):
    page, visit = shown(counter)

    finger = counter.get(f"{visit}/finger")

    assert "connect-src 'self' http://127.0.0.1:*;" in finger["Content-Security-Policy"]
    assert "127.0.0.1" not in page["Content-Security-Policy"]


def test_uidais_code_is_said_in_the_readers_language(counter, world):
    world.aadhaar.uidai.behave(cast.ASHA, code="330")
    _, visit = shown(counter)

    page = counter.post(
        f"{visit}/finger?language=hi", {"member": 1, "finger": "LEFT_INDEX", "captured": pid_data(world)}, follow=True
    )  # fmt: skip

    assert codes.said("330", "hi") in words(page)


@pytest.mark.parametrize("path", ["", "/finger", "/code", "/without", "/quantities", "/stuck", "/consent"])
def test_stranger_and_other_dealer_find_nothing(counter, stranger, path):
    _, visit = shown(counter)
    other = staff("hari", "dealer", ("shop", cast.STRANGERS), name="Hari")

    assert client_of(other).get(visit + path).status_code == 404
    assert client_of(stranger).get(visit + path).status_code == 403


def test_visit_of_a_device_is_not_gone_on_with_in_a_browser(counter):
    key = uuid4()
    visits.open_visit(id=key, shop=Shop.objects.get(), number=cast.CARD, at=cast.NOON, device="till-1")

    assert counter.get(f"/counter/visit/{key}").status_code == 404


def test_closed_shop_opens_no_visit_and_says_so(counter, clock, ravis):
    close_day(shop=ravis, on=cast.NOON.date(), reason="Fair", by="test", at=cast.NOON)

    page = counter.post("/counter", {"number": cast.CARD})

    assert "Shop closed" in words(page)
    assert "No visit can be opened." in words(page)


def test_pages_of_a_visit_ask_the_database_as_often_for_a_large_family(counter):
    cast.card(cast.BINODS_CARD, *[cast.person(f"Child {place}") for place in range(7)])
    _, small = shown(counter)
    _, large = shown(counter, cast.BINODS_CARD)

    assert queries(counter, small) == queries(counter, large)
