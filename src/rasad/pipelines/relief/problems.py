"""What could not be read in a row that goes on all the same: a line a value, for the office that sent it.

The row is never lost for it: a value that cannot be read counts as not given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from rasad.pipelines.relief import columns
from rasad.pipelines.relief.identity import with_identity
from rasad.pipelines.relief.typed import is_native, unread, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import ibis.expr.types as ir

    from rasad.pipelines.relief.files import InputFile
    from rasad.pipelines.relief.stages import Work

SHOWN_CHARACTERS = 40
OLDEST_YEARS = 120


def found(work: Work) -> ir.Table:
    """Every value of the sources that could not be used: source, file, reference, line, column, code, shown."""
    parts = [_nothing()]
    for source in work.sources:
        for file, wanted in (
            (source.families, (*columns.FAMILIES, *source.own_columns)),
            (source.members, columns.MEMBERS),
        ):
            kind = "families" if file is source.families else "members"
            table = work.engine.read(file.parquet)
            if kind == "members":
                table = with_identity(table, file, work.secret)
            for column, code, bad in _tests(table, file, wanted, work, kind):
                hidden = column in columns.IDENTITY
                raw = table[file.headings[column.name]].cast("string")
                parts.append(
                    table.filter(bad).select(
                        source=ibis.literal(source.code),
                        file=ibis.literal(kind),
                        reference=value(table, file, wanted[0]).strip().substr(0, wanted[0].longest),
                        line=_line(table, file, kind),
                        column=ibis.literal(column.name),
                        code=ibis.literal(code),
                        shown=ibis.null("string") if hidden else _shown(raw),
                    )
                )
            parts += [_lost_lines(source.code, kind, file)] if kind == "members" and file.unreadable else []
        parts.append(_without_family(source.code, work.source_tables(), source.families, source.members))
    return ibis.union(*parts, *_in_register(work))


def _in_register(work: Work) -> Iterator[ir.Table]:
    """What could not be read of the register: a card nobody sees would let a family draw twice."""
    for name, wanted in columns.REGISTER.items():
        its_name = next(one for one in wanted if one.name in ("card_number", "number", "code"))
        file = work.register[name]
        table = work.engine.read(file.parquet)
        for column in wanted:
            if column.name not in file.headings or is_native(file, column):
                continue
            raw = table[file.headings[column.name]].cast("string")
            yield table.filter(unread(table, file, column)).select(
                source=ibis.literal("register"),
                file=ibis.literal(name),
                reference=value(table, file, its_name),
                line=ibis.null("int64"),
                column=ibis.literal(column.name),
                code=ibis.literal(_unread_code(column)),
                shown=ibis.null("string") if column in columns.IDENTITY else _shown(raw),
            )
        if file.unreadable:
            yield _lost_lines("register", name, file)


def _unread_code(column: columns.Column) -> str:
    return f"not_{'an' if column.kind == 'integer' else 'a'}_{column.kind}"


def _shown(raw: ir.StringValue) -> ir.StringValue:
    # Cells that slipped into another column may hold an Aadhaar number.
    return raw.substr(0, SHOWN_CHARACTERS).re_replace(r"[0-9]([ -]?[0-9]){11}", "XXXXXXXXXXXX")


def _line(table: ir.Table, file: InputFile, kind: str) -> ir.Value:
    if kind == "families":
        return ibis.null("int64")
    return value(table, file, next(column for column in columns.MEMBERS if column.name == "line"))


def _tests(table: ir.Table, file: InputFile, wanted: tuple[columns.Column, ...], work: Work, kind: str):  # type: ignore[no-untyped-def]
    """What may be wrong with each column of this file, as (column, code, condition); cheap where types rule it out."""
    last = work.scheme.last_day if kind == "families" else work.scheme.first_day
    for column in wanted:
        if column.name not in file.headings:
            continue
        raw = table[file.headings[column.name]]
        if not is_native(file, column):
            yield (
                column,
                _unread_code(column),
                unread(table, file, column),
            )
        if column.kind == "date":
            day = value(table, file, column)
            oldest = (
                ibis.date(2000, 1, 1) if kind == "families" else ibis.date(last.year - OLDEST_YEARS, 1, 1)
            )
            yield column, "impossible_date", (day > ibis.literal(last)) | (day < oldest)
        if column.name == "age":
            age = value(table, file, column)
            yield column, "impossible_age", (age < 0) | (age > OLDEST_YEARS)
        if column.name == "mobile":
            yield column, "not_a_mobile", unread(table, file, column)
        elif column.kind == "text" and raw.type().is_string() and column not in columns.IDENTITY:
            yield column, "too_long", raw.length() > column.longest
        if column.name in ("aadhaar", "aadhaar_ref") and "identity_key" not in file.headings:
            yield column, "bad_aadhaar", table.bad_aadhaar


def _without_family(
    code: str, read: Mapping[str, ir.Table], families: InputFile, members: InputFile
) -> ir.Table:
    told = read[f"{code}.members"]
    reference = columns.MEMBERS[0]
    mine = told.select(reference=value(told, members, reference), line=_line(told, members, "members"))
    there = read[f"{code}.families"]
    known = there.select(reference=value(there, families, reference)).distinct()
    lost = mine.anti_join(known, "reference")
    return lost.select(
        source=ibis.literal(code),
        file=ibis.literal("members"),
        reference=lost.reference,
        line=lost.line,
        column=ibis.literal("reference"),
        code=ibis.literal("member_without_family"),
        shown=ibis.null("string"),
    )


def _lost_lines(code: str, kind: str, file: InputFile) -> ir.Table:
    count = len(file.unreadable)
    return ibis.memtable(
        pa.table(
            {
                "source": [code] * count,
                "file": [kind] * count,
                "reference": pa.nulls(count, pa.string()),
                "line": [line for line, _ in file.unreadable],
                "column": pa.nulls(count, pa.string()),
                "code": ["line_not_readable"] * count,
                "shown": [error for _, error in file.unreadable],
            }
        )
    )


def _nothing() -> ir.Table:
    text = ("source", "file", "reference", "column", "code", "shown")
    schema = pa.schema(
        [(name, pa.int64() if name == "line" else pa.string()) for name in (*text[:3], "line", *text[3:])]
    )
    return ibis.memtable(schema.empty_table())
