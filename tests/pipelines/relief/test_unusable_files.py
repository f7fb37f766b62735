"""A file that cannot be used stops the run before any work, with a sentence that says which and why."""

import gzip
import shutil
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.utils import translation

from rasad.pipelines.relief import collect, columns
from rasad.pipelines.relief.files import opened as file_opened
from rasad.values.refused import Refused
from rasad.web.refusals import say
from tests.pipelines.relief.cast import DRT, FAMILY, family, files, opened, run

COLUMNS = (*columns.FAMILIES, *collect.own_columns(DRT.source("SARAL")))
HEADINGS = "reference,district,received_on,verified"
ROW = "R1,63,2020-04-10,yes"
GOOD = f"{HEADINGS}\n{ROW}\n"
CSV, PARQUET = "saral.families.csv", "saral.families.parquet"


def opened_as(folder, data, name=CSV):
    """The families of SARAL when this is what the department sent."""
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return file_opened(folder, "saral.families", COLUMNS, keep_in=folder / "kept")


def rows(file):
    return pq.read_table(file.parquet).to_pylist()


UNUSABLE = {
    "nothing": ("", "file_without_headings", {}),
    "blank lines": (" \n\r\n\n", "file_without_headings", {}),
    "only a mark of UTF-16": (b"\xff\xfe", "file_without_headings", {}),
    "Windows letters": (GOOD.encode() + "R2,Hisar café\n".encode("cp1252"), "file_not_utf8", {"line": 3}),
    "half of a UTF-16 letter": (GOOD.encode("utf-16")[:-1], "file_not_utf8", {}),
    "a workbook": (b"PK\x03\x04" + bytes(range(256)), "file_not_utf8", {}),
    "a compressed file": (gzip.compress(GOOD.encode()), "file_not_utf8", {"line": 1}),
    "a title above the headings": (
        "Report of SARAL\n" + GOOD,
        "column_missing",
        {"column": "reference / संदर्भ", "there": "Report of SARAL"},
    ),
    "a column missing": (
        "reference,district,received_on\nR1,63,2020-04-10\n",
        "column_missing",
        {"column": "verified / सत्यापित", "there": "reference, district, received_on"},
    ),
    "a Hindi column missing": (
        "संदर्भ,प्राप्ति तिथि,सत्यापित\nR1,2020-04-10,हाँ\n",
        "column_missing",
        {"column": "district / जिला", "there": "संदर्भ, प्राप्ति तिथि, सत्यापित"},
    ),
    "a column twice": (
        f"{HEADINGS},district\n{ROW},64\n",
        "column_given_twice",
        {"column": "district", "other": "district"},
    ),
    "a column in two languages": (
        f"{HEADINGS},जिला\n{ROW},64\n",
        "column_given_twice",
        {"column": "जिला", "other": "district"},
    ),
    "a quotation mark left open": (
        f'{GOOD}R2,"63,2020-04-10,yes\nR3,63,2020-04-10,no\n',
        "file_quote_open",
        {"line": 3},
    ),
    "a value that swallowed lines": (
        f'{GOOD}"R2,63,2020-04-10,yes\nR3,63,2020-04-10,no\nR4",63,2020-04-10,no\n',
        "file_quote_open",
        {"line": 3},
    ),
    "a line of 70 million characters": (
        f"{HEADINGS},address\n{ROW},{'x' * 70_000_000}\n{ROW},y\n",
        "file_lines_lost",
        {"lines": 3, "read": 2},
    ),
}


@pytest.mark.parametrize(("data", "code", "facts"), UNUSABLE.values(), ids=UNUSABLE)
def test_unusable_file_is_refused_with_its_name_and_the_place(tmp_path, data, code, facts):
    with pytest.raises(Refused) as no:
        opened_as(tmp_path, data)
    assert (no.value.code, no.value.facts["file"]) == (code, CSV)
    assert {name: no.value.facts[name] for name in facts} == facts


UNUSABLE_PARQUET = {
    "nothing": b"",
    "text": GOOD.encode(),
    "cut short": b"PAR1" + bytes(200),
}


@pytest.mark.parametrize("data", UNUSABLE_PARQUET.values(), ids=UNUSABLE_PARQUET)
def test_file_that_is_no_parquet_is_refused(tmp_path, data):
    with pytest.raises(Refused) as no:
        opened_as(tmp_path, data, PARQUET)
    assert (no.value.code, no.value.facts["file"]) == ("file_not_parquet", PARQUET)


