"""One reading: what a table of cards is told is what each card is told alone."""

import json
import random
from collections import Counter

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from rasad.cli import app
from rasad.pipelines.entitlements.run import entitlements_run
from rasad.policy.entitlements import entitlement
from rasad.policy.jurisdiction import jurisdiction
from rasad.values.month import Month
from rasad.values.refused import Refused
from tests.pipelines.relief import spark_here

LACKS = spark_here.missing()
ENGINES = [
    "duckdb",
    pytest.param(
        "spark",
        marks=[
            pytest.mark.spark,
            pytest.mark.xdist_group("spark"),
            pytest.mark.skipif(bool(LACKS), reason=f"not possible on this machine: {LACKS}"),
        ],
    ),
]
MONTHS = {
    "IN-HR": ["2013-08", "2015-01", "2020-05", "2020-07"],
    "IN-HP": ["2014-08", "2014-09", "2022-05", "2022-06"],
}


def generated(state):
    """Cards of every category (and one nobody knows), sizes 1 to 12, areas, choices; in mixed order."""
    categories = [row.value for row in jurisdiction(state).categories] + ["XYZ"]
    kinds = [
        (category, members, tribal, choice)
        for category in categories
        for members in range(1, 13)
        for tribal in (False, True, None)
        for choice in (None, "wheat", "atta", "rice")
    ]
    random.Random(2022).shuffle(kinds)
    return kinds


def alone(kind, state, month):
    category, members, tribal, choice = kind
    try:
        due = entitlement(
            category, members=members, month=month, state=state, choice=choice, tribal_area=bool(tribal)
        )
    except Refused as refused:
        return refused.code
    return [
        (
            line.commodity,
            line.part,
            {"kg": "g", "litre": "ml"}[line.unit],
            line.quantity,
            line.price,
            line.amount,
        )
        for line in due.lines
    ]


def together(out, kinds):
    told = {number: [] for number in range(len(kinds))}
    for row in pq.read_table(out / "lines.parquet").to_pylist():
        line = (row["commodity"], row["part"], row["unit"], row["quantity"], row["price"], row["amount"])
        told[int(row["card_number"])].append((row["line"], line))
    answers = {number: [line for _, line in sorted(lines)] for number, lines in told.items()}
    for row in pq.read_table(out / "refused.parquet").to_pylist():
        answers[int(row["card_number"])] = row["refused"]
    return answers


def register(folder, kinds):
    folder.mkdir(exist_ok=True)
    category, members, tribal, choice = zip(*kinds, strict=True)
    numbers = [str(number) for number in range(len(kinds))]
    columns = {"card_number": numbers, "category": category, "members": members, "choice": choice}
    table = pa.table(
        {**columns, "tribal_area": pa.array(tribal, pa.bool_()), "district": ["58"] * len(kinds)}
    )
    pq.write_table(table, folder / "cards.parquet")
    return folder


@pytest.fixture(scope="module")
def spark_session(tmp_path_factory):
    if LACKS:
        yield
    else:
        with spark_here.session(tmp_path_factory.mktemp("spark")):
            yield


@pytest.mark.req("R-ENT-30")
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("state", MONTHS)
def test_a_table_of_cards_is_told_what_each_card_is_told_alone(tmp_path, request, engine, state):
    if engine == "spark":
        request.getfixturevalue("spark_session")
    kinds = generated(state)
    cards = register(tmp_path / "register", kinds)
    for month in map(Month.parse, MONTHS[state]):
        out = tmp_path / str(month)
        told = entitlements_run(cards, out, state=state, month=month, engine=engine)
        expected = {number: alone(kind, state, month) for number, kind in enumerate(kinds)}
        assert together(out, kinds) == expected
        codes = Counter(answer for answer in expected.values() if isinstance(answer, str))
        assert told["refused"] == dict(codes)
        assert told["cards"] == len(kinds)


def test_members_are_counted_where_the_cards_do_not_tell_them(tmp_path):
    pq.write_table(
        pa.table({"card_number": ["1", "2", "3"], "category": ["oph", "OPH", None]}),
        tmp_path / "cards.parquet",
    )
    pq.write_table(pa.table({"card_number": ["1", "1", "1", "9"]}), tmp_path / "members.parquet")
    out = tmp_path / "out"
    told = entitlements_run(tmp_path, out, state="IN-HR", month=Month(2015, 1))
    assert told["refused"] == {"category_missing": 1, "members_unknown": 1}
    wheat = [row for row in pq.read_table(out / "lines.parquet").to_pylist() if row["commodity"] == "wheat"]
    assert [(row["card_number"], row["quantity"], row["amount"]) for row in wheat] == [("1", 15000, 3000)]


def test_a_card_outside_its_days_is_named_and_not_dropped(tmp_path):
    heading = "card_number,category,members,issued_on,ended_on\n"
    lines = [
        "1,AAY,2,2010-01-01,",
        "2,AAY,2,2015-02-01,",
        "3,AAY,2,2010-01-01,2015-01-01",
        "4,AAY,2,,2015-01-02",
    ]
    (tmp_path / "cards.csv").write_text(heading + "\n".join(lines) + "\n")
    told = entitlements_run(tmp_path, tmp_path / "out", state="IN-HR", month=Month(2015, 1))
    assert told["refused"] == {"card_ended": 1, "card_not_yet_issued": 1}
    assert told["served"] == 2


def test_the_command_writes_sums_by_district(tmp_path):
    table = pa.table(
        {"card_number": ["1", "2"], "category": ["PHH", "AAY"], "members": [2, 5], "district": ["2", "2"]}
    )
    pa_csv.write_csv(table, tmp_path / "cards.csv")
    asked = ["policy", "entitlements", "--on", str(tmp_path), "--month", "2022-06", "--state", "IN-HP"]
    ended = CliRunner().invoke(app, [*asked, "--out", str(tmp_path / "out")])
    assert ended.exit_code == 0, ended.output
    totals = pq.read_table(tmp_path / "out" / "totals.parquet").to_pylist()
    wheat = [row for row in totals if row["commodity"] == "wheat"]
    assert [(row["allocation"], row["category"], row["quantity"], row["amount"]) for row in wheat] == [
        ("NFSA", "AAY", 20000, 4000),
        ("NFSA", "PHH", 6000, 1200),
        ("OTNFSA", "PHH", 3000, 2280),
    ]
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["served"] == 2
