"""What a family gets in hand: the receipt on paper and as a message."""

import json
import re
from datetime import date
from io import BytesIO
from threading import Event
from uuid import uuid4

import pytest
from django.utils import translation
from PIL import Image
from pypdf import PdfReader

from rasad.counter import receipts_read, selling, telling
from rasad.counter.models import Sale
from rasad.counter.paper import receipt
from rasad.counter.telling import Teller
from rasad.policy.authentication import authentication
from rasad.web import typesetting
from tests.cast import HISAR, client_of, staff
from tests.counter import cast, guests
from tests.relief.reading_pdf import pages

LANGUAGES = ("en", "hi", "bn")
pytestmark = pytest.mark.django_db


@pytest.fixture
def by_finger(ashas, world):
    shown = cast.visit()
    cast.finger(shown, world)
    cast.sell(shown, wheat=2_345, pulses=2_500)
    return Sale.objects.get()


@pytest.fixture
def without(ashas, world):
    shown = cast.visit()
    cast.unauthenticated(shown)
    cast.sell(shown, wheat=7_500)
    return Sale.objects.get()


@pytest.fixture
def to_a_guest(ravis, world, clock):
    one = guests.guest()
    guests.finger(one, world)
    guests.sell(one, rice=6_000, wheat=2_000)
    return Sale.objects.get()


def sheet(sale, *, at=cast.NOON, language="en"):
    with translation.override(language):
        return json.loads(receipt.sheet(sale, at=at)["receipt.json"])


def pdf(sale, language):
    with translation.override(language):
        return receipt.pdf(sale, at=sale.at)


def said_in(made):
    (page,) = pages(made)
    return " ".join(page.split())


@pytest.mark.req("R-POS-21")
def test_receipt_says_who_where_when_how_and_how_much(by_finger):
    paper = sheet(by_finger)

    assert paper["issuer"] == "Government of Haryana · Department of Food and Supplies"
    assert paper["facts"] == [
        ["Shop", "Ravi Store"],
        ["", "106300100001"],
        ["Time", "12 November 2026, 12:00"],
        ["Receipt", receipt.number_of(str(by_finger.pk))],
        ["Card", "XXXXXXXX0042"],
        ["Ration of", "November 2026"],
        ["Member", "Asha Devi"],
        ["Shown by", "finger (Aadhaar)"],
    ]
    assert [list(line.values()) for line in paper["lines"]] == [
        ["Wheat", "Food Security Act (NFSA)", "2.345 kg × ₹2.00", "₹4.69", "Left this month: 12.655 kg"],
        ["Pulses", "State scheme", "2.5 kg × ₹20.00", "₹50.00", "Left this month: 0 kg"],
    ]
    assert paper["total"] == ["Total", "₹54.69"]
    assert (paper["copy"], paper["marks"], paper["notes"]) == ("", [], [])
    assert paper["helpline"] == "Something wrong? Call 1967, toll free."


@pytest.mark.req("R-POS-14")
def test_unauthenticated_sale_is_marked_and_asks_for_ekyc(without):
    paper = sheet(without)

    assert paper["marks"] == [["UNAUTHENTICATED SALE", "The mobile was not at hand."]]
    assert paper["notes"] == [
        "Please have every card and member linked with Aadhaar and validated by eKYC on the e-PoS of this shop."
        " It was asked for by 31 August 2021; ration is given all the same."
    ]
    assert without.ekyc_asked


@pytest.mark.req("R-POS-14")
def test_until_its_day_the_request_for_ekyc_says_by_when(without):
    day = authentication("IN-HR").home.ekyc_deadline.value
    before = Sale(**{name: getattr(without, name) for name in ("kind", "ekyc_asked")})

    told = receipt._notes(before, receipt.sold.told(without), [0], on=day)
    late = receipt._notes(before, receipt.sold.told(without), [0], on=date(2021, 9, 1))

    assert told == [
        "Please have every card and member linked with Aadhaar and validated by eKYC on the e-PoS of this shop,"
        " by 31 August 2021."
    ]
    assert "was asked for by 31 August 2021" in late[0]


