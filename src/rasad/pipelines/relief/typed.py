"""From what stands in a file to typed values: one expression a column, and what could not be read as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from rasad.pipelines.relief.columns import Column
    from rasad.pipelines.relief.files import InputFile

DEVANAGARI_DIGITS = "०१२३४५६७८९"
YES = ("true", "t", "1", "yes", "y", "हाँ", "हां", "ha", "haan")
NO = ("false", "f", "0", "no", "n", "नहीं", "nahi", "nahin")
_TYPES = {"text": "string", "integer": "int64", "number": "float64", "boolean": "boolean", "date": "date"}
_NATIVE = {
    # Half the values of this one are beyond what an integer of ours can hold.
    "integer": lambda kind: pa.types.is_integer(kind) and kind != pa.uint64(),
    "number": lambda kind: pa.types.is_floating(kind) or pa.types.is_integer(kind),
    "boolean": pa.types.is_boolean,
    "date": pa.types.is_date,
}


def is_native(file: InputFile, column: Column) -> bool:
    """Whether the file holds the column in its own type, so that no value can fail to be read."""
    kind = file.kinds.get(column.name)
    return kind is None or column.kind == "text" or _NATIVE[column.kind](kind)


def value(table: ir.Table, file: InputFile, column: Column) -> ir.Value:
    """The column as its type; null where it is absent, empty or cannot be read."""
    if column.name not in file.headings:
        return ibis.null(_TYPES[column.kind])
    raw = table[file.headings[column.name]]
    if column.kind == "text":
        return _text(raw, file.tidiness.get(column.name, "untidy"), column)
    if is_native(file, column):
        told = raw.cast(_TYPES[column.kind])
        return ibis.ifelse(told.isnan(), ibis.null("float64"), told) if raw.type().is_floating() else told
    told = as_written(raw).strip().translate(DEVANAGARI_DIGITS, "0123456789")
    if column.kind == "boolean":
        lower = told.lower()
        return ibis.cases((lower.isin(YES), True), (lower.isin(NO), False), else_=ibis.null("boolean"))
    return _day(told) if column.kind == "date" else _number(told, column.kind)


def unread(table: ir.Table, file: InputFile, column: Column) -> ir.BooleanValue:
    """Whether something is written that could not be read as the column's type."""
    raw = as_written(table[file.headings[column.name]])
    return raw.notnull() & (raw.strip() != "") & value(table, file, column).isnull()


def as_written(raw: ir.Value) -> ir.StringValue:
    """A value as somebody would write it: 63 where a file keeps 63.0, nothing where it keeps not-a-number."""
    kind = raw.type()
    if not (kind.is_floating() or kind.is_decimal()):
        # Spreadsheets leave blanks that do not look like one to any program.
        return raw.cast("string").replace("\u00a0", " ")
    text = raw.cast("string").re_replace(r"\.0*$", "")
    return text.nullif("NaN").nullif("nan")


def _text(raw: ir.Value, tidiness: str, column: Column) -> ir.StringValue:
    if tidiness == "plain":
        return raw
    if tidiness == "empty":
        return raw.nullif("")
    told = as_written(raw).strip()
    if column.name == "mobile":
        # +91 98120-00011 and 098120 00011 are 9812000011; cut short they would be everybody's number.
        digits = told.translate(DEVANAGARI_DIGITS, "0123456789").re_replace(r"[\s().-]", "")
        return digits.re_extract(r"^(?:\+91|0091|91|0)?([0-9]{10})$", 1).nullif("")
    return told.substr(0, column.longest).strip().nullif("")


# DuckDB and Spark read more as a number or a day than people mean by one, and not the same: 1e3, epoch, 2020.
# 1,26,49,000 is how numbers are written here.
_DIGITS = r"^[+-]?([0-9]{1,19}|[0-9]{1,3}(,[0-9]{2,3}){1,5})"
_WHOLE = _DIGITS + r"(\.0*)?$"
_DECIMAL = _DIGITS + r"(\.[0-9]*)?$"
_DAY_FIRST = r"^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})$"
_YEAR_FIRST = r"^([0-9]{4})[./-]([0-9]{1,2})[./-]([0-9]{1,2})($|[T ].*$)"


def _number(written: ir.StringValue, kind: str) -> ir.Value:
    form = _WHOLE if kind == "integer" else _DECIMAL
    plain = written.replace(",", "").re_replace(r"\.0*$", "")
    return ibis.ifelse(written.re_search(form), plain, ibis.null("string")).try_cast(_TYPES[kind])


def _day(written: ir.StringValue) -> ir.DateValue:
    # 15.04.2020, 15-04-2020 and 15/4/2020 as offices write them; 2020-04-15 as machines do.
    def joined(pattern: str, *groups: int) -> ir.StringValue:
        year, month, day = (written.re_extract(pattern, group) for group in groups)
        return year.concat("-", month.lpad(2, "0"), "-", day.lpad(2, "0"))

    return ibis.cases(
        (written.re_search(_DAY_FIRST), joined(_DAY_FIRST, 3, 2, 1)),
        (written.re_search(_YEAR_FIRST), joined(_YEAR_FIRST, 1, 2, 3)),
        else_=ibis.null("string"),
    ).try_cast("date")
