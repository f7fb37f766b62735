"""The notice that hangs in every shop."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from rasad.counter.paper import notice
from tests.cast import client_of
from tests.counter import cast
from tests.relief.reading_pdf import pages

ON = date(2026, 11, 12)
LANGUAGES = ("en", "hi", "bn")
pytestmark = pytest.mark.django_db


def said(shop, language="en"):
    with translation.override(language):
        return notice.notice(shop, on=ON)


@pytest.mark.req("R-PRT-20")
def test_notice_has_both_parts_of_the_procedure_and_the_order(ravis):
    told = said(ravis)

    assert (told.shop, told.number) == ("Ravi Store", cast.RAVIS)
    assert [(part.title, len(part.steps)) for part in told.parts] == [
        ("A. Cards of this shop", 8),
        ("B. Cards of other States", 9),
    ]
    assert told.order == (
        "By order 2458-FNS-17014/1/2021-IT SEC of 29 July 2021, Government of West Bengal. "
        "Haryana has published no procedure of its own and follows it."
    )
    assert told.helpline == "Refused, or given less? Call 1967, toll free."


def test_numbers_of_the_notice_are_those_of_the_rules(ravis):
    home, guests = said(ravis).parts

    assert "If the finger fails 1 time" in home.steps[3]
    assert "within 60 seconds" in home.steps[3]
    assert "by 31 August 2021" in home.steps[6]
    assert "ask the Inspector, F&S" in home.steps[7]
    assert guests.steps[1] == "On the e-PoS the dealer opens IMPDS > Billing > Bill generation."
    assert "3 different fingers" in guests.steps[4]
    assert "no code, and no sale without authentication" in guests.steps[5]
    assert guests.steps[7] == (
        "50 % of the full monthly entitlement of the family may be taken at a time; the remaining 50 % after 7 days,"
        " if it was not taken at home."
    )


def test_changed_rule_changes_the_notice(ravis, monkeypatch):
    rules = notice.authentication("IN-HR")
    step = rules.home.mobile_otp.model_copy(update={"window_seconds": 90})
    home = rules.home.model_copy(update={"mobile_otp": step, "chain": ("mobile_otp",)})
    monkeypatch.setattr(notice, "authentication", lambda state: rules.model_copy(update={"home": home}))

    part = said(ravis).parts[0]

    assert len(part.steps) == 6
    assert "within 90 seconds" in part.steps[2]


def test_state_that_published_it_follows_nobody(ravis, monkeypatch):
    monkeypatch.setattr(notice.wiring, "state_code", lambda: "IN-WB")

    assert (
        said(ravis).order
        == "By order 2458-FNS-17014/1/2021-IT SEC of 29 July 2021, Government of West Bengal."
    )


@pytest.mark.req("R-PRT-20")
@pytest.mark.parametrize("language", LANGUAGES)
def test_notice_fits_on_one_sheet_of_a4(ravi, ravis, language):
    answer = client_of(ravi).get(f"/counter/notice/{language}.pdf")

    assert answer["Content-Type"] == "application/pdf"
    (sheet,) = PdfReader(BytesIO(answer.content)).pages
    assert [round(float(side) / 72 * 25.4) for side in (sheet.mediabox.width, sheet.mediabox.height)] == [
        210,
        297,
    ]
    (text,) = pages(answer.content)
    # Where one line of writing ends in another script is the reader's guess: blanks do not count.
    for fact in ("2458", "1967", "50%", "IMPDS", cast.RAVIS):
        assert fact in "".join(text.split())


def test_pdf_says_what_the_page_says(ravis):
    with translation.override("hi"):
        sheet = json.loads(notice.sheet(ravis, on=ON)["notice.json"])

    assert sheet["parts"] == [[part.title, list(part.steps)] for part in said(ravis, "hi").parts]
    assert sheet["lang"] == "hi"


@pytest.mark.parametrize(("language", "words"), [("en", "A. Cards of this shop"), ("hi", "दूसरे राज्यों के कार्ड")])
def test_page_has_the_notice_in_the_readers_language(ravi, ravis, language, words):
    answer = client_of(ravi).get("/counter/notice", headers={"accept-language": language})

    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_notice_of_another_area_is_not_there(stranger, ravis):
    cast.strangers_shop()

    assert client_of(stranger).get(f"/counter/notice?shop={cast.RAVIS}").status_code == 404
    assert client_of(stranger).get(f"/counter/notice/hi.pdf?shop={cast.RAVIS}").status_code == 404


def test_notice_in_a_language_we_do_not_speak_is_not_there(ravi, ravis):
    assert client_of(ravi).get("/counter/notice/xx.pdf").status_code == 404
