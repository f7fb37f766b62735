"""The same tokens, row for row, from DuckDB and from Spark; and the same no."""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from datetime import date

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from rasad.pipelines.relief.run import Inputs, prepared, relief_run
from rasad.pipelines.synth.state import write_state
from rasad.values.refused import Refused
from tests.pipelines.relief import spark_here
from tests.pipelines.relief.cast import (
    BALWAN,
    DRT,
    FAMILY,
    LAKSHMI,
    PLACES,
    SECRET,
    Outcome,
    aadhaar,
    card,
    family,
    files,
    opened,
    run,
)

LACKS = spark_here.missing()
pytestmark = [
    pytest.mark.spark,
    # One session for all of them, also where tests run in several processes.
    pytest.mark.xdist_group("spark"),
    pytest.mark.skipif(bool(LACKS), reason=f"not possible on this machine: {LACKS}"),
]
TABLES = ("tokens", "token_members", "rows", "reviews")
# Nobody made up has these numbers.
THREE = [one.but(aadhaar=aadhaar(9_876_540 + number)) for number, one in enumerate(FAMILY)]
STAGES = (
    "families",
    "people",
    "untidy",
    "shared",
    "problems",
    "screened",
    "on_card",
    "probably_on_card",
    "resembling",
    "merged",
    "numbers",
    "tokens",
    "contested",
    "assigned",
    "rows",
    "token_members",
)


@pytest.fixture(scope="module", autouse=True)
def spark(tmp_path_factory):
    with spark_here.session(tmp_path_factory.mktemp("spark")) as session:
        yield session


class Stopped(Exception):  # noqa: N818  it names what happened
    """Somebody pulled the plug."""


def stop_at(stage):
    def tell(name, _place, _of):
        if name == stage:
            raise Stopped

    return tell


def with_the_cast(folder):
    """Our own people among those made up; one table as CSV, one in parts of unlike types."""
    asking = [
        family("SARAL", "asha", *THREE),
        family("MMPSY", "asha", *THREE[:2], received_on=date(2020, 5, 2)),
        family("LOCAL_COMMITTEE", "lakshmi", LAKSHMI, place="kaimri"),
        family("CM_TWITTER", "nobody"),
        family("SARAL", "balwan", BALWAN, place="nowhere", district="Sirsa"),
    ]
    ours = files(asking, [card("069000000001", "OPH", LAKSHMI, place="kaimri")], places=PLACES[2:])
    for name in ours.rows:
        path = folder / ("sources" if "." in name else "register") / f"{name}.parquet"
        both = [pq.read_table(path), ours.table(name)]
        pq.write_table(pa.concat_tables(both, promote_options="permissive"), path)
    committee = folder / "sources" / "local_committee.members.parquet"
    pa_csv.write_csv(pq.read_table(committee), committee.with_suffix(".csv"))
    committee.unlink()
    shops = pq.read_table(path := folder / "register" / "shops.parquet")
    path.unlink()
    path.mkdir()
    place = shops.schema.get_field_index("latitude")
    pq.write_table(shops[:5].set_column(place, "latitude", pa.nulls(5)), path / "a.parquet")
    pq.write_table(shops[5:], path / "b [2020].parquet")
    return folder


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    """A thousandth of Haryana run on each engine; on Spark it is cut off half-way and goes on."""
    folder = tmp_path_factory.mktemp("state [2020]")
    write_state(folder, scale=0.001, seed=2020, mess=0.01)
    with_the_cast(folder)
    inputs = Inputs(DRT, folder / "sources", folder / "register", SECRET)
    for engine, tell in (("duckdb", None), ("spark", stop_at("issue")), ("spark", None)):
        out = folder / engine
        work = prepared(inputs, out=out, engine=engine, memory="1GB")
        with pytest.raises(Stopped) if tell else nullcontext():
            relief_run(work, out, tell)
        work.engine.close()
        if tell:
            # What Spark leaves of a table that was being written.
            (out / "stages" / "tokens.parquet.half" / "_temporary").mkdir(parents=True)
    return folder


def told(path):
    """A table's rows in one order of their own."""
    table = pq.read_table(path)
    columns = sorted(table.column_names)
    return columns, sorted(table.select(columns).to_pylist(), key=lambda row: json.dumps(row, default=str))


