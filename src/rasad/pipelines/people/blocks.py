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
    ("first_key", "last_key"), ("first_key", "guard_key"), ("last_key", "place"),
    ("first_key", "born"), ("last_key", "born"), ("guard_key", "born"), ("place", "born"), ("first_key", "place"),
    ("first_key", "postcode"), ("last_key", "postcode"), ("street_number", "address"),
    ("first_key", "place", "birth_year"), ("first_key", "guard_key", "place"), ("first_key", "last_key", "place"),
    ("guard_key", "place", "birth_year"), ("first_key", "guard_key", "birth_year"),
    ("first_key", "last_key", "birth_year"),
)  # fmt: skip
# Above this many rows the first of these are never small, and counting them would be for nothing.
COARSE_ROWS = 200_000
_COARSE = KEYS[3:6] + KEYS[7:11]
# Among so many these find nobody whom the others, with the place, do not find.
_SPARED = (("last_key", "born"), ("guard_key", "born"), ("first_key", "last_key", "place"))
# Up to this many rows the coarse blocks alone are small enough, and finer ones add nothing.
FEW_ROWS = 20_000
# Pairs a rule may bring for each row, and at least: what bounds the work.
PAIRS_A_ROW, PAIRS_AT_LEAST = 1.5, 500_000
LARGEST_BLOCK = 18  # as a power of two of its pairs
YEARS_APART = 10
# A rule that leaves out fewer rows than this is as good as whole; one that keeps fewer is not worth its time.
WHOLE, WORTH = 0.995, 0.5


def blocked(engine: Engine, tables: Sequence[ir.Table], *, name: str) -> tuple[list[ir.Table], list[str]]:
    """The tables with their block numbers, and the rules by which Splink pairs them."""
    columns = set.intersection(*(set(table.columns) for table in tables))
    rows = sum(int(table.count().to_pyarrow().as_py()) for table in tables)
    keys = {
        f"block_{at}": key
        for at, key in enumerate(KEYS)
        if set(key) <= columns
        and not (rows > COARSE_ROWS and key in _COARSE)
        and not (rows > COARSE_ROWS and "place" in columns and key in _SPARED)
        and not (rows <= FEW_ROWS and len(key) > 1)
    }
    if rows <= FEW_ROWS and (rules := _plain_rules(tables, keys, rows)):
        return list(tables), rules
    numbered = [
        engine.write(
            table.mutate(**{block: _number(table, key) for block, key in keys.items()}),
            engine.scratch / f"{name}_{at}_numbered.parquet",
        )
        for at, table in enumerate(tables)
    ]
    limits = _limits(numbered, list(keys), rows)
    useful: dict[str, int] = {}
    whole: list[set[str]] = []
    for block, key in keys.items():
        limit, kept, all_in = limits.get(block, (0, 0.0, False))
        if kept < WORTH or any(other <= set(key) for other in whole):
            continue
        if all_in:
            whole.append(set(key))
        useful[block] = limit
    cut = {block: limit for block, limit in useful.items() if not limits[block][2]}
    large = {
        block: engine.write(_large(numbered, block, limit), engine.scratch / f"{name}_{block}_large.parquet")
        for block, limit in cut.items()
    }
    return _without(numbered, large, [block for block in keys if block not in useful]), [
        f"l.{block} = r.{block}" + _of_one_age(keys[block], columns) for block in useful
    ]


def _of_one_age(key: Sequence[str], columns: set[str]) -> str:
    """Two of one name and place hardly ever are one person when years apart: left out before they are weighed."""
    if "birth_year" not in columns or {"id_number", "mobile", "email", "born", "birth_year"} & set(key):
        return ""
    return f" AND (abs(l.birth_year - r.birth_year) <= {YEARS_APART} OR l.birth_year IS NULL OR r.birth_year IS NULL)"


def _plain_rules(tables: Sequence[ir.Table], keys: dict[str, tuple[str, ...]], rows: int) -> list[str]:
    """The rules where no block needs to be left out, as the columns stand; empty where one does."""
    numbered = [
        table.select(**{block: _number(table, key) for block, key in keys.items()}) for table in tables
    ]
    limits = _limits(numbered, list(keys), rows)
    if not limits or not all(whole for _, _, whole in limits.values()):
        return []
    return [" AND ".join(f"l.{column} = r.{column}" for column in keys[block]) for block in limits]


def _number(table: ir.Table, keys: Sequence[str]) -> ir.Value:
    # A number compares faster than words; two blocks of one number are only compared for nothing.
    texts = [table[key].cast("string") for key in keys]
    joined = texts[0]
    for text in texts[1:]:
        joined = joined + "|" + text
    known = ibis.and_(*(table[key].notnull() for key in keys))
    return ibis.ifelse(known, joined.hash(), ibis.null("int64"))


def _sizes(tables: Sequence[ir.Table], block: str) -> ir.Table:
    """Blocks in which there is a pair: how many rows and pairs."""
    counts = [
        table.filter(table[block].notnull())
        .group_by(number=table[block])
        .aggregate(many=lambda one: one.count().cast("float64"))
        for table in tables
    ]
    if len(counts) == 1:
        told = counts[0].mutate(rows=counts[0].many, pairs=counts[0].many * (counts[0].many - 1) / 2)
    else:
        other = counts[1].rename(theirs="number", others="many")
        told = counts[0].inner_join(other, counts[0].number == other.theirs)
        told = told.mutate(rows=told.many + told.others, pairs=told.many * told.others)
    return told.filter(told.pairs > 0)


def _limits(
    tables: Sequence[ir.Table], blocks: Sequence[str], rows: int
) -> dict[str, tuple[int, float, bool]]:
    """For each block: the largest power of two of pairs it may have, the share of rows in such, and whether all are."""
    powers = []
    for block in blocks:
        sizes = _sizes(tables, block)
        powers.append(
            sizes.group_by(power=sizes.pairs.log2().ceil().cast("int32")).aggregate(
                rows=lambda one: one.rows.sum(), pairs=lambda one: one.pairs.sum(), block=ibis.literal(block)
            )
        )
    told = ibis.union(*powers) if len(powers) > 1 else powers[0]
    by_block: dict[str, list[dict[str, float]]] = {block: [] for block in blocks}
    for row in told.to_pyarrow().to_pylist():
        by_block[row["block"]].append(row)
    budget = max(PAIRS_AT_LEAST, PAIRS_A_ROW * rows)
    limits = {}
    for block, some in by_block.items():
        limit, kept, spent, of = 0, 0.0, 0.0, 0.0
        for row in sorted(some, key=lambda one: one["power"]):
            of += row["rows"]
            spent += row["pairs"]
            if spent <= budget and row["power"] <= LARGEST_BLOCK:
                limit, kept = int(row["power"]), kept + row["rows"]
        if of:
            limits[block] = (limit, kept / of, kept >= WHOLE * of)
    return limits


def _large(tables: Sequence[ir.Table], block: str, limit: int) -> ir.Table:
    sizes = _sizes(tables, block)
    return sizes.filter(sizes.pairs > 2**limit).select(large=sizes.number)


def _without(
    tables: Sequence[ir.Table], large: dict[str, ir.Table], useless: Sequence[str]
) -> list[ir.Table]:
    """The tables without the numbers of blocks that are too large, and without blocks that are of no use."""
    told = []
    for table in tables:
        one = table.drop(*useless)
        for block, theirs in large.items():
            one = one.left_join(theirs, one[block] == theirs.large)
            one = one.mutate(**{block: ibis.ifelse(one.large.isnull(), one[block], ibis.null("int64"))}).drop(
                "large"
            )
        told.append(one)
    return told
