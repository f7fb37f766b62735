"""Which pairs are looked at at all: people who share a block. A block that is too large is left out, so that the work
grows with the rows and not with their square; whoever is in it still meets the others in finer blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine

# Blocks from coarse to fine. A fine one is left out where a coarse one of its columns leaves nobody out.
KEYS: tuple[tuple[str, ...], ...] = (
    ("id_number",), ("mobile",), ("email",),
    ("born",), ("first_key",), ("last_key",), ("address",), ("postcode",),
    ("first_key", "last_key"), ("first_key", "guard_key"), ("first_key", "born"), ("last_key", "born"),
    ("guard_key", "born"), ("place", "born"), ("first_key", "place"), ("last_key", "place"), ("first_key", "birth_year"),
    ("first_key", "postcode"), ("last_key", "postcode"), ("street_number", "address"),
    ("first_key", "place", "birth_year"), ("first_key", "guard_key", "place"), ("first_key", "last_key", "place"),
    ("guard_key", "place", "birth_year"),
    ("first_key", "guard_key", "birth_year"), ("first_key", "last_key", "birth_year"),
)  # fmt: skip
# Above this many rows a block of one name or one day is never small: counting it would be for nothing.
COARSE_ROWS = 200_000
_COARSE = ({"born"}, {"first_key"}, {"last_key"}, {"postcode"})
# Pairs a rule may bring for each row, and at least: what bounds the work.
PAIRS_A_ROW, PAIRS_AT_LEAST = 6, 100_000
LARGEST_BLOCK = 18  # as a power of two of its pairs
# A rule that leaves out fewer rows than this is as good as whole; one that keeps fewer is not worth its time.
WHOLE, WORTH = 0.995, 0.05


def blocked(
    engine: Engine, tables: Sequence[ir.Table], *, name: str
) -> tuple[list[ir.Table], list[str]]:
    """The tables with their block numbers, and the rules by which Splink pairs them."""
    told = list(tables)
    columns = set.intersection(*(set(table.columns) for table in tables))
    rows = sum(int(table.count().to_pyarrow().as_py()) for table in tables)
    whole: list[set[str]] = []
    rules: list[str] = []
    for keys in KEYS:
        mine = set(keys)
        if not mine <= columns or any(other <= mine for other in whole):
            continue
        if rows > COARSE_ROWS and mine in _COARSE:
            continue
        block = f"block_{len(rules)}"
        numbered = [table.mutate(**{block: _number(table, keys)}) for table in told]
        limit, kept = _limit(numbered, block, rows)
        if kept < WORTH:
            continue
        if kept >= WHOLE:
            whole.append(mine)
        else:
            large = engine.write(_large(numbered, block, limit), engine.scratch / f"{name}_{block}_large.parquet")
            numbered = [_without(table, block, large) for table in numbered]
        told = [
            engine.write(table, engine.scratch / f"{name}_{at}_{block}.parquet") for at, table in enumerate(numbered)
        ]
        rules.append(f"l.{block} = r.{block}")
    return told, rules


def _number(table: ir.Table, keys: Sequence[str]) -> ir.Value:
    # A number compares faster than words; two blocks of one number are only compared for nothing.
    texts = [table[key].cast("string") for key in keys]
    joined = texts[0]
    for text in texts[1:]:
        joined = joined + "|" + text
    known = ibis.and_(*(table[key].notnull() for key in keys))
    return ibis.ifelse(known, joined.hash(), ibis.null("int64"))


def _sizes(tables: Sequence[ir.Table], block: str) -> ir.Table:
    counts = [
        table.filter(table[block].notnull()).group_by(block).aggregate(many=lambda one: one.count()) for table in tables
    ]
    if len(counts) == 1:
        told = counts[0]
        return told.mutate(rows=told.many, pairs=told.many * (told.many - 1) / 2)
    other = counts[1].rename(theirs=block, others="many")
    told = counts[0].inner_join(other, counts[0][block] == other.theirs)
    return told.mutate(rows=told.many + told.others, pairs=told.many.cast("float64") * told.others)


def _limit(tables: Sequence[ir.Table], block: str, rows: int) -> tuple[int, float]:
    """The largest power of two of pairs a block may have, and the share of the rows in blocks so small."""
    sizes = _sizes(tables, block).filter(lambda one: one.pairs > 0)
    power = sizes.mutate(power=sizes.pairs.log2().ceil().cast("int32"))
    told = power.group_by("power").aggregate(rows=lambda one: one.rows.sum(), pairs=lambda one: one.pairs.sum())
    budget = max(PAIRS_AT_LEAST, PAIRS_A_ROW * rows)
    limit, kept, spent, of = -1, 0, 0.0, 0
    for row in sorted(told.to_pyarrow().to_pylist(), key=lambda one: one["power"]):
        of += row["rows"]
        spent += row["pairs"]
        if spent <= budget and row["power"] <= LARGEST_BLOCK:
            limit, kept = row["power"], kept + row["rows"]
    return limit, kept / of if of else 0.0


def _large(tables: Sequence[ir.Table], block: str, limit: int) -> ir.Table:
    sizes = _sizes(tables, block)
    return sizes.filter(sizes.pairs > 2**limit).select(large=sizes[block])


def _without(table: ir.Table, block: str, large: ir.Table) -> ir.Table:
    told = table.left_join(large, table[block] == large.large)
    return told.mutate(**{block: ibis.ifelse(told.large.isnull(), told[block], ibis.null("int64"))}).drop("large")
