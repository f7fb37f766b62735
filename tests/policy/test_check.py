"""`rasad policy check` finds by itself what is wrong between rows: in our packs, and in copies made wrong."""

import shutil
from datetime import date

import pytest
from typer.testing import CliRunner

from rasad.cli import app
from rasad.policy.check.measures import spans
from rasad.policy.check.whole import check
from rasad.policy.packs import PACKS

ON = date(2026, 11, 1)
OURS = check(PACKS, on=ON)


def found(checked, kind):
    return [(one.ids, one.measure, tuple(one.resolved)) for one in checked.findings if one.kind == kind]


def test_our_packs_have_nothing_that_is_not_settled():
    assert [(one.kind, one.ids, one.problem) for one in OURS.unresolved] == []
    assert OURS.settled_for_nothing == ()
    assert OURS.rows > 300


def test_two_hectares_and_five_acres_are_not_the_same_and_let_in_what_they_keep_out():
    assert found(OURS, "two_measures")[0][1:] == ("0.0579", ("A-HR-02",))
    assert found(OURS, "in_and_out") == [
        (
            ("hr.eligibility.rural.i07", "hr.eligibility.rural.x05"),
            "more than 4.9421 up to 5 acres",
            ("A-HR-02",),
        )
    ]


@pytest.mark.req("R-COV-08")
def test_the_coverage_of_haryana_misses_its_total_by_seventy_thousand():
    rows = ("hr.coverage.rural", "hr.coverage.urban", "hr.coverage.total")
    assert found(OURS, "sum") == [(rows, "70000", ("A-HR-01",))]


def test_the_seventh_column_of_himachal_is_missing():
    assert found(OURS, "table_ends") == [
        (("hp.bpl.wheat", "hp.phh.wheat"), "6", ("A-HP-02",)),
        (("hp.bpl.rice", "hp.phh.rice"), "6", ("A-HP-02",)),
    ]


def test_a_percentage_that_does_not_fit_and_a_price_known_only_later_are_found():
    assert found(OURS, "percent") == [(("in.fam.aay.2", "in.fam.bpl.2000"), "30.673", ("A-IN-06",))]
    assert [measure for _, measure, _ in found(OURS, "price_missing")] == ["2014-09-01 to 2022-05-19"] * 3


def test_each_finding_names_file_line_and_words():
    (finding,) = [one for one in OURS.findings if one.kind == "in_and_out"]
    lines = (PACKS / "haryana" / "eligibility.yaml").read_text(encoding="utf-8").splitlines()
    for row, place in zip(finding.rows, finding.places, strict=True):
        file, _, line = place.rpartition(":")
        assert file == str(PACKS / "haryana" / "eligibility.yaml")
        assert lines[int(line) - 1].strip() == f"- id: {row.id}"
    assert finding.rows[0].quotation == "Small and marginal farmers (owning land upto 5.0 acres of any type)"
    assert finding.rows[1].quotation == "More than 2 hectares (5 acres) of land of any type"


def test_the_same_limit_in_two_units_is_no_contradiction():
    assert [one.upper for one in spans("upto 60 seconds (1 minute) are given")] == [60, 60]


def wrong(tmp_path, file, old, new):
    """A copy of one folder of ours with one thing changed, and what is not settled in it."""
    folder = file.split("/")[0]
    shutil.copytree(PACKS / folder, tmp_path / folder)
    path = tmp_path / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [(one.kind, one.ids, one.problem) for one in check(tmp_path, on=ON).unresolved]


FROM_DECEMBER = """\
    from: 2000-12-01
    to: null
    basis: stated
    source:
      file: 004_5728b07f3063711b.txt
      quotation: the total number of BPL families"""
