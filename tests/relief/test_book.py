"""The bulk print of an office: one tagged file, by shop and village, with a cover to sign for."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from rasad.relief.paper import press
from rasad.relief.paper.contents import Words
from rasad.relief.paper.cover import Tally
from rasad.web import typesetting
from rasad.web.pdf_join import part
from tests.relief.paper_tokens import ASHA, SHOP, signed
from tests.relief.reading_pdf import pages

ON = date(2020, 5, 2)
COUNT = 121
KALKA, PINJORE = Words("कालका", "Kalka"), Words("पिंजौर", "Pinjore")
SECOND = replace(SHOP, number="106300100124", name=Words("रवि राशन दुकान", "Ravi Ration Shop"))


def tokens(count: int):
    """Two villages at the first shop, one at the second, and a last token without a shop."""
    kinds = [
        {"shop": SHOP, "place": KALKA},
        {"shop": SHOP, "place": PINJORE},
        {"shop": SECOND, "place": PINJORE},
    ]
    for place in range(count - 1):
        yield signed(ASHA, number=f"{6_300_000_000_000 + place:014}", **kinds[place * 3 // (count - 1)])
    yield signed(ASHA, number="06399999999999", shop=None)


def printed(count: int, **how) -> bytes:
    out = BytesIO()
    assert press.print_book(tokens(count), out, **how) == count
    return out.getvalue()


@pytest.fixture(scope="module")
def book() -> bytes:
    """More than one process takes at a time: its pages are put together from two parts and the cover."""
    return printed(COUNT, cover_on=ON, processes=2)


def test_cover_counts_tokens_and_serials_by_shop_and_village(book):
    cover = " ".join(pages(book, 0)[0].split())

    assert "ज़िला / District: पंचकुला / Panchkula" in cover
    assert "टोकन / Tokens: 121" in cover
    assert "छपाई / Printed: 2 मई 2020 / 2 May 2020" in cover
    assert (
        "श्री त्र्यम्बक उचित मूल्य दुकान / Shri Tryambak Fair Price Shop 106300100123 "
        "कालका / Kalka 40 1–40 पिंजौर / Pinjore 40 41–80" in cover
    )
    assert "रवि राशन दुकान / Ravi Ration Shop 106300100124 पिंजौर / Pinjore 40 81–120" in cover
    assert "दुकान तय होनी है / shop still to be named कालका / Kalka 1 121" in cover


def test_tokens_stand_in_their_order_with_their_serials(book):
    found = pages(book, 1, 100, 101, 121)

    assert [page.split()[-1] for page in found] == ["1", "100", "101", "121"]
    assert "063-00000-00009-9" in found[1]
    assert "063-99999-99999-9" in found[3]


def test_every_page_leads_to_its_structure_and_back(book):
    reader = PdfReader(BytesIO(book), strict=True)
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    (document,) = root["/K"]
    keys = dict(numbered(root["/ParentTree"]))
    astray = [
        place
        for place, page in enumerate(reader.pages)
        for element in keys[page["/StructParents"]]
        if element.get_object().raw_get("/Pg") != page.indirect_reference
    ]

    assert len(keys) == COUNT + 1
    assert astray == []
    assert {top(keys[min(keys)][0].get_object()), document.get_object()["/S"]} == {"/Document"}


def numbered(node):
    for kid in node.get_object().get("/Kids", []):
        yield from numbered(kid)
    nums = node.get_object().get("/Nums", [])
    for place in range(0, len(nums), 2):
        yield int(nums[place]), nums[place + 1].get_object()


def top(element):
    while element["/P"].get_object().get("/Type") != "/StructTreeRoot":
        element = element["/P"].get_object()
    return element["/S"]


def test_head_cells_keep_names_of_their_own(book):
    tree = PdfReader(BytesIO(book)).trailer["/Root"]["/StructTreeRoot"]["/IDTree"]
    names = [name for kid in tree["/Kids"] for name in kid.get_object()["/Names"][::2]]

    assert len(names) == len(set(names)) == COUNT * 6 + 4
    assert names == sorted(names)


def test_page_of_a_book_is_a_third_of_a_single_one(book):
    assert len(book) / COUNT < len(press.render([signed(ASHA)])) / 3


def test_hundred_of_the_largest_families_fit_into_a_part():
    family = ASHA.members[1:2] * 60
    out = BytesIO()

    assert press.print_book((signed(ASHA, members=family) for _ in range(100)), out) == 100


def test_cover_of_a_very_large_district_fits():
    many = Tally()
    for place in range(4_000):
        many.count([replace(ASHA, place=Words(f"गाँव {place}", f"Village {place}"))])
    made = typesetting.pdf(press.COVER, many.files(ON), made_on=ON)
    with pytest.raises(ValueError, match="more than 16384 objects"):
        part(made, 0)

    assert part(made, 0, is_last=True).page_count > 100


def test_book_without_a_cover_has_no_serials():
    found = pages(printed(3))

    assert len(found) == 3
    assert found[0].split()[-1] == "needs."


def test_one_process_or_two_print_the_same_file(book):
    assert printed(COUNT, cover_on=ON, processes=1) == book


def test_progress_is_told():
    told: list[int] = []
    printed(101, processes=1, progress=told.append)

    assert told == [100, 101]
