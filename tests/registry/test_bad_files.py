"""A file that cannot be used is refused as a whole, by name; nothing of it is in the register."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rasad.registry.models import ImportBatch, Place
from rasad.shops import actions
from rasad.values.refused import Refused
from tests.registry.files import (
    AT,
    MEMBERS,
    PLACES,
    counts,
    problems,
    take_in,
    taken_in,
    with_register,
    written,
)

pytestmark = pytest.mark.django_db
HEADING = PLACES.splitlines()[0]


def refusal_of(folder, kind, text):
    with pytest.raises(Refused) as refused:
        taken_in(folder, kind, text)
    assert ImportBatch.objects.filter(kind=kind).count() == 0
    return refused.value.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf \r\n\n", "file_empty"),
        (HEADING.encode(), "file_empty"),
        (b"PK\x03\x04 and so on", "workbook_damaged"),
        (b"\xd0\xcf\x11\xe0 and so on", "workbook_old"),
        (b"\x1f\x8b\x08 and so on", "file_compressed"),
        (b"PAR1 and nothing more", "file_unreadable"),
        (b"code,name\n6,Haryana\n", "column_missing"),
        (b"what is this", "column_missing"),
        (b"kind,code,name,parent_kind,parent_code,Code\nstate,6,Haryana,,,6\n", "column_given_twice"),
        ((HEADING + '\nstate,6,"Haryana,,,,,,\nstate,7,Delhi,,,,,,\n').encode(), "file_quote_open"),
        ((HEADING + '\nstate,6,"Haryana,,,,,,\nstate,7,Delhi",,,,,,\n').encode(), "file_quote_open"),
        (bytes(range(256)) * 40, "file_encoding_unknown"),
    ],
)  # fmt: skip
def test_file_that_cannot_be_used(tmp_path, text, code):
    assert refusal_of(tmp_path, "places", text) == code


def test_hindi_file_of_an_old_encoding_is_refused_and_not_guessed(tmp_path):
    rows = b"".join(
        f"state,{n},".encode() + bytes([0xC8, 0xCF, 0xDA, 0xC6]) * 3 + b",,,,,,\n" for n in range(9)
    )

    assert refusal_of(tmp_path, "places", HEADING.encode() + b"\n" + rows) == "file_encoding_unknown"


def test_file_that_is_not_there(tmp_path):
    with pytest.raises(Refused) as refused:
        take_in("places", tmp_path / "places.csv")

    assert (refused.value.code, refused.value.facts["file"]) == ("file_missing", "places.csv")


def test_folder_without_one_of_the_four_files_is_refused_before_the_first(tmp_path):
    written(tmp_path, "places", PLACES)

    with pytest.raises(Refused) as refused:
        actions.import_register(folder=tmp_path, by="meena", at=AT)

    assert (refused.value.code, refused.value.facts["file"]) == ("file_missing", "shops.csv")
    assert Place.objects.count() == 0


def test_table_in_two_files_is_refused(tmp_path):
    written(tmp_path, "places", PLACES)
    (tmp_path / "places.parquet").write_bytes(b"PAR1")

    with pytest.raises(Refused) as refused:
        actions.register_files(tmp_path)

    assert refused.value.code == "file_given_twice"


def test_refusal_never_quotes_the_line(tmp_path):
    """What the reader says about a line could hold an Aadhaar number."""
    with_register(tmp_path, up_to="cards")
    broken = MEMBERS.replace("Asha Devi", '"Asha Devi')

    with pytest.raises(Refused) as refused:
        taken_in(tmp_path, "members", broken)

    assert refused.value.facts == {"file": "members.csv", "line": 2}
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_file_is_read_in_any_unicode(tmp_path, codec):
    summary = taken_in(tmp_path, "places", PLACES.encode(codec))

    assert counts(summary) == (7, 7, 0, 0)
    assert Place.objects.get(code="63").name_hi == "हिसार"


@pytest.mark.parametrize(("delimiter", "line_end"), [(";", "\n"), ("\t", "\r\n"), ("|", "\r\n")])
def test_file_is_read_with_any_delimiter(tmp_path, delimiter, line_end):
    text = PLACES.replace(",", delimiter).replace("\n", line_end)

    assert counts(taken_in(tmp_path, "places", text)) == (7, 7, 0, 0)


def test_windows_letters_are_read_and_told(tmp_path):
    text = f"{HEADING}\nstate,6,Haryana – “the State”,,,,,,\n"

    summary = taken_in(tmp_path, "places", text.encode("cp1252"))

    assert (counts(summary), summary.guessed_encoding) == ((1, 1, 0, 0), "cp1252")
    assert Place.objects.get().name == "Haryana – “the State”"


def test_headings_may_be_hindi_and_in_any_order(tmp_path):
    text = "नाम, LGD Code ,प्रकार,मूल_कोड,Parent Kind,बेकार\nहरियाणा,६,राज्य,,,x\nहिसार,६३,ज़िला,६,state,x\n"

    summary = taken_in(tmp_path, "places", text)

    assert (counts(summary), summary.unused_columns) == ((2, 2, 0, 0), ("बेकार",))
    assert list(Place.objects.order_by("code").values_list("kind", "code", "name")) == [
        ("state", "6", "हरियाणा"),
        ("district", "63", "हिसार"),
    ]


def test_lines_that_are_no_rows_are_told_with_their_line(tmp_path):
    lines = PLACES.splitlines()
    lines[2:2] = ["state,8,Too,,,,,,,,many", "", "state,9,Few"]
    text = "\n".join(lines).encode() + b"\nstate,10,\xff\xfe,,,,,,\n"

    summary = taken_in(tmp_path, "places", text)

    assert counts(summary) == (10, 7, 0, 3)
    assert problems(summary) == [
        (3, "", "too_many_values", "", True),
        (5, "", "too_few_values", "", True),
        (12, "", "unreadable", "", True),
    ]


def test_field_of_ten_million_signs_costs_its_row_only(tmp_path):
    text = PLACES + "state,7," + "x" * 10_000_000 + ",,,,,,\nstate,8,Bihar,,,,,,\n"

    summary = taken_in(tmp_path, "places", text)

    assert counts(summary) == (9, 8, 0, 1)
    assert problems(summary) == [(9, "", "line_too_long", "", True)]


def test_field_that_is_only_too_long_for_its_column(tmp_path):
    summary = taken_in(
        tmp_path, "places", f"{PLACES}state,7,{'x' * 5000},,,,,,\nstate,8,B,{'y' * 121},,,,,\n"
    )

    assert counts(summary) == (9, 8, 0, 1)
    assert problems(summary) == [
        (9, "name", "too_long", "x" * 59 + "…", True),
        (10, "name_hi", "too_long", "y" * 59 + "…", False),
    ]


def test_formula_in_a_cell_stays_text(tmp_path):
    summary = taken_in(tmp_path, "places", f'{HEADING}\nstate,6,"=HYPERLINK(""x"",""y"")",,,,,,\n')

    assert counts(summary) == (1, 1, 0, 0)
    assert problems(summary) == [(2, "name", "formula", '=HYPERLINK("x","y")', False)]
    assert Place.objects.get().name == '=HYPERLINK("x","y")'


def test_line_break_in_a_value_is_a_space(tmp_path):
    summary = taken_in(tmp_path, "places", f'{HEADING}\nstate,6,"Har\nyana\x00 ",,,,,,\nstate,7,,,,,,,\n')

    assert counts(summary) == (2, 1, 0, 1)
    assert problems(summary) == [(3, "name", "value_missing", "", True)]
    assert Place.objects.get().name == "Har yana"


def test_parquet_is_read_like_csv(tmp_path):
    table = pa.table(
        {
            "kind": ["state", "district"],
            "code": pa.array([6, 63], pa.int16()),
            "name": ["Haryana", "Hisar"],
            "parent_kind": [None, "state"],
            "parent_code": [None, "6"],
            "latitude": [29.0, 29.1],
            "longitude": [76.0, 7.5],
        }
    )
    pq.write_table(table, tmp_path / "places.parquet")

    summary = take_in("places", tmp_path / "places.parquet")

    assert counts(summary) == (2, 2, 0, 0)
    assert problems(summary) == [
        (2, "latitude", "coordinates_incomplete", "", False),
        (2, "longitude", "outside_india", "7.5", False),
    ]
