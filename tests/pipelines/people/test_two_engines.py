"""The same pairs from DuckDB and from Spark: one text of names, blocks, comparisons and learning."""

import pytest

from rasad.pipelines.engine import Engine
from rasad.pipelines.people import batch, ready, trained
from tests.pipelines.people.cast import COLUMNS, link
from tests.pipelines.relief import spark_here

LACKS = spark_here.missing()
pytestmark = [
    pytest.mark.spark,
    pytest.mark.xdist_group("spark"),
    pytest.mark.skipif(bool(LACKS), reason=f"not possible on this machine: {LACKS}"),
]


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    with spark_here.session(tmp_path_factory.mktemp("spark")) as session:
        yield session


def pairs(name, folder):
    """Pairs at even odds and those called the same."""
    engine = Engine(name, scratch=folder / "scratch")
    given = [
        engine.keep(table, engine.scratch / f"given_{at}.parquet")
        for at, table in enumerate(link(people=300, doubles=100))
    ]
    # Figures as given and not learnt: a random sample is another on another engine.
    told = ready.readied(engine, given, [COLUMNS] * 2, year=2020, name="t")
    found, model = trained.pairs_of(engine, told, at_least=0.0, name="t")
    rows = batch.verdicts(found, model.comparisons, batch.Limits()).to_pyarrow().to_pylist()
    engine.close()
    return {(row["left"], row["right"]): row for row in rows}


def test_both_engines_find_the_same_pairs_for_the_same_reasons(spark, tmp_path, monkeypatch):
    monkeypatch.setattr(trained, "TAUGHT_FROM", 10**9)

    duckdb, sparked = pairs("duckdb", tmp_path / "d"), pairs("spark", tmp_path / "s")

    assert duckdb == sparked
    assert len(duckdb) > 80


def test_spark_learns_too(spark, tmp_path):
    found = pairs("spark", tmp_path)

    right = [pair for pair in found if pair[0][1:] == pair[1][1:]]
    assert (len(right) > 90, len(right) / len(found) > 0.95) == (True, True)
