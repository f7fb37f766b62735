"""A workbook is read as people see it, or refused with what is wrong; a bomb is refused before it is unpacked."""

import io
import zipfile
from datetime import date, datetime

import pytest

from rasad.pipelines.workbook import parts, reading
from rasad.values.refused import Refused
from tests.workbooks import FAILED, Raw, Sheet, formula, padded, xlsx

HEAD = ("card_number", "name", "bought")


def refused(contents):
    with pytest.raises(Refused) as caught:
        reading.read(contents, file="list.xlsx")
    return caught.value


def one(*rows, **given):
    return reading.read(xlsx(Sheet([HEAD, *rows], **given)), file="list.xlsx")


def test_cells_are_read_as_people_see_them_and_rows_keep_their_numbers():
    found = one(
        ("006300000001", "आशा देवी", date(2020, 4, 5)),
        None,
        (9999900001.0, " Kamla ", datetime(2020, 4, 5, 10, 30)),  # noqa: DTZ001
        (padded(6300000003), 1.5, True),
        (None, None, None),
        (formula("A2", "6300000004"), Raw('t="str"', "<f>B2</f><v>Ram</v>"), None),
    )

    assert found.rows == (
        (1, ["card_number", "name", "bought"]),
        (2, ["006300000001", "आशा देवी", "2020-04-05"]),
        (4, ["9999900001", "Kamla", "2020-04-05 10:30:00"]),
        (5, ["006300000003", "1.5", "TRUE"]),
        (7, ["6300000004", "Ram", ""]),
    )
    assert (found.name, found.spoilt, found.hidden_sheets, found.hidden_rows) == ("List", {}, (), 0)


def test_cells_that_hold_no_trusted_value_are_named():
    found = one(
        (formula("A9"), "a", None),
        (FAILED, "b", None),
        (1234567890123456, "c", None),
        (Raw("", "<v>inf</v>"), "d", None),
    )

    assert found.spoilt == {
        (2, 0): "formula_not_worked_out", (3, 0): "formula_failed", (4, 0): "number_too_long",
        (5, 0): "number_too_long",
    }  # fmt: skip


def test_table_of_which_every_cell_must_be_right_names_the_cells():
    with pytest.raises(Refused) as no:
        reading.whole(xlsx(Sheet([HEAD, ("1", FAILED, None)])), file="list.xlsx")

    assert (no.value.code, no.value.facts["cells"], no.value.facts["count"]) == (
        "workbook_cells_spoilt",
        ["B2"],
        1,
    )


def test_the_only_shown_sheet_that_holds_something_is_read_and_hidden_ones_are_told():
    found = reading.read(
        xlsx(
            Sheet([], name="Sheet1"),
            Sheet([HEAD, ("1", "Asha", None)], name="Cars"),
            Sheet([("old",)], name="Last year", state="hidden"),
            Sheet([("x",)], name="Lookup", state="veryHidden"),
        ),
        file="list.xlsx",
    )

    assert (found.name, found.hidden_sheets, len(found.rows)) == ("Cars", ("Last year", "Lookup"), 2)


def test_several_sheets_that_hold_something_are_not_guessed_among():
    no = refused(xlsx(Sheet([HEAD], name="Cars"), Sheet([HEAD], name="Tractors")))

    assert (no.code, no.facts["sheets"]) == ("workbook_sheets_unclear", ["Cars", "Tractors"])


def test_workbook_whose_list_is_hidden_or_that_is_empty_says_so():
    assert refused(xlsx(Sheet([HEAD], name="Cars", state="hidden"))).facts["hidden"] == "Cars"
    assert refused(xlsx(Sheet([]))).code == "workbook_empty"


def _lying() -> bytes:
    """A part that says it holds three bytes and holds a million."""
    good = xlsx(Sheet([HEAD]))
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
        zipfile.ZipFile(io.BytesIO(good)) as given,
    ):
        for name in given.namelist():
            packed.writestr(name, given.read(name))
        packed.writestr("xl/media/picture.png", b"0" * 1_000_000)
        packed.filelist[-1].file_size = 3
    return out.getvalue()


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        (b"\xd0\xcf\x11\xe0 an old workbook", "workbook_old"),
        (b"\xd0\xcf\x11\xe0 ... " + "EncryptedPackage".encode("utf-16-le"), "workbook_locked"),
        (b"PK\x03\x04 and so on", "workbook_damaged"),
        (xlsx(Sheet([HEAD]))[:-60], "workbook_damaged"),
        (xlsx(Sheet([HEAD]), more={"xl/workbook.xml": b"<workbook"}), "workbook_damaged"),
        (xlsx(Sheet([HEAD]), more={"xl/worksheets/sheet1.xml": b"<!DOCTYPE x [<!ENTITY a 'aa'>]><worksheet/>"}),
         "workbook_damaged"),
        (xlsx(Sheet([HEAD]), more={"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row r='1'><c r='A1'><v>1"}),
         "workbook_damaged"),
        (_lying(), "workbook_damaged"),
        (_zip(word=b"a document"), "workbook_of_another_kind"),
        (xlsx(Sheet([HEAD, (None,), ("x",)], name="S"), more={
            "xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
            b"</sheetData></worksheet>"}), "workbook_too_wide"),
        (xlsx(Sheet([HEAD]), more={"xl/worksheets/sheet1.xml": b"<worksheet>" + b"<c/>" * 2_000_001 + b"</worksheet>"}),
         "workbook_too_wide"),
    ],
)  # fmt: skip
def test_workbook_that_cannot_be_used_ends_in_one_sentence(contents, code):
    assert refused(contents).code == code


def test_bomb_is_refused_by_what_it_unpacks_to(monkeypatch):
    monkeypatch.setattr(parts, "MOST_UNPACKED", 1_000_000)
    bomb = xlsx(Sheet([HEAD]), more={"xl/media/bomb.bin": b"\0" * 5_000_000})

    assert (len(bomb) < 20_000, refused(bomb).code) == (True, "workbook_too_large")


def test_file_that_is_too_large_is_not_looked_into(monkeypatch):
    monkeypatch.setattr(parts, "MOST_BYTES", 100)

    assert refused(xlsx(Sheet([HEAD]))).code == "workbook_too_large"


def test_csv_of_a_workbook_has_line_n_for_row_n():
    told = reading.as_csv(xlsx(Sheet([HEAD, None, ("1", "Asha,\nDevi", None)])), file="list.xlsx")

    assert told == 'card_number,name,bought\n\n1,"Asha, Devi",\n'


@pytest.mark.parametrize(("column", "told"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_in_the_sheet(column, told):
    assert reading.letters(column) == told
