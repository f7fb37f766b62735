"""A list of another office, as CSV or workbook: each of its rows ends in a named place, by its number in the file."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rasad.oversight.models import Campaign, ListRow, TakenList
from rasad.registry.models import Card, Household
from tests.cast import HISAR, client_of
from tests.counter import cast
from tests.counter.at_pages import words
from tests.oversight.test_campaign_pages import running
from tests.workbooks import FAILED, Sheet, padded, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HEAD = ("card_number", "aadhaar", "name", "says")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def ramas(ashas):
    """A card of Hisar whose number begins with zeros, and one of another district."""
    for number, district in (("000000000077", HISAR), ("000000000088", "71")):
        made = cast.card(number, cast.person(f"Rama {number[-2:]}"), category="AAY")
        Household.objects.filter(pk=made.household_id).update(district_code=district)
    return Card.objects.get(number="000000000077")


def sent(client, address, contents, name="cars.xlsx", **more):
    file = SimpleUploadedFile(name, contents, XLSX)
    return client.post(f"{address}/list", {"source": "Transport", "file": file, **more})


def ends():
    return list(
        ListRow.objects.order_by("line").values_list("line", "end", "code", "suspicion__card__number")
    )


ROWS = [
    HEAD,
    (padded(77), None, "Rama", "owns a car"),
    None,
    ("000000000088", None, "Rama", "owns a car"),
    (cast.CARD, None, "Asha", FAILED),
    (None, float(cast.BINOD), "Binod", "owns a car"),
    (None, None, "Nobody", "owns a car"),
    ("000000000077", None, "Rama again", "owns a car"),
]


def test_every_row_of_a_workbook_ends_in_a_named_place_by_its_number_in_the_sheet(ramas, officers):
    meena = client_of(officers.meena)
    address = running(meena)

    answer = sent(meena, address, xlsx(Sheet(ROWS, name="Cars"), Sheet([("x",)], name="Old", state="hidden")))

    assert answer.status_code == 302
    assert ends() == [
        (2, "matched", "", "000000000077"), (4, "elsewhere", "", None), (5, "unread", "formula_failed", None),
        (6, "matched", "", cast.CARD), (7, "waiting", "", None), (8, "known", "", "000000000077"),
    ]  # fmt: skip
    made = TakenList.objects.get()
    assert (made.file_name, made.sheet, made.hidden_sheets, made.rows) == ("cars.xlsx", "Cars", ["Old"], 6)
    page = words(meena.get(f"/campaigns/lists/{made.pk}"))
    assert "Hidden sheets were not read: Old" in page
    assert "Write the value into the cell, then give the file again." in page
    assert "cars.xlsx · sheet “Cars”" in words(meena.get(address))


def test_rows_of_one_end_are_shown_alone_and_an_unknown_end_shows_all(ramas, officers):
    meena = client_of(officers.meena)
    sent(meena, running(meena), xlsx(Sheet(ROWS)))
    page = f"/campaigns/lists/{TakenList.objects.get().pk}"

    assert [one.line for one in meena.get(f"{page}?end=known").context["rows"]] == [8]
    assert [one.line for one in meena.get(f"{page}?end=nothing").context["rows"]] == [2, 4, 5, 6, 7, 8]
    assert client_of(officers.sunil).get(page).status_code == 200


def test_list_does_not_exist_for_another_district(ramas, officers, stranger):
    meena = client_of(officers.meena)
    sent(meena, running(meena), xlsx(Sheet(ROWS)))

    assert client_of(stranger).get(f"/campaigns/lists/{TakenList.objects.get().pk}").status_code == 404


def test_rows_of_a_csv_end_as_named_and_no_line_vanishes(ramas, officers):
    meena = client_of(officers.meena)
    text = f"card_number,aadhaar,name,says\n000000000077,,Rama,car\n\n{cast.CARD},,Asha\n,,Nobody,car\n"

    assert sent(meena, running(meena), text.encode(), "cars.csv").status_code == 302

    assert ends() == [
        (2, "matched", "", "000000000077"), (4, "unread", "too_few_values", None), (5, "waiting", "", None),
    ]  # fmt: skip


def test_same_file_is_not_taken_twice(ramas, officers):
    meena = client_of(officers.meena)
    address, contents = running(meena), xlsx(Sheet(ROWS))
    sent(meena, address, contents)

    again = sent(meena, address, contents)

    assert (again.status_code, again.context["said"].code, TakenList.objects.count()) == (
        409,
        "list_taken_before",
        1,
    )


@pytest.mark.parametrize(
    ("contents", "name", "said"),
    [
        (b"\xd0\xcf\x11\xe0 old", "cars.xls", "The file cars.xls is a workbook of the old kind (.xls)."),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "cars.xlsx",
         "The workbook cars.xlsx is locked with a password."),
        (b"PK\x03\x04 broken", "cars.xlsx", "The workbook cars.xlsx cannot be read."),
        (xlsx(Sheet([HEAD], name="A"), Sheet([HEAD], name="B")), "cars.xlsx",
         "Several sheets of cars.xlsx hold something: A, B."),
        (xlsx(Sheet([HEAD])), "cars.xlsx", "The file cars.xlsx is empty."),
    ],
)  # fmt: skip
def test_workbook_that_cannot_be_used_is_said_on_the_page_of_the_campaign(
    ashas, officers, contents, name, said
):
    meena = client_of(officers.meena)

    answer = sent(meena, running(meena), contents, name)

    assert answer.context["said"].what == said
    assert (TakenList.objects.count(), Campaign.objects.get().suspicions.count()) == (0, 0)


def test_numbers_of_people_are_not_kept_with_the_rows(ramas, officers):
    meena = client_of(officers.meena)
    sent(meena, running(meena), xlsx(Sheet(ROWS)))
    kept = io.StringIO()
    kept.writelines(str(vars(row)) for row in (*ListRow.objects.all(), *TakenList.objects.all()))

    assert re.findall(r"\b9999\d{8}\b", kept.getvalue()) == []
