"""Stage 1: every family of every source in one table, every member in another, the source kept.

reads:  <source>.families and <source>.members of each source of the scheme; places of the register
writes: families, one row a family of a source; people, one row a member of a family that is there, without
        names; shared, the identities on more than one row
grain:  families (row); people (row, line); shared (identity_key)
audit:  families in = families out; members in = people out + members named in `problems`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from rasad.pipelines.relief import columns, files
from rasad.pipelines.relief.identity import with_identity
from rasad.pipelines.relief.typed import value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import ibis.expr.types as ir

    from rasad.pipelines.relief.files import InputFile
    from rasad.policy.scheme import Scheme, SchemeSource

OLDEST_YEARS = 120
MOST_LINES = 40
# Rows are numbered source by source, each from its own thousand million on.
ROWS_OF_A_SOURCE = 10**9
# The columns of a family that decide anything; the others are only shown, delivered to, or printed.
DECIDING = ("reference", "district", "place", "received_on", "family_id", "card_number")


@dataclass(frozen=True)
class SourceFiles:
    """The two files of one source, and what the scheme says of it."""

    order: int
    code: str
    families: InputFile
    members: InputFile
    own_columns: Sequence[columns.Column]


def opened(scheme: Scheme, folder: Path, *, keep_in: Path) -> list[SourceFiles]:
    """Every source's files, opened and checked before anything starts. Raises Refused for the first bad one."""
    return [
        SourceFiles(
            order,
            source.code,
            files.opened(folder, f"{source.file}.families", (*columns.FAMILIES, *own), keep_in=keep_in),
            files.opened(folder, f"{source.file}.members", columns.MEMBERS, keep_in=keep_in),
            own,
        )
        for order, (source, own) in enumerate(
            ((source, own_columns(source)) for source in scheme.sources), start=1
        )
    ]


def own_columns(source: SchemeSource) -> tuple[columns.Column, ...]:
    """The columns only this source has, as the scheme declares them."""
    return tuple(
        columns.Column(
            column.name, column.hindi.replace(" ", "_"), column.type, "see the scheme", column.required
        )
        for column in source.columns
    )


def families(
    read: Mapping[str, ir.Table], sources: Sequence[SourceFiles], districts: Mapping[str, str], last_day: date
) -> ir.Table:
    """One row a family of a source, numbered in the order of the sources and their references."""
    own = {column.name: column for source in sources for column in source.own_columns}
    parts = [_families_of(read[f"{source.code}.families"], source, own) for source in sources]
    parts += [_unreadable(source, own) for source in sources if source.families.unreadable]
    told = ibis.union(*parts) if len(parts) > 1 else parts[0]
    known = ibis.memtable(
        pa.table({"said": list(districts), "district": list(districts.values())}),
    )
    placed = told.left_join(known, told.district_said.lower() == known.said).drop("said")
    # Anything before the century or after the scheme cannot be the day a request was received.
    dated = placed.mutate(
        received_on=ibis.ifelse(
            placed.received_on.between(ibis.literal(columns.FIRST_DAY), ibis.literal(last_day)),
            placed.received_on,
            ibis.null("date"),
        )
    )
    # The order is made of values only, so that the same rows get the same numbers on any engine.
    first = ("reference", "received_on", "district_said", "place", "family_id", "card_number")
    turns = ibis.window(group_by="source_order", order_by=[dated[name] for name in (*first, *own)])
    turn = ibis.row_number().over(turns).cast("int64")
    # A row without a reference repeats the one before it, too; the first of a source repeats nothing.
    return dated.mutate(
        row=dated.source_order.cast("int64") * ROWS_OF_A_SOURCE + turn,
        repeats=dated.reference.lag().over(turns).identical_to(dated.reference) & (turn > 0),
    )


def lines(families: ir.Table) -> ir.Table:
    """The number of each row that repeats a reference: 2 for the second under it. All others are the first."""
    again = families.filter(families.repeats).select("source_order", "reference", "row")
    turns = ibis.window(group_by=["source_order", "reference"], order_by="row")
    return again.mutate(line=(ibis.row_number().over(turns) + 2).cast("int64")).select("row", "line")


def members(
    read: Mapping[str, ir.Table],
    sources: Sequence[SourceFiles],
    kept: ir.Table,
    secret: bytes,
    on: date,
    untidy: ir.Table | None = None,
) -> ir.Table:
    """One row a member whose family is there; members under a repeated reference belong to its first row.

    The members of the rows in `untidy` get line numbers of their own.
    """
    first = kept.filter(~kept.repeats).select("source_order", "reference", "row")
    parts = [
        _members_of(
            with_identity(read[f"{source.code}.members"], source.members, secret),
            source,
            first.filter(first.source_order == source.order).select("reference", "row"),
            on,
        )
        for source in sources
    ]
    told = ibis.union(*parts) if len(parts) > 1 else parts[0]
    if untidy is None:
        return told
    bad = told.semi_join(untidy, "row")
    turns = ibis.window(group_by="row", order_by=[bad[name] for name in bad.columns if name != "row"])
    renumbered = bad.mutate(line=(ibis.row_number().over(turns) + 1).cast("int64"))
    return ibis.union(told.anti_join(untidy, "row"), renumbered)


