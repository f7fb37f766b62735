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

from rasad.pipelines.people import compared, names, ready, reasons, trained
from rasad.pipelines.people import model as fixed
from rasad.pipelines.people.splinks import api_of, as_ibis, native

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine
    from rasad.pipelines.people.compared import Comparison

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
# A register knows years of birth: no age is counted back from a year.
NO_AGES = 0
REASONS = tuple(comparison["output_column_name"] for comparison in fixed.COMPARISONS)
# What the learnt model compares of them: all but the number.
LEARNT = tuple(one for one in compared.comparisons(compared.OF_A_REGISTER) if one.name in REASONS)
_CALLED = {
    "person": "person", "name": "name", "guardian": "guardian_name", "sex": "sex", "born": "born_on",
    "birth_year": "birth_year", "mobile": "mobile", "district": "district", "place": "place",
}  # fmt: skip


def said(levels: Mapping[str, int | None], *, model: str = "fixed") -> list[str]:
    """What agreed and what did not between two people, as codes: same_name, birth_year_one_off, other_mobile.

    `model` is the scheme's: the learnt one tells more levels apart.
    """
    if model == "learnt":
        return reasons.levels(levels, LEARNT)
    told = []
    for comparison in fixed.COMPARISONS:
        labels = [level["label_for_charts"] for level in reversed(comparison["comparison_levels"][1:])]
        level = levels.get(comparison["output_column_name"])
        if level is not None and level >= 0:
            told.append(labels[level])
    return told


def beyond_name_and_address(pairs: ir.Table, *, model: str = "fixed") -> ir.BooleanValue:
    """Whether two people agree in more than names, sex and place: in a birthday, a birth year or a telephone."""
    if model == "learnt":
        return compared.vouched(pairs, LEARNT)
    told = [
        pairs[comparison["output_column_name"]] >= len(comparison["comparison_levels"]) - 1 - place
        for comparison in fixed.COMPARISONS
        for place, level in enumerate(comparison["comparison_levels"])
        if level["label_for_charts"] in fixed.BEYOND_NAME_AND_ADDRESS
    ]
    return ibis.or_(*told)


def learnt(engine: Engine, tables: Sequence[ir.Table], *, at_least: float, name: str) -> ir.Table:
    """Pairs within one table of people or between two, weighed by what they teach: left, right, weight, REASONS.

    A table has COLUMNS. Two people who both have a number were compared by it already, and are not compared here.
    """
    readied = ready.readied(engine, tables, [_CALLED] * len(tables), year=NO_AGES, name=name)
    found, told = trained.pairs_of(engine, readied, at_least=at_least, name=name)
    numbered = [table.filter(table.identity_key.notnull()) for table in tables]
    both = found.semi_join(numbered[0].select(left="person"), "left")
    both = both.semi_join(numbered[-1].select(right="person"), "right")
    open_pairs = found.anti_join(both, ["left", "right"])
    known = {one.name: one for one in told.comparisons}
    levels = {
        want.name: _level(open_pairs[want.name], known[want.name], want)
        for want in LEARNT
        if want.name in known
    }
    unknown = dict.fromkeys(REASONS, ibis.null("int8").cast("int8"))
    return open_pairs.select("left", "right", "weight", **{**unknown, **levels})


def _level(reached: ir.Column, had: Comparison, want: Comparison) -> ir.Value:
    """A level by its number in `want`: a column that hardly anybody fills leaves a comparison fewer levels."""
    numbers = {level.name: at for at, level in enumerate(reversed(want.levels))}
    names = [level.name for level in reversed(had.levels)]
    if names == list(numbers):
        return reached
    cases = [(reached == at, numbers[name]) for at, name in enumerate(names)]
    return ibis.cases(*cases, else_=-1).cast("int8")


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
    settings = fixed.settings("dedupe_only" if right is None else "link_only")
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