USABLE = {
    "a mark of UTF-8": b"\xef\xbb\xbf" + GOOD.encode(),
    "a mark and quoted headings": b"\xef\xbb\xbf" + GOOD.replace("reference,", '"reference",').encode(),
    "UTF-16": GOOD.encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + GOOD.encode("utf-16-be"),
    "semicolons": GOOD.replace(",", ";"),
    "tabs": GOOD.replace(",", "\t"),
    "bars": GOOD.replace(",", "|"),
    "Windows line ends": GOOD.replace("\n", "\r\n"),
    "old Macintosh line ends": GOOD.replace("\n", "\r"),
    "no line end": GOOD.strip(),
    "blank lines": f"\n\n{HEADINGS}\n\n{ROW}\n\n",
    "a spreadsheet's hint": "sep=;\n" + GOOD.replace(",", ";"),
    "capitals and spaces": GOOD.replace(HEADINGS, "REFERENCE, District ,Received On,VERIFIED"),
    "an invisible sign": GOOD.replace("verified", "verified\u200b"),
    "columns without headings": f"{HEADINGS},,\n{ROW},,\n",
    "all columns there are": f"{HEADINGS},place,place_name,address\n{ROW},mangali,Mangali,House 1\n",
    "another column twice": f"{HEADINGS},Note,note\n{ROW},a,b\n",
    "commas in a heading": f'{HEADINGS.replace(",", ";")};"a,b,c,d,e"\n{ROW.replace(",", ";")};x\n',
    "a heading of two lines": f'{HEADINGS},"remarks\nof the office"\n{ROW},x\n',
    "NUL bytes": f"{HEADINGS}\nR\0001\0,63,2020-04-10,yes\0\0\n",
}


@pytest.mark.parametrize("data", USABLE.values(), ids=USABLE)
def test_what_offices_do_to_csv_is_read(tmp_path, data):
    file = opened_as(tmp_path, data)
    [row] = rows(file)
    assert [row[file.headings[name]] for name in HEADINGS.split(",")] == ROW.split(",")
    assert file.unreadable == ()


UNREADABLE_LINES = {
    "too many cells": ("R2,63,2020-04-10,yes,more", "too_many_columns"),
    "too few cells": ("R2,63", "missing_columns"),
    "text after a closed quotation": ('"R2" Pappu,63,2020-04-10,yes', "unquoted_value"),
    "a backslash before a quotation mark": ('"R2 \\"Pappu\\"",63,2020-04-10,yes', "unquoted_value"),
    "20 million characters": (f"R2,63,2020-04-10,{'x' * 20_000_000}", "line_size_over_maximum"),
}


@pytest.mark.parametrize(("line", "what"), UNREADABLE_LINES.values(), ids=UNREADABLE_LINES)
def test_line_that_is_no_row_is_named_and_all_others_are_read(tmp_path, line, what):
    file = opened_as(tmp_path, f"{GOOD}{line}\nR3,63,2020-04-11,no\n")
    assert file.unreadable == ((3, what),)
    assert [row["reference"] for row in rows(file)] == ["R1", "R3"]


def test_letter_cut_off_at_the_end_of_the_file_costs_its_line_only(tmp_path):
    file = opened_as(tmp_path, GOOD.encode() + "R2,हि".encode()[:-1])
    assert ([line for line, _ in file.unreadable], len(rows(file))) == ([3], 1)


def test_values_keep_their_quotation_marks_and_line_breaks(tmp_path):
    file = opened_as(
        tmp_path, f'{HEADINGS},address\n{ROW},"House ""Om"",\nnear the ""well"""\nR2,63,,no,6" pipe lane\n'
    )
    assert [row["address"] for row in rows(file)] == ['House "Om",\nnear the "well"', '6" pipe lane']


def test_value_of_ten_million_characters_is_read(tmp_path):
    file = opened_as(tmp_path, f"{HEADINGS},address\n{ROW},{'x' * 10_000_000}\n")
    assert (len(rows(file)[0]["address"]), file.unreadable) == (10_000_000, ())


def table(**more):
    told = {"reference": ["R1"], "district": ["63"], "received_on": [date(2020, 4, 10)], "verified": [True]}
    return pa.table(told | more)


def written(folder, **parts):
    for name, part in parts.items():
        pq.write_table(part, folder / f"{name}.parquet")
    return folder


@pytest.mark.parametrize("name", ["saral.families", "saral.families.parquet"])
def test_folder_of_parts_is_one_table(tmp_path, name):
    folder = tmp_path / "data [2020] *" / name
    folder.mkdir(parents=True)
    # A column that is empty throughout a part has no type there.
    written(folder, one=table(mobile=pa.nulls(1)), two=table(reference=["R2"], mobile=["9812000011"]))
    file = file_opened(folder.parent, "saral.families", COLUMNS, keep_in=tmp_path)
    assert (file.kinds["mobile"], file.unreadable) == (pa.string(), ())


