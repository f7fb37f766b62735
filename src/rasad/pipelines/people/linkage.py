"""Which records may be one person: the one door to probabilistic matching (Splink).

Nothing here decides anything: it weighs pairs. What a weight leads to is the scheme's to say, and a
person's to judge between its thresholds.
"""

from __future__ import annotations

import logging
from itertools import count
from typing import TYPE_CHECKING

import ibis
from splink import Linker

from rasad.pipelines.people import model, names
from rasad.pipelines.people.splinks import api_of, as_ibis, native

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine

COLUMNS = (
    "person",
    "name",
    "guardian_name",
    "sex",
    "born_on",
    "birth_year",
    "mobile",
    "district",
    "place",
    "identity_key",
)
_NUMBERS = count()
REASONS = tuple(comparison["output_column_name"] for comparison in model.COMPARISONS)


def said(levels: Mapping[str, int | None]) -> list[str]:
    """What agreed and what did not between two people, as codes: same_name, birth_year_one_off, other_mobile."""
    told = []
    for comparison in model.COMPARISONS:
        labels = [level["label_for_charts"] for level in reversed(comparison["comparison_levels"][1:])]
        level = levels.get(comparison["output_column_name"])
        if level is not None and level >= 0:
            told.append(labels[level])
    return told


def beyond_name_and_address(pairs: ir.Table) -> ir.BooleanValue:
    """Whether two people agree in more than names, sex and place: in a birthday, a birth year or a telephone."""
    told = [
        pairs[comparison["output_column_name"]] >= len(comparison["comparison_levels"]) - 1 - place
        for comparison in model.COMPARISONS
        for place, level in enumerate(comparison["comparison_levels"])
        if level["label_for_charts"] in model.BEYOND_NAME_AND_ADDRESS
    ]
    return ibis.or_(*told)


def prepared(engine: Engine, people: ir.Table, keys: ir.Table, *, name: str) -> ir.Table:
    """People as the model compares them. `people` has COLUMNS; `keys` comes from names.keyed."""
    keyed = names.with_keys(names.with_keys(people, "name", keys), "guardian_name", keys)
    # The first of January is what offices write when nobody knows the day.
    real_day = ~((keyed.born_on.month() == 1) & (keyed.born_on.day() == 1))
    ready = keyed.mutate(birth_day=ibis.ifelse(real_day, keyed.born_on, ibis.null("date"))).drop(
        "name", "guardian_name", "born_on"
    )
    return engine.write(ready, engine.scratch / f"{name}.parquet")


def between(engine: Engine, left: ir.Table, right: ir.Table, *, at_least: float) -> ir.Table:
    """Pairs of a record on the left and one on the right that weigh `at_least`: left, right, weight, reasons.

    Weights are base-2 logarithms of the odds that the two are one person.
    """
    return _weighed(engine, left, right, at_least=at_least)


def within(engine: Engine, people: ir.Table, *, at_least: float) -> ir.Table:
    """Pairs among these records that weigh `at_least`: left, right (the smaller first), weight, reasons."""
    return _weighed(engine, people, None, at_least=at_least)


def _weighed(engine: Engine, left: ir.Table, right: ir.Table | None, *, at_least: float) -> ir.Table:
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = api_of(engine)
    tables = [table for table in (left, right) if table is not None]
    inputs = [api.register(native(engine, table)) for table in tables]
    settings = model.settings("dedupe_only" if right is None else "link_only")
    linker = Linker(inputs if right is not None else inputs[0], settings, log_level=None)
    found = linker.inference.predict(threshold_match_weight=at_least, warning_mode="never")
    pairs = as_ibis(engine, found)
    kept = engine.write(
        pairs.select(
            left="person_l",
            right="person_r",
            weight=pairs.match_weight.round(3),
            **{reason: pairs[f"gamma_{reason}"].cast("int8") for reason in REASONS},
        ),
        engine.scratch / f"pairs_{next(_NUMBERS)}.parquet",
    )
    api.delete_tables_created_by_splink_from_db()
    return kept