PLANTED = [
    # A row past its last day.
    (
        "haryana/service_periods.yaml",
        "    from: 2013-09-10\n    to: null",
        "    from: 2013-09-10\n    to: 2019-12-31",
        ("out_of_force", ("hr.svc.new",), "past its last day, 2019-12-31, and no row follows it"),
    ),
    # Days between two scales.
    (
        "india/scale_of_issue.yaml",
        "to: 2001-06-30",
        "to: 2001-05-31",
        ("gap", ("in.scale.bpl.2", "in.scale.bpl.3"), "nothing answers from 2001-06-01 to 2001-06-30"),
    ),
    # Two counts that answer on one day.
    (
        "india/allocation.yaml",
        FROM_DECEMBER,
        FROM_DECEMBER.replace("12-01", "11-01"),
        (
            "overlap",
            ("in.fam.bpl.1997x", "in.fam.bpl.2000"),
            "both answer for the same thing from 2000-11-01 to 2000-11-30",
        ),
    ),
    # A total that is not the sum of its parts.
    (
        "haryana/statistics.yaml",
        'value: "9174"',
        'value: "9175"',
        (
            "sum",
            ("hr.shops.urban", "hr.shops.rural", "hr.shops.total"),
            "value: the parts come to 9174, the total says 9175, 1 apart",
        ),
    ),
    # A printed percentage that does not fit.
    (
        "haryana/coverage.yaml",
        'percent_printed: "41"',
        'percent_printed: "42"',
        ("percent", ("hr.coverage.urban",), "3621000 of 8821600 are 41.047 percent, and 42 is printed"),
    ),
    # A scale whose price ends before it.
    (
        "haryana/prices.yaml",
        "to: null",
        "to: 2020-12-31",
        (
            "price_missing",
            ("hr.aay.wheat", "hr.aay.wheat.price"),
            "AAY: no price of wheat from 2021-01-01 on",
        ),
    ),
    # Alternatives that are not counted alike.
    (
        "himachal_pradesh/entitlements.yaml",
        "unit: kg per card per month",
        "unit: kg per member per month",
        (
            "choice_units",
            ("hp.aay.wheat", "hp.aay.atta"),
            "the choice aay.cereal is across units: kg per card per month, kg per member per month",
        ),
    ),
    # An Antyodaya price that the Union does not allow.
    (
        "haryana/prices.yaml",
        'value: "2.00"',
        'value: "2.50"',
        (
            "fixed_price",
            ("hr.aay.wheat.price", "in.retail.aay.wheat"),
            "the end price of wheat is fixed at Rs 2.00 per kg, the State says 2.50",
        ),
    ),
    # A limit in two measures that are not the same.
    (
        "haryana/eligibility.yaml",
        "Small and marginal farmers (owning land upto 5.0 acres of any type)",
        "Small and marginal farmers (owning land upto 5.0 acres (3 hectares) of any type)",
        ("two_measures", ("hr.eligibility.rural.i07",), "5.0 acres are 5 acres, not 7.41315"),
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "planted"), PLANTED)
def test_what_is_planted_is_found(tmp_path, file, old, new, planted):
    assert planted in wrong(tmp_path, file, old, new)


BAD_FORMS = [
    ("haryana/documents.yaml", "{code: pan,", "{code: passport,", "two kinds of paper have one code"),
    ("himachal_pradesh/committees.yaml", "max: 6", "max: 4", "at most 4 is less than at least 5"),
    (
        "himachal_pradesh/entitlements.yaml",
        "choice_group: aay.cereal",
        "choice_group: aay.grain",
        "nothing in this file is called aay.grain",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "problem"), BAD_FORMS)
def test_a_file_that_does_not_fit_its_form_is_found(tmp_path, file, old, new, problem):
    bad = [told for kind, _, told in wrong(tmp_path, file, old, new) if kind == "bad_form"]
    assert [told.endswith(problem) for told in bad] == [True]


def test_a_settled_finding_that_changed_is_open_again(tmp_path):
    opened = wrong(tmp_path, "haryana/coverage.yaml", 'printed: "9098000"', 'printed: "9098001"')
    assert ("sum", ("hr.coverage.rural", "hr.coverage.urban", "hr.coverage.total")) in [
        one[:2] for one in opened
    ]


def test_a_file_that_nobody_reads_is_found(tmp_path):
    shutil.copytree(PACKS / "india", tmp_path / "india")
    (tmp_path / "india" / "notes.yaml").write_text("rows: []\n")
    assert [one.kind for one in check(tmp_path, on=ON).unresolved] == ["unread_file"]


def test_the_command_ends_with_one_for_what_is_not_settled_and_with_nought_for_ours(tmp_path):
    runner = CliRunner()
    ours = runner.invoke(app, ["policy", "check", "--on", "2026-11-01"])
    assert (ours.exit_code, "RESOLVED A-HR-02" in ours.output) == (0, True)
    assert ours.output.splitlines()[-1].endswith(" findings resolved, 0 unresolved")
    shutil.copytree(PACKS / "haryana", tmp_path / "haryana")
    prices = tmp_path / "haryana" / "prices.yaml"
    prices.write_text(prices.read_text(encoding="utf-8").replace("to: null", "to: 2020-12-31", 1))
    theirs = runner.invoke(app, ["policy", "check", "--packs", str(tmp_path), "--on", "2026-11-01"])
    assert theirs.exit_code == 1
    assert "UNRESOLVED  price_missing: AAY: no price of wheat from 2021-01-01 on" in theirs.output


def test_a_day_before_a_row_ran_out_leaves_nothing_behind():
    assert check(PACKS, on=date(2020, 5, 1)).settled_for_nothing == ()


def test_a_folder_without_packs_is_refused(tmp_path):
    assert CliRunner().invoke(app, ["policy", "check", "--packs", str(tmp_path)]).exit_code == 1
