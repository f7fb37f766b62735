"""Each family of a table is judged as it would be alone: the same result, criteria, marks and open questions."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from rasad.pipelines.eligibility.run import judge
from rasad.pipelines.engine import Engine
from rasad.policy.eligibility import decide
from rasad.policy.facts import read_facts
from rasad.policy.packs import with_folders
from tests.pipelines.relief import spark_here
from tests.policy.made_up_families import LAW, families

ON = date(2015, 1, 16)
STATES = Path(__file__).parents[2] / "policy" / "states"
KINDS = {"yes_no": pa.bool_(), "number": pa.string(), "choice": pa.string(), "people": pa.string()}
COLUMNS = [("family", pa.int64()), ("area", pa.string())]
COLUMNS += [(name, KINDS[fact.type]) for fact in LAW.facts for name in fact.names]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    running = Engine("duckdb", scratch=tmp_path_factory.mktemp("scratch") / "s", threads=1)
    yield running
    running.close()


def judged(engine, rows, out, columns=COLUMNS, state="IN-HR", on=ON):
    numbered = [{"family": number, **row} for number, row in enumerate(rows)]
    table = pa.Table.from_pylist(numbered, schema=pa.schema(columns))
    found = judge(engine, engine.keep(table, out / "families.parquet"), state=state, on=on, out=out)
    return found.decisions.order_by("family").to_pyarrow().to_pylist()


def alone(facts, state="IN-HR", on=ON):
    found = decide(facts, state=state, on=on)
    return {
        "result": found.result,
        "category": found.category,
        "matched": " ".join(found.matched),
        "undecided": " ".join(found.undecided),
        "near_limit": found.near_limit,
        "card_keeps_serving": found.card_keeps_serving,
    }


def of_table(row):
    return {name: value for name, value in row.items() if name not in ("family", "area")}


# Not shrunk: each try is a run of the engine, and the rows that differ are shown as they are.
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=some.lists(families(), min_size=40, max_size=60))
def test_a_table_is_judged_as_each_family_alone(engine, tmp_path, rows):
    found = judged(engine, rows, tmp_path)
    assert [of_table(row) for row in found] == [alone(row) for row in rows]


BOUNDARIES = [
    {"area": area, fact: number}
    for area in ("rural", "urban")
    for fact, numbers in {
        "land_acres": ("4.94", "4.942", "5.0", "5.000001"),
        "land_hectares": ("1.9999", "2.0", "2.0234", "2.0235"),
        "annual_income": ("199999.99", "200000.00", "200000.01"),
        "house_plot_sq_yd": ("249.999999", "250"),
        "flat_super_area_sq_ft": ("1499.999999", "1500"),
    }.items()
    for number in numbers
]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.decimal128(20, 6), pa.decimal128(38, 8), pa.float64()], ids=str
)
def test_every_boundary_is_the_same_in_every_type_of_number(engine, tmp_path, kind):
    rows = [{"local_body": "municipal_council", "homeless": True, **row} for row in BOUNDARIES]
    numbers = {name for fact in LAW.facts if fact.type == "number" for name in fact.names}
    columns = [(name, kind if name in numbers else given) for name, given in COLUMNS]
    written = [
        {name: cast(value, kind) if name in numbers else value for name, value in row.items()} for row in rows
    ]
    found = judged(engine, written, tmp_path, columns)
    assert [of_table(row) for row in found] == [alone(row) for row in rows]


def cast(value, kind):
    return pa.scalar(value).cast(kind).as_py()


def test_columns_that_are_not_there_are_open_and_not_no(engine, tmp_path):
    rows = [{"area": "rural"}, {"area": "urban"}]
    found = judged(engine, rows, tmp_path, COLUMNS[:2])
    assert [of_table(row) for row in found] == [alone(row) for row in rows]


def test_a_row_that_cannot_be_judged_is_named_so(engine, tmp_path):
    rows = [
        {"area": "moon"},
        {"area": None},
        {"area": "rural", "land_acres": "-1"},
        {"area": "rural", "annual_income": "plenty"},
        {"area": "urban", "annual_income": "1e3"},
        {"area": "urban", "house_plot_sq_yd": "9999999999999"},
        {"area": "rural", "homeless": True},
    ]
    found = judged(engine, rows, tmp_path)
    assert [row["result"] for row in found] == ["unusable"] * 6 + ["eligible"]
    assert [row["area"] for row in found] == [row["area"] for row in rows]
    assert {row["matched"] for row in found[:6]} == {None}


def test_words_for_yes_and_no_are_read_and_others_are_not_usable(engine, tmp_path):
    columns = [(name, pa.string()) for name, _ in COLUMNS]
    rows = [{"area": "rural", "homeless": word} for word in ("Yes", "1", "no", "", "perhaps")]
    numbered = [{**row, "family": str(number)} for number, row in enumerate(rows)]
    found = judged(engine, numbered, tmp_path, columns)
    assert [row["result"] for row in found] == [
        "eligible",
        "eligible",
        "not_eligible",
        "not_eligible",
        "unusable",
    ]
    assert ["R-I-03" in (row["undecided"] or "").split() for row in found] == [False] * 3 + [True, False]


def test_a_new_state_is_judged_by_its_folder_alone(engine, tmp_path):
    columns = [("family", pa.int64()), ("area", pa.string()), ("fishing_weeks", pa.int32())]
    columns += [("buffaloes", pa.float64()), ("crew", pa.string()), ("existing_card", pa.string())]
    rows = [
        {"area": "river", "fishing_weeks": 26, "crew": "trawler:owner"},
        {"area": "river", "fishing_weeks": 0, "crew": "dinghy:hand; trawler:owner"},
        {"area": "river", "crew": "trawler:owner", "existing_card": "BOAT"},
        {"area": "river", "fishing_weeks": 1, "crew": "trawler:"},
        {"area": "hill", "buffaloes": 1.5},
        {"area": "hill", "buffaloes": 2.0, "fishing_weeks": 1},
    ]
    on = date(2022, 7, 1)
    with with_folders(STATES):
        found = judged(engine, rows, tmp_path, columns, "IN-XN", on)
        assert [of_table(row) for row in found] == [alone(row, "IN-XN", on) for row in rows]
    assert [row["matched"] for row in found] == ["N1", "N2", "N2", "", "H1", "H2"]


def test_the_facts_of_a_text_are_those_of_a_list():
    listed = [{"employer": "university", "kind": "regular"}, {"employer": "board", "kind": None}]
    asked = [fact for fact in LAW.facts if fact.type == "people"]
    written = read_facts(asked, {"members_employment": "university:regular; board:"})
    assert written == read_facts(asked, {"members_employment": listed})


@pytest.mark.spark
@pytest.mark.skipif(
    bool(spark_here.missing()), reason=f"not possible on this machine: {spark_here.missing()}"
)
def test_spark_judges_as_duckdb_does(engine, tmp_path):
    rows = [{"local_body": "municipal_council", **row} for row in BOUNDARIES]
    rows += [{"area": "urban", "members_employment": text} for text in PEOPLE]
    rows += [{"area": "moon"}, {"area": "rural", "land_acres": "-1"}]
    with spark_here.session(tmp_path):
        spark = Engine("spark", scratch=tmp_path / "scratch")
        try:
            found = judged(spark, rows, tmp_path / "spark")
        finally:
            spark.close()
    assert found == judged(engine, rows, tmp_path / "duckdb")
    assert [of_table(row) for row in found[:-2]] == [alone(row) for row in rows[:-2]]


PEOPLE = [
    "none",
    "university:regular",
    "private:regular; board:contractual",
    "board:",
    ":regular",
    "trust:regular",
]