@pytest.mark.req("R-POS-14")
def test_one_unseeded_member_is_enough_for_the_request(ravis, world):
    cast.card(cast.CARD, cast.person("Asha Devi", cast.ASHA), cast.person("Dinu"))
    shown = cast.visit()
    cast.finger(shown, world)
    cast.sell(shown, wheat=1_000)

    paper = sheet(Sale.objects.get())

    assert paper["marks"] == []
    assert "31 August 2021" in paper["notes"][0]


def test_visitor_reads_when_the_rest_may_be_taken(to_a_guest):
    paper = sheet(to_a_guest)

    assert ["Card of West Bengal", "XXXXXXXX0101"] in paper["facts"]
    assert ["Member", "member 1"] in paper["facts"]
    assert [line["left"] for line in paper["lines"]] == ["Left this month: 6 kg", "Left this month: 6 kg"]
    assert paper["notes"] == [
        "The rest may be taken at any shop outside the home State from 19 November 2026 to 30 November 2026, "
        "if it was not taken at home."
    ]


def test_rest_that_the_gap_pushes_beyond_the_month_is_to_be_had_at_home(ravis, world, clock):
    one = guests.guest(when=clock.on(25))
    guests.finger(one, world)
    guests.sell(one, rice=6_000)

    assert sheet(Sale.objects.get(), at=clock.at)["notes"] == [
        "The rest may be taken this month, until 30 November 2026, only in the home State."
    ]


def test_sale_taken_back_says_so_with_day_and_reason(by_finger):
    selling.reverse(by_finger, reason="weighed wrongly", by="ravi", at=cast.at(13))

    assert sheet(by_finger)["marks"] == [["TAKEN BACK", "12 November 2026, 13:00. weighed wrongly"]]


def test_receipt_asked_for_on_another_day_is_a_copy_with_the_balance_of_that_day(by_finger):
    paper = sheet(by_finger, at=cast.at(12, day=20))

    assert paper["copy"] == "Copy"
    assert paper["lines"][0]["left"] == "Left on 20 November 2026: 12.655 kg"


def test_what_is_free_costs_nothing_in_words(by_finger):
    by_finger.amount = 0

    assert sheet(by_finger)["total"] == ["Total", "free of cost"]


@pytest.mark.req("R-POS-21")
@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_one_page_58_mm_wide_without_a_whole_number_of_the_card(without, language):
    made = pdf(without, language)
    said = said_in(made)

    (page,) = PdfReader(BytesIO(made)).pages
    assert round(float(page.mediabox.width) / 72 * 25.4) == 58
    assert "XXXXXXXX0042" in said
    assert cast.CARD not in said
    assert "1967" in said


LONG = [
    "W" * 60,
    "आशादेवीकुमारीशर्मावर्मासिंहचौधरीयादवगुप्ता",
    "আশাদেবীকুমারীশর্মাসিংহচৌধুরীযাদবগুপ্তা",
    "ਹਰਪ੍ਰੀਤ ਕੌਰ ਸਿੰਘ ਗਿੱਲ ਸੰਧੂ ਬਰਾੜ",
]


@pytest.mark.parametrize("name", LONG)
def test_name_without_a_gap_stays_on_the_paper(by_finger, name):
    by_finger.shop.name = by_finger.shop.name_hi = name
    (picture,) = typesetting.pictures(
        receipt.TEMPLATE, receipt.sheet(by_finger, at=cast.NOON), dots_per_inch=254
    )

    page = Image.open(BytesIO(picture)).convert("L")

    # 10 dots a mm: nothing is printed on the outer 4 mm of either side.
    assert {page.crop((at, 0, at + 40, page.height)).getextrema() for at in (0, page.width - 40)} == {
        (255, 255)
    }


