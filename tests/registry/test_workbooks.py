"""A file of the register as a workbook: the same rows as the CSV of it, and each one that is left out by its number."""

from datetime import date

import pytest

from rasad.registry.importing import report
from rasad.registry.models import Card, ImportProblem, Membership
from tests.registry.files import CARDS, MEMBERS, PLACES, SHIVSHANKAR, SHOPS, take_in, written
from tests.workbooks import FAILED, Sheet, padded, xlsx

pytestmark = pytest.mark.django_db


def given(folder, kind, rows, *more):
    file = folder / f"{kind}.xlsx"
    file.write_bytes(xlsx(Sheet(rows, name="Register"), *more))
    return take_in(kind, file)


def cells(text):
    return [line.split(",") for line in text.splitlines()]


def test_register_as_workbooks_holds_what_the_csv_of_it_holds(tmp_path):
    take_in("places", written(tmp_path, "places", PLACES))
    take_in("shops", written(tmp_path, "shops", SHOPS))

    made = [given(tmp_path, kind, cells(text)) for kind, text in (("cards", CARDS), ("members", MEMBERS))]

    assert [(one.read, one.loaded, one.refused, one.sheet) for one in made] == [
        (3, 3, 0, "Register"), (4, 4, 0, "Register"),
    ]  # fmt: skip
    assert sorted(Card.objects.values_list("number", flat=True)) == [
        "005800000001",
        "006300000001",
        "006300000002",
    ]


def test_days_numbers_and_left_out_rows_are_as_in_the_sheet(tmp_path):
    for kind, text in (("places", PLACES), ("shops", SHOPS), ("cards", CARDS)):
        take_in(kind, written(tmp_path, kind, text))
    head = MEMBERS.splitlines()[0].split(",")

    made = given(
        tmp_path, "members",
        [
            head,
            [padded(6300000001), 1, "Asha Devi", "Ram Lal", "self", "F", date(1980, 5, 15), None, 9876543210.0,
             float(SHIVSHANKAR)],
            None,
            [padded(6300000002), 1, "Kamla", None, "self", "F", None, FAILED],
            [padded(5800000001), 1.0, "Suresh", None, "self", "M", "31-02-1975"],
        ],
        Sheet([["x"]], name="Old", state="hidden"),
    )  # fmt: skip

    assert (made.read, made.loaded, made.refused, made.hidden_sheets) == (3, 2, 1, ("Old",))
    asha = Membership.objects.get(person__name="Asha Devi")
    assert (asha.person.born_on, asha.person.mobile, asha.person.aadhaar_last4, asha.line) == (
        date(1980, 5, 15), "9876543210", SHIVSHANKAR[-4:], 1,
    )  # fmt: skip
    assert list(ImportProblem.objects.order_by("line").values_list("line", "column", "code", "refuses")) == [
        (4, "", "formula_failed", True), (5, "born_on", "impossible_date", False),
    ]  # fmt: skip
    told = list(report.told(made))
    assert "The sheet “Register” was read." in told
    assert "Hidden sheets were not read: Old" in told