@pytest.mark.parametrize("name", TABLES)
def test_result_is_the_same_from_both_engines(made_up, name):
    duckdb, spark = (pq.read_table(made_up / engine / f"{name}.parquet") for engine in ("duckdb", "spark"))
    assert duckdb.schema == spark.schema
    assert told(made_up / "spark" / f"{name}.parquet") == told(made_up / "duckdb" / f"{name}.parquet")
    assert len(duckdb) > 0


@pytest.mark.parametrize("name", STAGES)
def test_stage_is_the_same_from_both_engines(made_up, name):
    duckdb, spark = (made_up / engine / "stages" / f"{name}.parquet" for engine in ("duckdb", "spark"))
    assert told(spark) == told(duckdb)


@pytest.mark.parametrize("name", ["problems.csv", "stopped.csv"])
def test_list_for_an_office_is_the_same_to_the_byte(made_up, name):
    assert (made_up / "spark" / name).read_bytes() == (made_up / "duckdb" / name).read_bytes()


def test_summary_is_the_same_but_for_the_engine_it_names(made_up):
    duckdb, spark = (
        json.loads((made_up / engine / "summary.json").read_text()) for engine in ("duckdb", "spark")
    )
    assert (duckdb.pop("engine"), spark.pop("engine")) == ("duckdb", "spark")
    assert spark == duckdb
    assert min(spark["reviews"], *spark["refused"].values(), *spark["shops"].values()) > 0


def test_familiar_people_end_on_spark_as_the_stories_say(made_up):
    told = Outcome(made_up / "spark", {})
    token = told.token("SARAL", "asha")
    assert told.row("MMPSY", "asha")["token"] == token["number"]
    assert told.ended("MMPSY", "asha") == ("linked", "same_person")
    assert told.members_of(token) == ["Asha Devi", "Suresh Kumar", "Pooja"]
    assert (token["shop"], token["shop_reason"]) == ("106300100001", "own_place")
    assert told.ended("CM_TWITTER", "nobody") == ("refused", "no_members")
    assert told.ended("LOCAL_COMMITTEE", "lakshmi") == ("refused", "probably_on_free_card")
    assert told.row("LOCAL_COMMITTEE", "lakshmi")["card_masked"] == "XXXXXXXX0001"
    assert told.token("SARAL", "balwan")["shop_reason"] == "place_unknown"


def test_nothing_half_done_is_left_by_spark(made_up):
    left = [path.name for path in (made_up / "spark").rglob("*")]
    assert [name for name in left if name.endswith(".half") or name in ("scratch", "_temporary")] == []


@pytest.fixture
def state(tmp_path):
    return files([family("SARAL", "asha", *FAMILY)]).written(tmp_path)


def test_file_damaged_in_its_middle_is_named_on_spark_too(state):
    path = state / "sources" / "saral.families.parquet"
    group = pq.read_metadata(path).row_group(0)
    [column] = [n for n in range(group.num_columns) if group.column(n).path_in_schema == "received_on"]
    start, length = group.column(column).dictionary_page_offset, group.column(column).total_compressed_size
    data = path.read_bytes()
    path.write_bytes(data[:start] + b"\xff" * length + data[start + length :])
    with pytest.raises(Refused) as no:
        run(state, engine="spark")
    assert (no.value.code, no.value.facts["file"]) == ("file_not_parquet", "saral.families.parquet")


def test_strange_memory_is_refused_on_spark_too(state):
    with pytest.raises(Refused) as no:
        opened(state, engine="spark", memory="much")
    assert (no.value.code, no.value.facts) == ("memory_not_understood", {"memory": "much"})
    opened(state).engine.close()


def test_spark_that_cannot_start_is_a_sentence_and_no_traceback(state):
    given = ("--sources", state / "sources", "--register", state / "register", "--out", state / "out")
    command = [sys.executable, "-m", "rasad", "relief", "run", *map(str, given), "--engine", "spark"]
    path = os.pathsep.join(part for part in sys.path if part)
    done = subprocess.run(
        [*command, "--files-only"],
        env={**os.environ, "PYTHONPATH": path, "JAVA_HOME": str(state / "no java")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Spark" in done.stderr
    assert "[spark_not_started]" in done.stderr
    assert "Traceback" not in done.stderr
