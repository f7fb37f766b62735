"""A file of families judged from end to end, and what came of it in figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv

from rasad.pipelines.eligibility.decide import NO_LIST, areas, combinations, decided, marked, verdicts

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine
    from rasad.policy.eligibility import Rules


@dataclass(frozen=True)
class Judged:
    """The decisions, one a family, and how many families came to each."""

    decisions: ir.Table
    counts: pa.Table


def judge(engine: Engine, families: ir.Table, *, state: str, on: date, out: Path) -> Judged:
    """Judge every family of a table on a day; `decisions`, `counts.csv` and `criteria.csv` are kept in a folder.

    Refused: no_eligibility_rules, before_first_rule, eligibility_column_missing.
    """
    by_area = areas(state, on=on)
    # Kept on the way: the criteria are worked out once, not again for the join.
    marks = engine.write(marked(families, by_area), out / "marks.parquet")
    told = verdicts(combinations(marks).to_pyarrow(), by_area)
    decisions = engine.write(decided(marks, told), out / "decisions.parquet")
    counts = _counts(told, list(by_area))
    pyarrow.csv.write_csv(counts, out / "counts.csv")
    pyarrow.csv.write_csv(in_words(by_area), out / "criteria.csv")
    return Judged(decisions, counts)


def in_words(by_area: Mapping[str, Rules]) -> pa.Table:
    """Each criterion with its sentence in every language and the words of the order it stands on."""
    return pa.Table.from_pylist([_row(law, one) for law in by_area.values() for one in law.criteria])


def _row(law: Rules, one: Any) -> dict[str, str]:
    said = law.sentences[one.id]
    return {
        "code": one.code,
        "area": law.area,
        "row": one.id,
        "group": one.group,
        "sentence_en": said.en,
        "sentence_hi": said.hi,
        "sentence_bn": said.bn,
        "order": one.order or "",
        "document": one.source.file,
        "quotation": one.source.quotation,
        "from": str(one.first_day),
        "to": str(one.last_day or ""),
    }


def _counts(told: pa.Table, areas: list[str]) -> pa.Table:
    names = [None if place == NO_LIST else areas[place] for place in told["list"].to_pylist()]
    by = ["area", "result", "category", "matched", "near_limit"]
    named = told.append_column("area", pa.array(names, pa.string()))
    counted = named.group_by(by).aggregate([("families", "sum")]).rename_columns([*by, "families"])
    return counted.sort_by([("families", "descending"), *((name, "ascending") for name in by)])
