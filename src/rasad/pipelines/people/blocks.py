"""Which pairs are looked at at all: people who share a block. A block that is too large is left out, so that the work
grows with the rows and not with their square; whoever is in it still meets the others in finer blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    ("first_key", "last_key", "birth_year"), ("first_key", "guard_key", "birth_year", "district"),
    ("first_key", "last_key", "birth_year", "district"),
)  # fmt: skip
# Above this many rows the first of these are never small, and counting them would be for nothing.
COARSE_ROWS = 200_000
_COARSE = KEYS[3:6] + KEYS[7:11]
# Among so many these find nobody whom the others, with the place, do not find.
_SPARED = (("last_key", "born"), ("guard_key", "born"), ("first_key", "last_key", "place"))
# Of another district, two of one name and year weigh less than even odds: most of the work, and for nothing.
_SPARED_BY_DISTRICT = (("first_key", "guard_key", "birth_year"), ("first_key", "last_key", "birth_year"))
# Up to this many rows the coarse blocks alone are small enough, and finer ones add nothing.
FEW_ROWS = 20_000
# Pairs a rule may bring for each row, and at least: what bounds the work.
PAIRS_A_ROW, PAIRS_AT_LEAST = 1.5, 500_000
LARGEST_BLOCK = 18  # as a power of two of its pairs
YEARS_APART = 10
# A rule that leaves out fewer rows than this is as good as whole; one that keeps fewer is not worth its time.
WHOLE, WORTH = 0.995, 0.5


@dataclass(frozen=True)
class Blocks:
    """Who is in which block: a table a side with `number`, the blocks, and `birth_year` where it is known.

    `apart` are the blocks in which two people are not looked at when many years apart.
    """

    tables: tuple[ir.Table, ...]
    blocks: tuple[str, ...]
    apart: frozenset[str]

    def pairs(self, *, chunk: int = 0, of: int = 1) -> ir.Table:
        """Everybody who shares a block with another, once, as Splink takes pairs; a share of the first table's rows."""
        left, right = self.tables[0], self.tables[-1]
        if of > 1:
            left = left.filter(left.number.abs() % of == chunk)
        met = [self._met(left, right, block) for block in self.blocks]
        # Where no block holds two people nobody meets.
        met = met or [left.filter(False).select(join_key_l="number", join_key_r="number")]
        told = ibis.union(*met, distinct=True) if len(met) > 1 else met[0]
        return told.mutate(match_key=ibis.literal("0"))

    def _met(self, left: ir.Table, right: ir.Table, block: str) -> ir.Table:
        year = ["birth_year"] if block in self.apart else []
        mine = left.filter(left[block].notnull()).select("number", block, *year)
        theirs = right.filter(right[block].notnull()).select("number", block, *year)
        told = mine.join(theirs, block, lname="{name}_l", rname="{name}_r")
        if len(self.tables) == 1:
            told = told.filter(told.number_l < told.number_r)
        if year:
            one, other = told.birth_year_l, told.birth_year_r
            told = told.filter(((one - other).abs() <= YEARS_APART) | one.isnull() | other.isnull())
        return told.select(join_key_l="number_l", join_key_r="number_r")


def blocked(engine: Engine, tables: Sequence[ir.Table], *, name: str) -> Blocks:
    """The blocks of one table or of two; of those that are too large, nobody."""
    columns = set.intersection(*(set(table.columns) for table in tables))
    rows = sum(int(table.count().to_pyarrow().as_py()) for table in tables)
    keys = {
        f"block_{at}": key
        for at, key in enumerate(KEYS)
        if set(key) <= columns
        and not (rows > COARSE_ROWS and key in _COARSE)
        and not (rows > COARSE_ROWS and "place" in columns and key in _SPARED)
        and not (rows > COARSE_ROWS and "district" in columns and key in _SPARED_BY_DISTRICT)
        and not (rows <= FEW_ROWS and len(key) > 1)
    }
    kept = ["number", *(["birth_year"] if "birth_year" in columns else [])]
    numbered = [
        engine.hold(
            table.select(*kept, **{block: number(table, key) for block, key in keys.items()}),
            f"{name}_{at}_numbered",
        )
        for at, table in enumerate(tables)
    ]
    limits = _limits(numbered, list(keys), rows)
    useful = _useful(keys, limits)
    large = {
        block: engine.hold(_large(numbered, block, limit), f"{name}_{block}_large")
        for block, limit in useful.items()
        if not limits[block][2]
    }
    # Two of one name and place hardly ever are one person when years apart: left out before they are weighed.
    apart = {
        block
        for block in useful
        if rows > FEW_ROWS
        and "birth_year" in columns
        and not {"id_number", "mobile", "email", "born", "birth_year"} & set(keys[block])
    }
    told = [_without(table.select(*kept, *useful), large) for table in numbered]
    if large:
        told = [engine.hold(table, f"{name}_{at}_blocks") for at, table in enumerate(told)]
    return Blocks(tuple(told), tuple(useful), frozenset(apart))


def _useful(
    keys: Mapping[str, tuple[str, ...]], limits: Mapping[str, tuple[int, float, bool]]
) -> dict[str, int]:
    """The blocks that are worth their time, with how large they may be."""
    useful: dict[str, int] = {}
    whole: list[set[str]] = []
    for block, key in keys.items():
        limit, kept, all_in = limits.get(block, (0, 0.0, False))
        if kept < WORTH or any(other <= set(key) for other in whole):
            continue
        if all_in:
            whole.append(set(key))
        useful[block] = limit
    return useful


def number(table: ir.Table, keys: Sequence[str]) -> ir.Value:
    """A number for what a row has in these columns together; none where one of them is not known."""
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


def _without(table: ir.Table, large: Mapping[str, ir.Table]) -> ir.Table:
    """The table without the numbers of blocks that are too large."""
    told = table
    for block, theirs in large.items():
        told = told.left_join(theirs, told[block] == theirs.large)
        rest = ibis.ifelse(told.large.isnull(), told[block], ibis.null("int64"))
        told = told.mutate(**{block: rest}).drop("large")
    return told
