import csv

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from rasad.cli import app

FAMILIES = """\
family,area,land_hectares,main_income,annual_income,members_employment,owns_air_conditioner
F-1,rural,2.0,cultivation,150000,,
F-2,urban,,transport_worker,200000.01,,no
F-3,urban,,shop_worker,lots,,
F-4,urban,,sweeper_sanitation_mali,10,municipal_committee:contractual;board:regular,yes
"""


def run(tmp_path, text=FAMILIES, *more):
    (tmp_path / "families.csv").write_text(text)
    options = [
        "--on",
        str(tmp_path / "families.csv"),
        "--on-day",
        "2015-01-16",
        "--out",
        str(tmp_path / "out"),
    ]
    return CliRunner().invoke(app, ["policy", "eligibility", *options, *more])


def test_a_file_of_families_becomes_a_file_of_decisions(tmp_path):
    assert run(tmp_path).exit_code == 0
    found = pq.read_table(tmp_path / "out" / "decisions.parquet").sort_by("family").to_pylist()
    assert [(row["family"], row["result"], row["matched"]) for row in found] == [
        ("F-1", "eligible", "R-I-07 R-O-01"),
        ("F-2", "excluded", "U-X-09"),
        ("F-3", "unusable", None),
        ("F-4", "excluded", "U-X-07 U-X-08"),
    ]
    counts = list(csv.DictReader((tmp_path / "out" / "counts.csv").open()))
    assert [int(row["families"]) for row in counts] == [1, 1, 1, 1]


def test_the_criteria_are_written_beside_with_sentence_and_quotation(tmp_path):
    run(tmp_path)
    words = {row["code"]: row for row in csv.DictReader((tmp_path / "out" / "criteria.csv").open())}
    assert len(words) == 54
    assert words["R-X-01"]["sentence_hi"] == "परिवार में कोई आयकर देता है।"
    assert words["R-X-01"]["quotation"] == "Income tax payers"


@pytest.mark.parametrize(
    ("text", "more", "code"),
    [
        ("area\nrural\n", [], "eligibility_column_missing"),
        ("family\n1\n", [], "eligibility_column_missing"),
        (FAMILIES, ["--state", "IN-WB"], "no_eligibility_rules"),
        (FAMILIES, ["--on-day", "2013-01-01"], "before_first_rule"),
        (FAMILIES, ["--on", "no_such_file.csv"], "file_missing"),
        ("family,area\n1,rural,what,is,this\n2\n", [], "file_not_csv"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_words(tmp_path, text, more, code):
    told = run(tmp_path, text, *more)
    assert told.exit_code == 1
    assert f"[{code}]" in told.output


def test_a_file_that_only_calls_itself_parquet_is_refused(tmp_path):
    (tmp_path / "families.parquet").write_text("no parquet")
    told = run(tmp_path, FAMILIES, "--on", str(tmp_path / "families.parquet"))
    assert "[file_not_parquet]" in told.output