def test_hindi_and_bengali_copy_out_as_they_are_written(without):
    assert "बिना प्रमाणीकरण की बिक्री" in said_in(pdf(without, "hi"))
    assert "রেশনের রসিদ" in said_in(pdf(without, "bn"))


def test_receipt_of_a_sale_is_read_back_from_the_books(by_finger):
    read = receipts_read.receipt_of_sale(by_finger.pk)

    assert (read.card, read.mode, read.member, read.amount) == ("XXXXXXXX0042", "biometric", 1, 5_469)
    assert [(one.line, one.quantity, one.price, one.amount, one.left) for one in read.lines] == [
        ("wheat", 2_345, 200, 469, 12_655),
        ("pulses", 2_500, 2_000, 5_000, 0),
    ]
    with pytest.raises(Sale.DoesNotExist):
        receipts_read.receipt_of_sale(uuid4())


def inspector():
    return staff("isha", "inspector", ("district", HISAR), name="Isha")


def test_dealer_and_inspector_take_the_receipt_as_pdf(ravi, by_finger):
    for reader in (ravi, inspector()):
        answer = client_of(reader).get(f"/counter/sales/{by_finger.pk}/receipt.pdf")

        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")


def test_strangers_find_no_receipt(stranger, by_finger):
    assert client_of(stranger).get(f"/counter/sales/{by_finger.pk}/receipt.pdf").status_code == 404


def test_message_says_what_was_given_and_what_is_left(by_finger):
    assert telling.text(by_finger) == (
        "Ration given on card XXXXXXXX0042 on 12 November 2026 at Ravi Store: Wheat 2.345 kg, Pulses 2.5 kg. "
        "Paid Rs 54.69. Left this month: Wheat 12.655 kg, Pulses 0 kg. Not you? Call 1967. - Food and Supplies"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_message_is_the_registered_text_in_each_language(by_finger, world, language):
    assert telling.tell(by_finger, language=language)

    said = world.sms.messages_for("9999900001")[-1].text
    assert "XXXXXXXX0042" in said
    assert not re.search(r"\d{12}", said)


def test_family_without_a_mobile_and_a_visitor_are_not_told(ravis, world, clock):
    one = guests.guest()
    guests.finger(one, world)
    guests.sell(one, rice=6_000)
    cast.card(cast.BINODS_CARD, cast.person("Binod Kumar", cast.BINOD))
    shown = cast.visit(cast.BINODS_CARD)
    cast.finger(shown, world, of=cast.BINOD)
    cast.sell(shown, wheat=1_000)

    assert [telling.tell(sale, language="en") for sale in Sale.objects.all()] == [False, False]


def test_gateway_that_does_not_answer_costs_nothing(by_finger, settings):
    settings.SMS_URL = "http://127.0.0.1:9/"

    assert telling.tell(by_finger, language="en") is False


def test_nobody_is_told_of_a_sale_taken_back(by_finger, world):
    selling.reverse(by_finger, reason="weighed wrongly", by="ravi", at=cast.at(13))

    assert telling.tell(by_finger, language="en") is False


@pytest.mark.django_db(transaction=True)
def test_family_is_told_after_the_sale_without_the_sale_waiting(ashas, world, monkeypatch):
    told, seen = [], Event()
    monkeypatch.setattr(
        telling, "tell", lambda sale, *, language: (told.append((sale.holder, language)), seen.set())
    )
    shown = cast.visit()
    cast.finger(shown, world)

    cast.sell(shown, wheat=1_000)

    assert seen.wait(5)
    assert told == [(cast.CARD, "en")]


def test_more_than_can_wait_go_untold(settings, monkeypatch):
    settings.SMS_URL = "http://127.0.0.1:9/"
    monkeypatch.setattr(telling.threading.Thread, "start", lambda self: None)
    monkeypatch.setattr(telling.threading.Thread, "is_alive", lambda self: True)
    teller = Teller(waiting=2)

    assert [teller.later(str(uuid4()), language="en") for _ in range(3)] == [True, True, False]
