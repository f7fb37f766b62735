"""What becomes of weighed pairs: judged ones stay as people judged them, and a run that finds too much stops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from rasad.pipelines.people import compared
from rasad.values.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

    from rasad.pipelines.people.compared import Comparison

SAME, PERHAPS, OTHER = "same", "perhaps", "other"


@dataclass(frozen=True)
class Limits:
    """From which weight a pair is the same person or perhaps is, and when a run finds too much to be true.

    Weights are base-2 logarithms of the odds, learnt without labels, so one limit serves every table. `most_alike`
    is the share of a table's rows that may be somebody else's double; `most_each` how many others one row may be.
    """

    same: float = 12.0
    perhaps: float = 0.0
    most_alike: float = 0.5
    most_each: int = 20


def verdicts(
    pairs: ir.Table, comparisons: Sequence[Comparison], limits: Limits, judged: ir.Table | None = None
) -> ir.Table:
    """Each pair with `verdict` and whether a person `judged` it; pairs judged other are gone, judged same are there.

    The same are those who weigh enough and agree in more than names and place.

    `judged` has left, right and `same`, in either order of the two.
    """
    told = pairs.mutate(
        verdict=ibis.cases(
            ((pairs.weight >= limits.same) & compared.vouched(pairs, comparisons), SAME),
            (pairs.weight >= limits.perhaps, PERHAPS),
            else_=OTHER,
        ),
        judged=ibis.literal(False),
    )
    if judged is None:
        return told
    known = _both_ways(
        judged.mutate(left=judged.left.cast(told.left.type()), right=judged.right.cast(told.right.type()))
    )
    open_ones = told.anti_join(known, ["left", "right"])
    same = known.filter(known.same).drop("same")
    again = told.semi_join(same, ["left", "right"]).mutate(
        verdict=ibis.literal(SAME), judged=ibis.literal(True)
    )
    # Judged the same and not even looked at this time: named once, in the order in which it was judged.
    mine = judged.filter(judged.same).select(
        left=judged.left.cast(told.left.type()), right=judged.right.cast(told.right.type())
    )
    found = _both_ways(told.select("left", "right", same=ibis.literal(True)))
    unseen = mine.anti_join(found, ["left", "right"]).distinct()
    empty = {name: ibis.null(kind) for name, kind in told.schema().items() if name not in ("left", "right")}
    added = unseen.mutate(**empty).mutate(verdict=ibis.literal(SAME), judged=ibis.literal(True))
    return ibis.union(open_ones, again.select(*open_ones.columns), added.select(*open_ones.columns))


def _both_ways(pairs: ir.Table) -> ir.Table:
    told = pairs.select("left", "right", "same")
    return ibis.union(told, told.select(left="right", right="left", same="same"), distinct=True)


def check(pairs: ir.Table, rows: int, limits: Limits) -> None:
    """Raise Refused too_many_alike where more of the batch looks like doubles than may be, or one row like too many.

    Pairs that people judged do not count: they are known.
    """
    found = pairs.filter((pairs.verdict == SAME) & ~pairs.judged)
    each = found.group_by("left").aggregate(others=lambda one: one.count())
    told = each.aggregate(alike=lambda one: one.count(), most=lambda one: one.others.max()).to_pyarrow()
    alike, most = told["alike"][0].as_py() or 0, told["most"][0].as_py() or 0
    if rows and alike > limits.most_alike * rows:
        raise Refused(
            "too_many_alike", alike=alike, rows=rows, percent=round(100 * alike / rows),
            limit=round(100 * limits.most_alike),
        )  # fmt: skip
    if most > limits.most_each:
        raise Refused("one_row_too_often", times=most, limit=limits.most_each)
