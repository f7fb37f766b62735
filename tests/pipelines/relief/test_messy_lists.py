"""Lists as they come: every row ends somewhere, every value that could not be read is told, nothing breaks off."""

import csv
from datetime import date

import pytest

from tests.pipelines.relief.cast import ASHA, aadhaar, card, files, run

FAMILIES = "संदर्भ;जिला;स्थान;प्राप्ति तिथि;मोबाइल;पता;राशन कार्ड;सत्यापित"
MEMBERS = "reference;line;name;father;sex;born_on;age;mobile;aadhaar"
LONG = "x" * 300

# reference, district, place, received, mobile, address, verified; what becomes of it
LIST = [
    ("dots", "63", "mangali", "15.04.2020", "9812000001", "House 1", "हाँ", ("token", "issued")),
    ("slashes", "Hisar", "mangali", "5/5/2020", "+91 98120-00002", "House 2", "Y", ("token", "issued")),
    ("digits", "हिसार", "mangali", "१५.०६.२०२०", "९८१२००००३४", "मकान ३", "1", ("token", "issued")),
    ("iso", " hisar ", " mangali ", " 2020-04-15T10:00 ", "09812000004", "  ", "TRUE", ("token", "issued")),
    ("never was", "63", "mangali", "31.04.2020", "12", "House 5", "true", ("token", "issued")),
    ("tomorrow", "63", "mangali", "15.04.2021", "", LONG, "yes", ("token", "issued")),
    ("no day", "63", "", "", "", "", "yes", ("token", "issued")),
    ("unknown", "Atlantis", "mangali", "15.04.2020", "", "", "yes", ("in_review", "unknown_district")),
    ("no district", "", "mangali", "15.04.2020", "", "", "yes", ("in_review", "unknown_district")),
    ("maybe", "63", "mangali", "15.04.2020", "", "", "maybe", ("in_review", "not_verified")),
    ("nobody", "63", "mangali", "15.04.2020", "", "", "yes", ("refused", "no_members")),
    ("twice", "63", "mangali", "15.04.2020", "", "first", "yes", ("token", "issued")),
    ("twice", "63", "mangali", "16.04.2020", "", "second", "yes", ("refused", "duplicate_reference")),
    ("twice", "63", "mangali", "17.04.2020", "", "third", "yes", ("refused", "duplicate_reference")),
    (
        "=1+1",
        "63",
        "mangali",
        "15.04.2020",
        "",
        '=HYPERLINK("http://x";"y")',
        "yes",
        ("refused", "no_members"),
    ),
    ("@SUM(A1)", "63", "mangali", "15.04.2020", "", "-2+3", "no", ("in_review", "not_verified")),
    ("", "63", "mangali", "15.04.2020", "", "", "yes", ("refused", "no_reference")),
    ("", "64", "mangali", "15.04.2020", "", "", "yes", ("refused", "no_reference")),
    ("O'Brien; DROP TABLE", "63", "mangali", "15.04.2020", "", "", "yes", ("token", "issued")),
]
BROKEN = {9: "too few;cells", 14: "too;many;cells;in;this;line;of;the;list"}
PEOPLE = [
    *((reference, 1, f"Head {n}", "", "F", "", "40", "", "") for n, (reference, *_) in enumerate(LIST)),
    ("dots", 2, "Bad day", "", "महिला", "30.02.1980", "", "", aadhaar(1)),
    ("dots", 3, "Negative", "", "पुरुष", "", "-3", "", ""),
    ("dots", 4, "Old", "", "Male", "01.01.1850", "150", "", "123"),
    ("dots", 5, "=cmd|' /C calc'!A0", "", "female", "", "twelve", "", f" {aadhaar(2)} "),
    ("dots", 6, "Shifted", "", "", "", aadhaar(3), "", "yes"),
    ("slashes", 1, "Doubled line", "", "M", "", "41", "", ""),
    ("slashes", 1, "Trebled line", "", "M", "", "42", "", ""),
    ("slashes", "", "No line", "", "M", "", "43", "", ""),
    ("slashes", -2, "Line below nothing", "", "M", "", "44", "", ""),
    ("slashes", 4_000_000_000, "Line beyond all", "", "M", "", "45", "", ""),
    ("digits", "२", "दूसरा", "", "M", "", "४०", "", ""),
    ("iso", 2, "", "", "M", "", "", "", ""),
    ("stranger", 1, "Of no family", "", "M", "", "30", "", ""),
]
PEOPLE = [one for one in PEOPLE if one[0] not in ("nobody", "=1+1")]


def write(path, headings, rows, broken=None):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(headings + "\r\n")
        lines = csv.writer(file, delimiter=";")
        for number, row in enumerate(rows, start=2):
            if broken and number + sum(line < number for line in broken) in broken:
                file.write(broken[number + sum(line < number for line in broken)] + "\r\n")
            lines.writerow(row)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    state = files((), [card("069000000001", "OPH", ASHA)])
    folder = state.written(tmp_path_factory.mktemp("messy"), "csv")
    rows = [(*row[:6], "", row[6]) for row in LIST]
    write(folder / "sources" / "saral.families.csv", FAMILIES, rows, BROKEN)
    write(folder / "sources" / "saral.members.csv", MEMBERS, PEOPLE, {5: "half of a;line"})
    return folder


@pytest.fixture(scope="module")
def told(folder):
    return run(folder)