def test_part_without_a_needed_column_is_named(tmp_path):
    folder = tmp_path / "saral.families"
    folder.mkdir()
    written(folder, one=table(), two=table().drop(["verified"]))
    with pytest.raises(Refused) as no:
        file_opened(tmp_path, "saral.families", COLUMNS, keep_in=tmp_path)
    assert (no.value.code, no.value.facts["file"]) == ("column_missing", "two.parquet")


def test_parts_that_do_not_fit_together_are_refused(tmp_path):
    folder = tmp_path / "saral.families"
    folder.mkdir()
    written(folder, one=table(), two=table(received_on=["10.04.2020"]))
    with pytest.raises(Refused) as no:
        file_opened(tmp_path, "saral.families", COLUMNS, keep_in=tmp_path)
    assert (no.value.code, no.value.facts["file"]) == ("file_not_parquet", "two.parquet")
    assert "received_on" in no.value.facts["what"]


def test_column_twice_in_a_parquet_file_is_refused(tmp_path):
    doubled = table().append_column("District", pa.array(["64"]))
    with pytest.raises(Refused) as no:
        file_opened(
            written(tmp_path, **{"saral.families": doubled}), "saral.families", COLUMNS, keep_in=tmp_path
        )
    assert (no.value.code, no.value.facts["other"]) == ("column_given_twice", "district")


def test_missing_and_doubled_files_and_folders_are_named(tmp_path):
    def refused(folder):
        with pytest.raises(Refused) as no:
            file_opened(folder, "saral.families", COLUMNS, keep_in=tmp_path)
        return no.value.code, no.value.facts

    assert refused(tmp_path / "none") == ("folder_missing", {"folder": str(tmp_path / "none")})
    assert refused(tmp_path) == ("file_missing", {"file": CSV, "folder": str(tmp_path)})
    (tmp_path / CSV).mkdir()
    assert refused(tmp_path)[0] == "file_missing"
    (tmp_path / CSV).rmdir()
    (tmp_path / "saral.families").mkdir()
    assert refused(tmp_path)[0] == "file_missing"
    (tmp_path / CSV).write_text(GOOD)
    assert refused(tmp_path) == ("file_given_twice", {"file": CSV, "other": "saral.families"})


@pytest.fixture
def state(tmp_path):
    return files([family("SARAL", "asha", *FAMILY)]).written(tmp_path / "state")


@pytest.mark.parametrize("lost", ["sources/cm_twitter.members", "register/shops", "register/members"])
def test_run_is_refused_before_any_work_when_one_file_is_missing(state, lost):
    (state / f"{lost}.parquet").unlink()
    with pytest.raises(Refused) as no:
        opened(state)
    assert (no.value.code, no.value.facts["file"]) == ("file_missing", f"{lost.partition('/')[2]}.csv")
    assert [path.name for path in (state / "out" / "stages").iterdir()] == ["lock"]


def test_file_damaged_in_its_middle_is_named(state):
    """The first look finds nothing: the damage is in a column that nobody has read yet."""
    path = state / "sources" / "saral.families.parquet"
    group = pq.read_metadata(path).row_group(0)
    columns_ = {group.column(n).path_in_schema: group.column(n) for n in range(group.num_columns)}
    start = columns_["received_on"].dictionary_page_offset
    length = columns_["received_on"].total_compressed_size
    data = path.read_bytes()
    path.write_bytes(data[:start] + b"\xff" * length + data[start + length :])
    with pytest.raises(Refused) as no:
        run(state)
    assert (no.value.code, no.value.facts["file"]) == ("file_not_parquet", "saral.families.parquet")


def test_two_runs_in_one_folder_are_refused(state):
    work = opened(state)
    with pytest.raises(Refused) as no:
        opened(state)
    assert (no.value.code, no.value.facts) == ("run_going_on", {"folder": str(state / "out")})
    work.engine.close()
    opened(state).engine.close()


def test_folder_that_is_a_file_an_engine_nobody_knows_and_a_strange_memory_are_refused(state):
    (state / "file").write_text("")
    for given, code in (
        ({"out": state / "file"}, "folder_not_writable"),
        ({"engine": "polars"}, "unknown_engine"),
        ({"memory": "much"}, "memory_not_understood"),
    ):
        with pytest.raises(Refused) as no:
            opened(state, **given)
        assert no.value.code == code
    shutil.rmtree(state / "out")


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_every_refusal_of_a_file_is_said_in_words(tmp_path, language):
    said = set()
    for data, code, _ in UNUSABLE.values():
        if code == "file_lines_lost":
            continue
        with pytest.raises(Refused) as no:
            opened_as(tmp_path, data)
        with translation.override(language):
            told = say(no.value)
        assert CSV in f"{told.what} {told.why}"
        said.add(told.what)
    assert len(said) >= 5
