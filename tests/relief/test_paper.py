"""The printed token: what Asha holds in her hand, what Ravi reads on it, what a screen reader says of it."""

import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from rasad.relief.credential import public_keys, verify
from rasad.relief.paper import press
from rasad.relief.paper.contents import Member, Ration, Words
from rasad.relief.paper.sheet import qr_modules
from rasad.relief.paper.wording import DRAWN, DRAWN_ALONE
from rasad.relief.photo import read_code
from rasad.values.quantities import Grams, Paise
from rasad.values.refused import Refused
from tests.relief.paper_tokens import ASHA, MONTHS, SHOP, SIGNER, facts_of, signed
from tests.relief.reading_pdf import pages, structure

A5, A4_LYING = (148, 210), (297, 210)


def said(token) -> str:
    """The text of its one page, on one line."""
    (page,) = pages(press.render([token]))
    return " ".join(page.split())


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    boxes = [page.mediabox for page in PdfReader(BytesIO(pdf)).pages]
    return [(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes]


@pytest.fixture(scope="module")
def asha() -> str:
    return said(signed(ASHA))


@pytest.mark.parametrize(
    "words",
    [
        "संकट राशन टोकन Distress Ration Token",
        "063-48210-93715-6",
        "अप्रैल, मई, जून 2020 April, May, June 2020",
        "30 जून 2020 तक मान्य / Valid till 30 June 2020",
        "मुखिया / Holder आशा क्षत्रिय",
        "कालका / Kalka · ज़िला पंचकुला / Panchkula district",
        "सुरेन्द्र क्षत्रिय पति / husband 38",
        "ज्ञानेश्वरी पुत्री / daughter 11",
        "श्रेयस त्रिपाठी पुत्र / son 6",
        "विद्या देवी सास / mother-in-law",
        "गेहूँ / Wheat 25 किलो / kg निःशुल्क / free",
        "दाल / Pulses 2.5 किलो / kg निःशुल्क / free",
        "श्री त्र्यम्बक उचित मूल्य दुकान Shri Tryambak Fair Price Shop",
        "दुकान संख्या / Shop no. 106300100123",
        "पिंजौर / Pinjore, मुख्य बाज़ार",
        "आपके गाँव या वार्ड से लगभग 4.1 किमी दक्षिण-पश्चिम",
        "about 4.1 km south-west of your village or ward",
        "निःशुल्क फ़ोन 1967 toll free",
        "दुकान मना करे तो: दुकानदार से लिखवा लें: क्या नहीं दिया, क्यों और किस नियम से।",
        "call 1967 or complain to the District Food and Supplies Controller.",
    ],
)
def test_page_says_in_text_that_copies_out_whole(asha, words):
    assert words in asha


@pytest.mark.req("R-SCO-03")
def test_page_says_that_the_ration_is_a_supplement_in_both_languages(asha):
    assert "यह राशन परिवार की ज़रूरत में सहारा है, पूरी ज़रूरत नहीं।" in asha
    assert "This ration adds to the family's food; it is not all it needs." in asha


def test_one_token_is_small_enough_for_a_slow_line():
    assert len(press.render([signed(ASHA)])) <= 60_000


def test_page_is_tagged_for_screen_readers():
    pdf = press.render([signed(ASHA)])
    catalogue = PdfReader(BytesIO(pdf)).trailer["/Root"]
    tags = structure(pdf)

    assert catalogue["/MarkInfo"]["/Marked"].value is True
    assert catalogue["/Lang"] == "hi"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert [tag.strip() for tag in tags].count("/H1") == 1
    assert [tag.strip() for tag in tags].count("/Table") == 2
    assert [tag.strip() for tag in tags].count("/TH") == 6
    assert [tag.strip() for tag in tags].count("/Figure") == 1


def test_code_on_the_page_is_read_and_genuine():
    (picture,) = press.pictures([signed(ASHA)], dots_per_inch=150)

    assert verify(read_code(picture), public_keys(SIGNER.public_pem), on=date(2020, 5, 1)) == facts_of(ASHA)


def test_every_code_is_read_whatever_is_in_it():
    texts = [signed(ASHA, number=f"{place * 7_919:014}").signed for place in range(100)]
    read = []
    for text in texts:
        framed = np.pad(qr_modules(text), 4, constant_values=255).repeat(3, axis=0).repeat(3, axis=1)
        read += [code.text for code in zxingcpp.read_barcodes(framed)]

    assert read == texts


def test_code_is_read_in_a_small_crooked_grey_photo():
    (picture,) = press.pictures([signed(ASHA)], dots_per_inch=150)
    photo = Image.open(BytesIO(picture)).convert("L").rotate(100, expand=True, fillcolor=140)
    out = BytesIO()
    photo.point(lambda light: 60 + light // 3).save(out, "JPEG", quality=55)

    assert read_code(out.getvalue()) == signed(ASHA).signed


def test_both_codes_of_a_two_up_page_are_read():
    tokens = [signed(ASHA), signed(ASHA, number="06348210937149")]
    (picture,) = press.pictures(tokens, layout="a4-two-up", dots_per_inch=150)
    page = Image.open(BytesIO(picture))
    halves = []
    for left in (0, page.width // 2):
        out = BytesIO()
        page.crop((left, 0, left + page.width // 2, page.height)).save(out, "PNG")
        halves.append(read_code(out.getvalue()))

    assert halves == [token.signed for token in tokens]


def test_a5_has_one_token_a_page_and_a4_two_side_by_side():
    three = [signed(ASHA)] * 3

    assert sizes(press.render(three)) == [A5] * 3
    assert sizes(press.render(three, layout="a4-two-up")) == [A4_LYING] * 2


def test_same_tokens_give_the_same_bytes():
    assert press.render([signed(ASHA)] * 2) == press.render([signed(ASHA)] * 2)


def test_nothing_to_print_is_refused():
    with pytest.raises(Refused, match="nothing_to_print"):
        press.render([])


def test_token_without_a_shop_says_who_will_name_one():
    text = said(signed(ASHA, shop=None))

    assert (
        "आपकी दुकान अभी तय होनी है। ज़िले का जिला खाद्य एवं आपूर्ति नियंत्रक (डीएफएससी) कार्यालय आपको दुकान बताएगा।"
        in text
    )
    assert (
        "The office of the District Food and Supplies Controller (DFSC) of your district will tell you"
        in text
    )


def test_shop_of_the_own_village_needs_no_way():
    text = said(signed(ASHA, shop=replace(SHOP, is_own_place=True, distance_m=0)))

    assert "आपके अपने गाँव या वार्ड में in your own village or ward" in text


def test_shop_without_coordinates_is_still_named():
    text = said(signed(ASHA, shop=replace(SHOP, at=None, home=None, distance_m=650)))

    assert "आपके गाँव या वार्ड से लगभग 650 मीटर about 650 m from your village or ward" in text


def test_ration_that_differs_by_month_stands_by_month_with_its_price():
    rice = Ration(
        Words("चावल", "Rice"), ((Grams(5_000), Paise(300)), (Grams(7_500), Paise(300)), (Grams(0), Paise(0)))
    )
    text = said(signed(ASHA, rations=(*ASHA.rations, rice)))

    assert "वस्तु / Item अप्रैल / April मई / May जून / June दाम / Price" in text
    assert "चावल / Rice 5 किलो / kg 7.5 किलो / kg 0 किलो / kg ₹3.00, ₹0.00 / kg" in text


def test_token_of_may_names_only_the_months_left():
    text = said(signed(ASHA, months=MONTHS[1:]))

    assert "मई, जून 2020 May, June 2020" in text
    assert "April, May" not in text


@pytest.mark.parametrize("members", [1, 4, 8, 9, 16])
def test_family_of_any_size_has_one_page_with_everybody(members):
    family = tuple(Member(f"Member {place:02}", "son", place) for place in range(members))
    text = said(signed(ASHA, members=family))

    assert [person.name for person in family if person.name not in text] == []
    assert "more members" not in text


def test_very_large_family_has_one_page_and_the_rest_are_counted():
    family = tuple(Member(f"Member {place:02}", "son", place) for place in range(40))
    text = said(signed(ASHA, members=family))

    assert "Member 15" in text
    assert "और 24 सदस्य / and 24 more members" in text


@pytest.mark.parametrize(
    "name",
    ['#eval("x") $a$', "*bold* _it_ `x`", "= heading", "\\u{41} <label> @ref", "//comment", "-- ~ 1. a", "#"],
)
def test_markup_in_a_name_is_printed_as_it_is(name):
    text = said(signed(ASHA, holder=name, members=(Member(name, name, 3),)))

    assert text.count(" ".join(name.split())) >= 2


def test_name_of_ten_megabytes_is_cut():
    text = said(signed(ASHA, holder="आ" * 10_000_000, members=(Member("W" * 10_000_000, "x" * 99_999, 3),)))

    assert "आ" * 37 + "…" in text
    assert "W" * 29 + "…" in text
    assert len(text) < 3_000


def test_letters_that_no_font_has_are_marked_and_tricks_with_direction_are_gone():
    text = said(signed(ASHA, holder="ਗੁਰਪ੍ਰੀਤ", members=(Member("Asha\u202e 😀\x00\n\u2028X", "", 3),)))

    assert "मुखिया / Holder ????????" in text
    assert "Asha ? X" in text


def test_every_letter_that_is_let_through_has_a_glyph():
    letters = [chr(code) for first, last in DRAWN for code in range(first, last + 1)] + list(DRAWN_ALONE)
    known = [letter for letter in letters if unicodedata.category(letter) not in ("Cn", "Cf", "Zs")]
    # Thirty a page on pages of one token each; a mark without a letter stands on a circle.
    tokens = [
        signed(ASHA, holder="".join(known[start : start + 30]), members=())
        for start in range(0, len(known), 30)
    ]

    assert len(sizes(press.render(tokens))) == len(tokens)


def test_no_aadhaar_number_and_no_mobile_is_on_the_page(asha):
    longest = max((len(run) for run in "".join(c if c.isdigit() else " " for c in asha).split()), default=0)

    # The shop's number has twelve digits and is no person's.
    assert longest == len(SHOP.number)
    assert asha.replace(SHOP.number, "").count("9999") == 0
