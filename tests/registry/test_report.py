"""What is wrong is told to people: line, column, what, and what to do, in their language."""

import csv
import re

import pytest
from django.utils import translation
from typer.testing import CliRunner

from rasad.cli import app
from rasad.pipelines.workbook import parts
from rasad.registry.importing import checks, chunk, delimited, report
from rasad.registry.importing.kind import SHARED
from rasad.registry.models import ImportProblem
from rasad.registry.problems import PROBLEMS
from rasad.shops import actions
from tests.registry.files import AT, MEMBERS, PLACES, taken_in, with_register, written

HEADING = PLACES.splitlines()[0]


@pytest.fixture
def already_up(monkeypatch):
    """The database of the test is up and migrated."""
    monkeypatch.setattr("rasad.wiring.migrated", lambda: None)
    monkeypatch.setattr("rasad.wiring.ready", lambda: None)


def codes_in_the_code() -> set[str]:
    scripts = [*SHARED.glob("*.sql"), *SHARED.parent.parent.joinpath("shops").glob("*.sql")]
    in_sql = {
        code
        for script in scripts
        for code in re.findall(
            r"SELECT (?:DISTINCT ON \([\w.]+\) )?[\w.]+, '\w+', '(\w+)',", script.read_text()
        )
    }
    in_python = {"value_missing", "unreadable", "formula", "key_twice", "aadhaar_here"}
    in_workbooks = {parts.FAILED, parts.NOT_WORKED_OUT, parts.TOO_LONG}
    return in_sql | in_python | in_workbooks | set(checks._WRONG.values()) | set(delimited._REJECTED.values())


def test_every_problem_has_its_sentences_and_every_sentence_its_problem():
    assert codes_in_the_code() == set(PROBLEMS)


def test_no_two_problems_say_the_same():
    said = [str(sentence.what) for sentence in PROBLEMS.values()]

    assert len(set(said)) == len(said)


def test_codes_that_name_a_row_of_the_register_are_known():
    assert set(PROBLEMS) >= chunk._NAMES_A_ROW


@pytest.mark.django_db
def test_report_has_line_column_what_and_what_to_do(tmp_path):
    summary = taken_in(tmp_path, "places", f"{HEADING}\nstate,6,Haryana,,,,91,,\nstate,,X,,,,,,\n")

    assert report.write(summary.batch, tmp_path / "problems.csv") == 2

    rows = list(csv.DictReader((tmp_path / "problems.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == {
        "line": "2",
        "column": "latitude",
        "code": "outside_india",
        "shown": "91",
        "what": "“91” is not in India.",
        "to_do": "Latitude goes from 6 to 38 and longitude from 68 to 98 degrees;"
        " see whether the two are swapped.",
        "row_left_out": "no",
    }
    assert (rows[1]["code"], rows[1]["row_left_out"]) == ("value_missing", "yes")


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["=1+1", "+A1", "-A1", "@SUM(A1)"])
def test_report_runs_no_formula(tmp_path, sign):
    summary = taken_in(tmp_path, "places", f'{HEADING}\nstate,6,"{sign}",,,,,,\n')

    report.write(summary.batch, tmp_path / "problems.csv")

    [row] = csv.DictReader((tmp_path / "problems.csv").read_text(encoding="utf-8-sig").splitlines())
    assert row["shown"] == f"'{sign}"


@pytest.mark.django_db
def test_report_speaks_hindi(tmp_path):
    summary = taken_in(tmp_path, "places", f"{HEADING}\nstate,6,Haryana,,,,91,,\n")

    with translation.override("hi"):
        lines = list(report.told(summary))

    assert "पंक्तियाँ" in lines[0]
    assert "“91”" in lines[2]


@pytest.mark.django_db
def test_same_problem_many_times_is_told_once_with_its_number(tmp_path):
    summary = taken_in(tmp_path, "places", f"{HEADING}\nstate,6,Haryana,,,,91,,\nstate,7,Delhi,,,,92,,\n")

    assert list(report.told(summary)) == [
        "places.csv: 2 rows read = 2 loaded + 0 unchanged + 0 left out",
        "  latitude: 2 times, first in line 2.",
        "    “91” is not in India. Latitude goes from 6 to 38 and longitude from 68 to 98 degrees;"
        " see whether the two are swapped.",
    ]


@pytest.mark.django_db
def test_command_takes_a_file_in_and_writes_the_report(tmp_path, already_up):
    with_register(tmp_path, up_to="cards")
    file = written(tmp_path, "members", MEMBERS + "006300000009,1,Nobody,,,,,,,\n")

    ran = CliRunner().invoke(
        app, ["import", "members", str(file), "--report", str(tmp_path / "problems.csv")]
    )

    assert ran.exit_code == 3
    assert "members.csv: 5 rows read = 4 loaded + 0 unchanged + 1 left out" in ran.output
    assert "unknown_card" in (tmp_path / "problems.csv").read_text()
    assert ImportProblem.objects.get().shown == "006300000009"


@pytest.mark.django_db
def test_command_takes_a_register_in(tmp_path, already_up):
    for kind, text in (("places", PLACES), ("members", MEMBERS)):
        written(tmp_path, kind, text)
    with_register(tmp_path)

    ran = CliRunner().invoke(app, ["import", "register", str(tmp_path), "--by", "meena"])

    assert ran.exit_code == 0
    assert ran.output.count("was taken in before") == 4


@pytest.mark.django_db
def test_command_says_why_a_file_is_refused(tmp_path, already_up):
    ran = CliRunner().invoke(app, ["import", "places", str(tmp_path / "nothing.csv")])

    assert ran.exit_code == 1
    assert "nothing.csv" in ran.output
    assert "Traceback" not in ran.output


@pytest.mark.django_db
def test_progress_is_told_after_each_chunk(tmp_path):
    told: list[tuple[int, int]] = []
    with_register(tmp_path, up_to="cards")
    file = written(tmp_path, "members", MEMBERS)

    actions.IMPORTS["members"](
        file=file, by="meena", at=AT, chunk_rows=3, progress=lambda *done: told.append(done)
    )

    assert told == [(3, 4), (4, 4)]