def untidy(people: ir.Table) -> ir.Table:
    """The rows two of whose members stand on one line, or one on none, or far beyond any family."""
    usual = people.line.between(1, MOST_LINES).fill_null(False)
    # Powers of two add up to what they make together only when each is there once.
    power = ibis.ifelse(usual, ibis.literal(1, "int64") << people.line, 0)
    told = people.mutate(usual=usual, power=power).group_by("row")
    counted = told.aggregate(
        usual=lambda one: one.usual.all(),
        added=lambda one: one.power.sum(),
        together=lambda one: one.power.bit_or(),
    )
    return counted.filter(~counted.usual | (counted.added != counted.together)).select("row")


def shared(people: ir.Table) -> ir.Table:
    """The identities that stand on more than one row, and on how many: most stand on one and need no look."""
    held = people.filter(people.identity_key.notnull()).select("identity_key", "row")
    several = held.group_by("identity_key").having(lambda one: one.count() > 1).aggregate()
    spread = (
        held.semi_join(several, "identity_key").group_by("identity_key").aggregate(rows=held.row.nunique())
    )
    return spread.filter(spread.rows > 1)


def details(read: Mapping[str, ir.Table], sources: Sequence[SourceFiles], families: ir.Table) -> ir.Table:
    """What of a family is only delivered to or printed: row, mobile, address, place_name; first rows only."""
    parts = []
    for source in sources:
        table = read[f"{source.code}.families"]
        told = {column.name: value(table, source.families, column) for column in columns.FAMILIES}
        parts.append(table.select(source_order=ibis.literal(source.order, "int8"), **told))
    told = ibis.union(*parts) if len(parts) > 1 else parts[0]
    first = families.filter(~families.repeats).select("source_order", "reference", "row")
    joined = told.inner_join(first, ["source_order", "reference"])
    order = [*DECIDING[1:], "mobile", "address", "place_name"]
    order.insert(0, order.pop(order.index("received_on")))
    turn = ibis.row_number().over(group_by="row", order_by=[joined[name] for name in order])
    return (
        joined.mutate(turn=turn)
        .filter(lambda one: one.turn == 0)
        .select("row", "mobile", "address", "place_name")
    )


def plain_sex(said: ir.StringValue) -> ir.StringValue:
    """F, M or T of what an office wrote; empty when it says none of them."""
    upper = said.upper()
    return ibis.cases(
        (upper.isin(["F", "FEMALE", "W", "महिला", "स्त्री"]), "F"),
        (upper.isin(["M", "MALE", "पुरुष"]), "M"),
        (upper.isin(["T", "TRANSGENDER", "O", "OTHER", "अन्य"]), "T"),
        else_="",
    )


def _families_of(table: ir.Table, source: SourceFiles, own: Mapping[str, columns.Column]) -> ir.Table:
    mine = {column.name for column in source.own_columns}
    shared = {
        column.name: value(table, source.families, column)
        for column in columns.FAMILIES
        if column.name in DECIDING
    }
    shared["district_said"] = shared.pop("district")
    return table.select(
        source=ibis.literal(source.code),
        source_order=ibis.literal(source.order, "int8"),
        unreadable=ibis.literal(False),
        **shared,
        **{
            name: value(table, source.families, column if name in mine else _absent(column))
            for name, column in own.items()
        },
    )


def _absent(column: columns.Column) -> columns.Column:
    return columns.Column(f"-{column.name}", "", column.kind, "")


def _unreadable(source: SourceFiles, own: Mapping[str, columns.Column]) -> ir.Table:
    """Lines of a CSV file that are no row: each is a family all the same, under the number of its line."""
    types = {"text": "string", "integer": "int64", "number": "float64", "boolean": "boolean", "date": "date"}
    lines = ibis.memtable(pa.table({"reference": [f"line {line}" for line, _ in source.families.unreadable]}))
    shared = {
        c.name: ibis.null(types[c.kind])
        for c in columns.FAMILIES
        if c.name in DECIDING and c.name not in ("reference", "district")
    }
    return lines.select(
        source=ibis.literal(source.code),
        source_order=ibis.literal(source.order, "int8"),
        unreadable=ibis.literal(True),
        reference=lines.reference,
        **shared,
        district_said=ibis.null("string"),
        **{name: ibis.null(types[column.kind]) for name, column in own.items()},
    )


def _members_of(table: ir.Table, source: SourceFiles, first: ir.Table, on: date) -> ir.Table:
    named = {
        column.name: value(table, source.members, column)
        for column in columns.MEMBERS
        if column not in columns.IDENTITY
    }
    told = table.select(identity_key=table.identity_key, **named)
    joined = told.inner_join(first, "reference")
    age = ibis.ifelse(joined.age.between(0, OLDEST_YEARS), joined.age, ibis.null("int64"))
    born = ibis.ifelse(
        joined.born_on.between(ibis.date(on.year - OLDEST_YEARS, 1, 1), ibis.literal(on)),
        joined.born_on,
        ibis.null("date"),
    )
    return joined.select(
        "row",
        "line",
        "name",
        "guardian_name",
        "relation",
        "mobile",
        "identity_key",
        "sex",
        born_on=born,
        birth_year=ibis.coalesce(born.year().cast("int64"), on.year - age).cast("int16"),
    )
