"""What two records of one person agree in, and two people's by chance, learnt from the tables themselves (Splink).

Chance is counted on random people. What one person's records agree in is learnt, without labels, from people who meet
by a birthday and a village or by a first name and a telephone. Of a large table as many are looked at as it takes.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import ibis
from splink import Linker
from splink.internals.exceptions import EMTrainingException

from rasad.pipelines.people import blocks
from rasad.pipelines.people.splinks import nothing, seen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine
    from rasad.pipelines.people.compared import Comparison
    from rasad.pipelines.progress import OnProgress

# Random pairs by which chance is counted, and pairs of one block from which one person's records are learnt.
CHANCE_PAIRS, CHANCE_PAIRS_OF_FEW, LEARNT_PAIRS = 1e6, 1e5, 3e5
ALL_PAIRS = 1e12
# Rows of a table in which enough people meet by one rule of learning.
LEARNT_ROWS = 500_000
# No table is so clean that a disagreement proves two people: one record in so many is wrong, whatever was learnt.
LEAST_OF_ONE_PERSON = 0.001
# The share of true pairs found by agreement in all of a name, a guardian or surname and a day, or in a number.
FOUND_BY_RULE = 0.7

# By what belongs to one person: a telephone or an address alone would teach what a family has in common.
_LEARN_BY = (
    ("id_number",), ("born", "place"), ("first", "mobile"), ("first", "guard", "place"), ("first", "last"), ("born",),
    ("first", "guard"), ("email",), ("first", "postcode"), ("first", "place"), ("first", "birth_year"),
)  # fmt: skip
_SURE: tuple[tuple[str, ...], ...] = (
    ("id_number",), ("email",), ("first", "last", "born"), ("first", "guard", "born"),
    ("mobile", "first", "birth_year"),
    ("first", "born", "place"), ("first", "born", "postcode"),
)  # fmt: skip
# Where a table has no birthdays and no numbers.
_NEARLY_SURE: tuple[tuple[str, ...], ...] = (
    ("first", "last", "guard", "place"),
    ("first", "guard", "place"),
    ("first", "last", "place"),
)


def learnt(
    engine: Engine,
    api: Any,
    people: Sequence[ir.Table],
    settings: Mapping[str, Any],
    comparisons: Sequence[Comparison],
    columns: set[str],
    *,
    name: str,
    on_progress: OnProgress,
) -> dict[str, Any]:
    """The settings with what was learnt: how often a pair is one person, and the figures of every comparison.

    `columns` are those that hold enough to learn from.
    """
    on_progress("chance", 0, 1)
    rows = [int(table.count().to_pyarrow().as_py()) for table in people]
    told = {**settings, **_share(engine, api, people, settings, columns, name=name)}
    told = _by_chance(engine, api, people, told, rows)
    return _of_one_person(
        engine, api, people, told, comparisons, columns, rows, name=name, on_progress=on_progress
    )


def _linker(engine: Engine, api: Any, tables: Sequence[ir.Table], settings: Mapping[str, Any]) -> Any:
    inputs = [api.register(seen(engine, table)) for table in tables]
    return Linker(
        inputs if len(inputs) > 1 else inputs[0], dict(settings), log_level=None, validate_settings=False
    )


def _share(
    engine: Engine,
    api: Any,
    people: Sequence[ir.Table],
    settings: Mapping[str, Any],
    columns: set[str],
    *,
    name: str,
) -> dict[str, float]:
    """How often two random records are one person's, by pairs that are so nearly for sure."""
    sure: list[tuple[str, ...]] = [keys for keys in _SURE if set(keys) <= columns]
    sure = sure or [keys for keys in _NEARLY_SURE if set(keys) <= columns][:1]
    if not sure:
        return {}
    numbered = [
        engine.hold(
            table.select(
                "number", **{f"sure_{at}": blocks.number(table, keys) for at, keys in enumerate(sure)}
            ),
            f"{name}_{side}_sure",
        )
        for side, table in enumerate(people)
    ]
    linker = _linker(engine, api, numbered, nothing(settings))
    rules = [f"l.sure_{at} = r.sure_{at}" for at in range(len(sure))]
    linker.training.estimate_probability_two_random_records_match(rules, recall=FOUND_BY_RULE)
    share = linker._settings_obj._probability_two_random_records_match
    return {"probability_two_random_records_match": share} if share else {}


def _by_chance(
    engine: Engine, api: Any, people: Sequence[ir.Table], settings: Mapping[str, Any], rows: Sequence[int]
) -> dict[str, Any]:
    """The settings with how often two people's records agree by chance."""
    pairs = CHANCE_PAIRS_OF_FEW if max(rows) <= blocks.FEW_ROWS else CHANCE_PAIRS
    each = round((pairs if len(people) > 1 else 2 * pairs) ** 0.5)
    # Drawn here, in an order that has nothing to do with anybody's name: the same people on every day.
    some = [table.order_by(table.number.hash()).limit(each) for table in people]
    linker = _linker(engine, api, some, settings)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=ALL_PAIRS, seed=1, num_chunks=1, min_count_per_level=None
    )
    told: dict[str, Any] = linker.misc.save_model_to_json()
    return told


def _of_one_person(
    engine: Engine,
    api: Any,
    people: Sequence[ir.Table],
    settings: Mapping[str, Any],
    comparisons: Sequence[Comparison],
    columns: set[str],
    rows: Sequence[int],
    *,
    name: str,
    on_progress: OnProgress,
) -> dict[str, Any]:
    """The settings with how often one person's records agree."""
    sessions = _sessions(comparisons, columns)
    rules = [" AND ".join(f"l.{key} = r.{key}" for key in keys) for keys in sessions]
    some = list(people)
    if (one_in := max(rows) // LEARNT_ROWS) > 1:
        # Who meets by a rule does so in one of its blocks: of the blocks some are looked at, and those whole.
        some = [
            engine.hold(_of_some_blocks(table, sessions, one_in), f"{name}_{side}_learn")
            for side, table in enumerate(people)
        ]
        rules = [f"{rule} AND l.learn_{at} = r.learn_{at}" for at, rule in enumerate(rules)]
    linker = _linker(engine, api, some, settings)
    for at, rule in enumerate(rules):
        on_progress("learning", at, len(rules))
        # Nobody who agrees in these: nothing to learn from them, and what else is known serves.
        with suppress(EMTrainingException):
            linker.training.estimate_parameters_using_expectation_maximisation(
                rule, estimate_without_term_frequencies=True, max_pairs=LEARNT_PAIRS
            )
    told: dict[str, Any] = linker.misc.save_model_to_json()
    for comparison in told["comparisons"]:
        for level in comparison["comparison_levels"]:
            if "m_probability" in level:
                level["m_probability"] = max(level["m_probability"], LEAST_OF_ONE_PERSON)
    return told


def _one_in(number: ir.IntegerValue, of: int) -> ir.BooleanValue:
    return number.abs() % of == 0


def _of_some_blocks(table: ir.Table, sessions: Sequence[tuple[str, ...]], one_in: int) -> ir.Table:
    told = table
    for at, keys in enumerate(sessions):
        block = blocks.number(table, keys)
        told = told.mutate(**{f"learn_{at}": ibis.ifelse(_one_in(block, one_in), block, ibis.null("int64"))})
    return told.filter(ibis.or_(*(told[f"learn_{at}"].notnull() for at in range(len(sessions)))))


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
