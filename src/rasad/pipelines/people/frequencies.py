"""How rare a name is where its bearer lives: what is rare in the State may be every third house's in one district.

Told by the whole State, people of a small community are weighed as if their names were rare among their neighbours,
and are taken for each other more often than others are (docs/benchmarks.md, fairness).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from rasad.pipelines.people import blocks

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine

LOCAL = "_local"
NAMES = ("first", "last", "guard")
# Of fewer rows a district says less about its names than the whole does.
ROWS_OF_A_DISTRICT = 10_000


def localised(
    engine: Engine, people: Sequence[ir.Table], columns: Collection[str], *, name: str
) -> tuple[list[ir.Table], dict[str, ir.Table]]:
    """The tables with a number for each name in its district, and how often such a number is met in the district.

    Nothing is added where nobody knows the district, or districts are small.
    """
    names = [one for one in NAMES if one in columns]
    if "district" not in columns or not names:
        return list(people), {}
    both = people[0] if len(people) == 1 else ibis.union(*people)
    told = both.aggregate(rows=both.count(), districts=both.district.nunique()).to_pyarrow().to_pylist()[0]
    if told["rows"] < ROWS_OF_A_DISTRICT * max(told["districts"], 1):
        return list(people), {}
    numbered = [
        table.mutate(**{one + LOCAL: blocks.number(table, (one, "district")) for one in names})
        for table in people
    ]
    both = numbered[0] if len(numbered) == 1 else ibis.union(*numbered)
    return numbered, {one + LOCAL: engine.hold(_often(both, one), f"{name}_{one}_often") for one in names}


def _often(people: ir.Table, one: str) -> ir.Table:
    column = one + LOCAL
    told = people.filter(people[column].notnull())
    each = told.group_by("district", column).aggregate(many=lambda rows: rows.count())
    share = each.many.cast("float64") / each.many.sum().over(group_by="district")
    return each.select(column, **{f"tf_{column}": share})
