"""Pairs of people weighed by a model that learns from the tables themselves, without labels (Splink).

How much agreement says is learnt (learnt.py), how much a name says follows from how common it is in these tables. So a
surname weighs little where a village shares it, and much where few bear it, without anybody saying which region it is.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import ibis

from rasad.pipelines.people import blocks, compared, frequencies, learnt, weighed
from rasad.pipelines.people.splinks import api_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine
    from rasad.pipelines.people.compared import Comparison
    from rasad.pipelines.progress import OnProgress

# Of fewer possible pairs nothing can be learnt: the figures of figures.py serve.
TAUGHT_FROM = 100_000
# A column that fewer rows hold teaches nothing and is not compared.
ENOUGH = 0.02
_NUMBERS = count()


@dataclass(frozen=True)
class Trained:
    """A model that has learnt: what it compares and the settings Splink can be given again."""

    comparisons: tuple[Comparison, ...]
    settings: dict[str, Any]


def pairs_of(
    engine: Engine,
    tables: Sequence[ir.Table],
    *,
    at_least: float,
    name: str,
    on_progress: OnProgress = lambda what, done, of: None,
) -> tuple[ir.Table, Trained]:
    """Pairs within one table or between two that weigh `at_least`: left, right, weight and a level a comparison.

    The tables come from `ready.readied`. Weights are base-2 logarithms of the odds that the two are one person.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    on_progress("blocks", 0, 1)
    who = blocks.blocked(engine, tables, name=name)
    columns = _with_values(tables)
    comparisons = tuple(compared.comparisons(columns))
    api = api_of(engine)
    needed = sorted(set.intersection(*(set(table.columns) for table in tables)) - {"person"})
    people, often = frequencies.localised(
        engine, [table.select(needed) for table in tables], columns, name=name
    )
    rows = [int(table.count().to_pyarrow().as_py()) for table in tables]
    possible = rows[0] * (rows[1] if len(rows) > 1 else (rows[0] - 1) / 2)
    settings = _untaught(comparisons, rows, possible, often)
    if possible >= TAUGHT_FROM:
        settings = learnt.learnt(
            engine, api, people, settings, comparisons, columns, name=name, on_progress=on_progress
        )
    trained = Trained(comparisons, settings)
    found = weighed.weighed(
        engine,
        api,
        trained.settings,
        who,
        people,
        often,
        at_least=at_least,
        rows=rows[0],
        name=name,
        on_progress=on_progress,
    )
    kept = _with_own_names(engine, found, tables, comparisons, name=name)
    api.delete_tables_created_by_splink_from_db()
    return kept, trained


def _untaught(
    comparisons: Sequence[Comparison], rows: Sequence[int], possible: float, often: Collection[str]
) -> dict[str, Any]:
    """The settings before anything is learnt: the figures of figures.py, and one row in ten has its double."""
    local = [column.removesuffix(frequencies.LOCAL) for column in often]
    return {
        "link_type": "link_only" if len(rows) > 1 else "dedupe_only",
        "probability_two_random_records_match": min(0.1, max(1e-9, 0.1 * min(rows) / max(possible, 1))),
        "comparisons": [
            one.settings(frequencies=possible >= TAUGHT_FROM, local=local) for one in comparisons
        ],
        "blocking_rules_to_generate_predictions": [],
        "unique_id_column_name": "number",
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
    }


def _with_own_names(
    engine: Engine,
    found: ir.Table,
    tables: Sequence[ir.Table],
    comparisons: Sequence[Comparison],
    *,
    name: str,
) -> ir.Table:
    """Pairs by the names the tables have for their people; within one table the smaller name first."""
    left = tables[0].select(number_l="number", own_l="person")
    right = tables[-1].select(number_r="number", own_r="person")
    told = found.inner_join(left, "number_l").inner_join(right, "number_r")
    one, other = told.own_l, told.own_r
    if len(tables) == 1:
        one, other = ibis.least(told.own_l, told.own_r), ibis.greatest(told.own_l, told.own_r)
    pairs = told.select(
        left=one,
        right=other,
        weight=told.match_weight.round(3),
        **{one.name: told[f"gamma_{one.name}"].cast("int8") for one in comparisons},
    )
    return engine.write(pairs, engine.scratch / f"{name}_pairs_{next(_NUMBERS)}.parquet")


def _with_values(tables: Sequence[ir.Table]) -> set[str]:
    """The columns that hold something in enough rows of every side to be learnt from."""
    told: set[str] = set.intersection(*(set(table.columns) for table in tables))
    for table in tables:
        counts = (
            table.aggregate(**{column: table[column].count() for column in told}).to_pyarrow().to_pylist()[0]
        )
        told = {column for column in told if counts[column] > ENOUGH * counts["person"]}
    return told
