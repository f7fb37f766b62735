"""Pairs of people weighed by a model that learns from the tables themselves, without labels (Splink).

How often two people agree by chance (u) is counted on a random sample; how often one person's two records agree (m)
is found by expectation maximisation; how much a name says follows from how common it is in these tables. So a surname
weighs little where a village shares it, and much where few bear it, without anybody saying which region it is.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import ibis
from splink import Linker
from splink.internals.exceptions import EMTrainingException

from rasad.pipelines.people import blocks, compared
from rasad.pipelines.people.splinks import api_of, as_ibis, native

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine
    from rasad.pipelines.people.compared import Comparison
    from rasad.pipelines.progress import OnProgress

# Random pairs by which chance is counted, and pairs of one block from which one person's records are learnt.
CHANCE_PAIRS, CHANCE_PAIRS_OF_FEW, LEARNT_PAIRS = 1e6, 2e5, 3e5
# Of fewer possible pairs nothing can be learnt: the figures of figures.py serve.
TAUGHT_FROM = 100_000
# A column that fewer rows hold teaches nothing and is not compared.
ENOUGH = 0.02
# Rows a chunk: bounds the memory a prediction takes.
ROWS_A_CHUNK = 500_000
# The share of true pairs found by agreement in all of a name, a guardian or surname and a day, or in a number.
FOUND_BY_RULE = 0.7
_NUMBERS = count()

# By what belongs to one person: a telephone or an address alone would teach what a family has in common.
_LEARN_BY = (
    ("id_number",), ("born", "place"), ("first", "mobile"), ("first", "guard", "place"), ("first", "last"), ("born",),
    ("first", "guard"), ("email",), ("first", "postcode"), ("first", "place"), ("first", "birth_year"),
)  # fmt: skip
_SURE = (
    ("id_number",), ("email",), ("first", "last", "born"), ("first", "guard", "born"),
    ("mobile", "first", "birth_year"),
    ("first", "born", "place"), ("first", "born", "postcode"),
)  # fmt: skip
# Where a table has no birthdays and no numbers.
_NEARLY_SURE = (("first", "last", "guard", "place"), ("first", "guard", "place"), ("first", "last", "place"))


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
    told, rules = blocks.blocked(engine, tables, name=name)
    columns = _with_values(tables)
    comparisons = tuple(compared.comparisons(columns))
    api = api_of(engine)
    inputs = [api.register(native(engine, table)) for table in told]
    rows = [int(table.count().to_pyarrow().as_py()) for table in tables]
    possible = rows[0] * (rows[1] if len(rows) > 1 else (rows[0] - 1) / 2)
    settings = {
        "link_type": "link_only" if len(told) > 1 else "dedupe_only",
        # Until it is learnt: one row in ten has its double.
        "probability_two_random_records_match": min(0.1, max(1e-9, 0.1 * min(rows) / max(possible, 1))),
        "comparisons": [one.settings(frequencies=possible >= TAUGHT_FROM) for one in comparisons],
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in rules],
        "unique_id_column_name": "person",
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
    }
    linker = Linker(inputs if len(told) > 1 else inputs[0], settings, log_level=None)
    if possible >= TAUGHT_FROM:
        few = max(rows) <= blocks.FEW_ROWS
        _train(linker, comparisons, columns, CHANCE_PAIRS_OF_FEW if few else CHANCE_PAIRS, on_progress)
    trained = Trained(comparisons, linker.misc.save_model_to_json())
    kept = _predicted(
        engine, linker, rows[0], comparisons, at_least=at_least, name=name, on_progress=on_progress
    )
    api.delete_tables_created_by_splink_from_db()
    return kept, trained


def _with_values(tables: Sequence[ir.Table]) -> set[str]:
    """The columns that hold something in enough rows of every side to be learnt from."""
    told: set[str] = set.intersection(*(set(table.columns) for table in tables))
    for table in tables:
        counts = (
            table.aggregate(**{column: table[column].count() for column in told}).to_pyarrow().to_pylist()[0]
        )
        told = {column for column in told if counts[column] > ENOUGH * counts["person"]}
    return told


def _train(
    linker: Any,
    comparisons: Sequence[Comparison],
    columns: set[str],
    chance_pairs: float,
    on_progress: OnProgress,
) -> None:
    sure = [_rule(keys) for keys in _SURE if set(keys) <= columns]
    sure = sure or [_rule(keys) for keys in _NEARLY_SURE if set(keys) <= columns][:1]
    on_progress("chance", 0, 1)
    before = linker._settings_obj._probability_two_random_records_match
    if sure:
        linker.training.estimate_probability_two_random_records_match(sure, recall=FOUND_BY_RULE)
    if not linker._settings_obj._probability_two_random_records_match:
        linker._settings_obj._probability_two_random_records_match = before
    linker.training.estimate_u_using_random_sampling(
        max_pairs=chance_pairs, seed=1, num_chunks=1, min_count_per_level=None
    )
    sessions = _sessions(comparisons, columns)
    for at, keys in enumerate(sessions):
        on_progress("learning", at, len(sessions))
        # Nobody who agrees in these: nothing to learn from them, and what else is known serves.
        with suppress(EMTrainingException):
            linker.training.estimate_parameters_using_expectation_maximisation(
                _rule(keys), estimate_without_term_frequencies=True, max_pairs=LEARNT_PAIRS
            )


def _rule(keys: Sequence[str]) -> str:
    return " AND ".join(f"l.{key} = r.{key}" for key in keys)


def _sessions(comparisons: Sequence[Comparison], columns: set[str]) -> list[tuple[str, ...]]:
    """Few ways to pair people for learning, so that each comparison is learnt from pairs not chosen by it."""
    waiting = {one.name for one in comparisons}
    told: list[tuple[str, ...]] = []
    for keys in _LEARN_BY:
        if not set(keys) <= columns:
            continue
        taught = {one.name for one in comparisons if not _speaks_of(one, keys)}
        if waiting & taught:
            told.append(keys)
            waiting -= taught
    return told


def _speaks_of(one: Comparison, keys: Sequence[str]) -> bool:
    sql = " ".join(level.condition for level in one.levels)
    return any(f"{key}_l" in sql for key in keys)


def _predicted(
    engine: Engine,
    linker: Any,
    rows: int,
    comparisons: Sequence[Comparison],
    *,
    at_least: float,
    name: str,
    on_progress: OnProgress,
) -> ir.Table:
    chunks = max(1, -(-rows // ROWS_A_CHUNK))
    parts = []
    for chunk in range(1, chunks + 1):
        on_progress("weighing", chunk - 1, chunks)
        found = linker.inference.predict_chunk(
            (chunk, chunks), (1, 1), threshold_match_weight=at_least, warning_mode="never"
        )
        pairs = as_ibis(engine, found)
        kept = pairs.select(
            left="person_l",
            right="person_r",
            weight=pairs.match_weight.round(3),
            **{one.name: pairs[f"gamma_{one.name}"].cast("int8") for one in comparisons},
        )
        parts.append(engine.write(kept, engine.scratch / f"{name}_pairs_{next(_NUMBERS)}.parquet"))
        found.drop_table_from_database_and_remove_from_cache()
    return parts[0] if len(parts) == 1 else ibis.union(*parts)