@pytest.mark.parametrize("place", range(len(LIST)))
def test_row_ends_in_its_place(told, place):
    reference, *_, ended = LIST[place]
    earlier = sum(row[0] == reference for row in LIST[:place])
    if reference == "dots":
        ended = ("refused", "on_free_card")
    assert told.ended("SARAL", reference or None, earlier + 1) == ended


def test_line_that_is_no_row_is_a_refusal_of_its_own(told):
    lost = [row for row in told.read("rows") if row["reason"] == "line_not_readable"]
    assert [(row["reference"], row["outcome"]) for row in lost] == [
        ("line 14", "refused"),
        ("line 9", "refused"),
    ]


def test_every_row_is_counted(told):
    saral = told.summary["by_source"]["SARAL"]
    assert saral["rows"] == len(LIST) + len(BROKEN) == 21
    assert saral["refused"] == {
        "duplicate_reference": 2,
        "line_not_readable": 2,
        "no_members": 2,
        "no_reference": 2,
        "on_free_card": 1,
    }
    assert saral["in_review"] == {"unknown_district": 2, "not_verified": 2}
    assert (saral["token"], saral["linked"]) == (8, 0)


def test_days_and_telephones_are_read_in_every_form(told):
    days = {row["reference"]: row["received_on"] for row in told.read("rows")}
    assert days["dots"] == days["iso"] == date(2020, 4, 15)
    assert (days["slashes"], days["digits"]) == (date(2020, 5, 5), date(2020, 6, 15))
    assert (days["never was"], days["tomorrow"], days["no day"]) == (None, None, None)
    mobiles = [
        told.token("SARAL", reference)["mobile"] for reference in ("slashes", "digits", "iso", "never was")
    ]
    assert mobiles == ["9812000002", "9812000034", "9812000004", None]


def test_long_text_is_cut_and_empty_text_is_nothing(told):
    assert told.token("SARAL", "tomorrow")["address"] == LONG[:250]
    assert told.token("SARAL", "iso")["address"] is None


def test_first_row_under_a_reference_counts(told):
    assert told.token("SARAL", "twice")["address"] == "first"


@pytest.mark.parametrize(
    ("reference", "problems"),
    [
        ("never was", [("mobile", "not_a_mobile", "12"), ("received_on", "not_a_date", "31.04.2020")]),
        ("tomorrow", [("address", "too_long", "x" * 40), ("received_on", "impossible_date", "15.04.2021")]),
        ("maybe", [("verified", "not_a_boolean", "maybe")]),
        ("stranger", [("reference", "member_without_family", "")]),
        (
            "dots",
            [
                ("aadhaar", "bad_aadhaar", ""),
                ("aadhaar", "bad_aadhaar", ""),
                ("age", "impossible_age", "'-3"),
                ("age", "impossible_age", "150"),
                ("age", "impossible_age", "XXXXXXXXXXXX"),
                ("age", "not_an_integer", "twelve"),
                ("born_on", "impossible_date", "01.01.1850"),
                ("born_on", "not_a_date", "30.02.1980"),
            ],
        ),
    ],
)
def test_value_that_cannot_be_read_is_told_with_its_place(told, reference, problems):
    assert sorted(told.problems(reference)) == sorted(problems)


def test_line_of_the_members_that_is_no_row_is_told(told):
    [lost] = [row for row in told.csv("problems") if row["code"] == "line_not_readable"]
    assert (lost["source"], lost["file"], lost["line"], lost["shown"]) == (
        "SARAL",
        "members",
        "5",
        "missing_columns",
    )


@pytest.mark.parametrize("name", ["problems", "stopped"])
def test_no_cell_of_a_result_is_a_formula(told, name):
    cells = {cell for row in told.csv(name) for cell in row.values()}
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    if name == "stopped":
        assert {"'=1+1", "'@SUM(A1)"} <= cells


def test_members_under_one_line_number_or_none_are_all_on_the_token(told):
    token = told.token("SARAL", "slashes")
    listed = [row for row in told.read("token_members") if row["number"] == token["number"]]
    assert {row["name"] for row in listed} == {
        "Head 1",
        "Doubled line",
        "Trebled line",
        "No line",
        "Line below nothing",
        "Line beyond all",
    }
    assert sorted(row["line"] for row in listed) == [1, 2, 3, 4, 5, 6]


def test_holder_is_the_first_member_with_a_name(told):
    assert told.token("SARAL", "iso")["holder_name"] == "Head 3"
    assert told.row("SARAL", "iso")["holder_name"] == "Head 3"


@pytest.mark.req("R-NFR-03")
def test_no_aadhaar_number_is_left_on_the_disk(told):
    numbers = [aadhaar(n).encode() for n in (1, 2, 3)]
    files_left = [path for path in told.out.rglob("*") if path.is_file()]
    assert len(files_left) > 15
    assert [path.name for path in files_left if any(number in path.read_bytes() for number in numbers)] == []


def test_the_same_messy_list_again_changes_nothing(folder, told, tmp_path):
    again = run(folder, tmp_path)
    for name in ("tokens", "rows", "token_members"):
        assert (again.out / f"{name}.parquet").read_bytes() == (told.out / f"{name}.parquet").read_bytes()
    for name in ("problems", "stopped"):
        assert (again.out / f"{name}.csv").read_bytes() == (told.out / f"{name}.csv").read_bytes()
