"""The lists of a relief run made from the database: families whose rows were verified or passed on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.db.models import QuerySet
from django.utils import timezone

from rasad.pipelines.relief import columns
from rasad.policy.scheme import Scheme, SchemeSource
from rasad.relief.models import RowPerson, SourceRow
from rasad.relief.waiting import as_forwarded

CHUNK = 2_000
# A reference says who it is; a number or a key beside it would only be another name for the same.
LEFT_OUT = ("aadhaar", "identity_key")
LINES_AT_ONCE = 50_000
_TYPES = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
Row = Mapping[str, object]


def write_rows(scheme: Scheme, rows: QuerySet[SourceRow], folder: Path) -> int:
    """Write both files of every source of a scheme, from these rows; empty ones where it has none. Families written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for source in scheme.sources:
        mine = rows.filter(scheme=scheme.code, source=source.code).order_by("pk")
        families: list[Row] = []
        people: list[Row] = []
        for row in mine.prefetch_related("people").iterator(CHUNK):
            families.append(family(scheme, row))
            people += [person(scheme, row.reference, one) for one in row.people.all()]
        write_source(source, families, people, folder)
        written += len(families)
    return written


def write_source(source: SchemeSource, families: Sequence[Row], people: Sequence[Row], folder: Path) -> None:
    """Write one source's families and people, each column typed as the run reads it."""
    own = tuple(columns.Column(one.name, "", one.type, "") for one in source.columns)
    _write(families, (*columns.FAMILIES, *own), folder / f"{source.file}.families.parquet")
    kept = [column for column in columns.MEMBERS if column.name not in LEFT_OUT]
    _write(people, kept, folder / f"{source.file}.members.parquet")


def family(scheme: Scheme, row: SourceRow) -> Row:
    """A row as a line of its source's file."""
    return {
        "reference": row.reference,
        "district": row.district_code,
        "place": row.place_code or None,
        "place_name": row.place_name or None,
        "address": row.address or None,
        "received_on": _received(scheme, row),
        "mobile": row.mobile or None,
        "family_id": row.family_id or None,
        "card_number": row.card_number or None,
        **_typed(scheme.source(row.source), as_forwarded(scheme, row)),
    }


def _received(scheme: Scheme, row: SourceRow) -> date | None:
    """The day a request was received; of one with an impossible day the day it was passed on.

    Left empty it would count as the first day of the scheme, and the family would get months that are over.
    """
    if row.received_on and columns.FIRST_DAY <= row.received_on <= scheme.last_day:
        return row.received_on
    return min(timezone.localdate(row.forwarded_at), scheme.last_day) if row.forwarded_at else None


def person(scheme: Scheme, reference: str, one: RowPerson) -> Row:
    """A person of a row as a line of its source's file."""
    return {
        "reference": reference,
        "line": one.line,
        "name": one.name,
        "guardian_name": one.guardian_name or None,
        "relation": one.relation or None,
        "sex": one.sex or None,
        "born_on": one.born_on,
        # A run counts the age back from the year in which the scheme begins.
        "age": scheme.first_day.year - one.birth_year if one.birth_year and not one.born_on else None,
        "mobile": one.mobile or None,
        "aadhaar_ref": bytes(one.aadhaar_ref).hex() if one.aadhaar_ref else None,
    }


def _typed(source: SchemeSource, own: Row) -> Row:
    """The source's own columns: JSON has no days."""
    kinds = {column.name: column.type for column in source.columns}
    return {
        name: date.fromisoformat(str(value)) if kinds.get(name) == "date" and value else value
        for name, value in own.items()
        if name in kinds
    }


def _write(rows: Iterable[Row], wanted: Sequence[columns.Column], path: Path) -> None:
    with written(path, wanted) as write:
        write(rows)


@contextmanager
def written(path: Path, wanted: Sequence[columns.Column]) -> Iterator[Callable[[Iterable[Row]], None]]:
    """A file of lines that is written part by part, and is there once all of it is."""
    schema = pa.schema([(column.name, _TYPES[column.kind]) for column in wanted])
    half = path.with_name(f"{path.name}.half")
    waiting: list[Row] = []

    def write(rows: Iterable[Row]) -> None:
        waiting.extend(dict(row) for row in rows)
        if len(waiting) >= LINES_AT_ONCE:
            flush()

    def flush() -> None:
        file.write_table(pa.Table.from_pylist(waiting, schema))
        waiting.clear()

    with pq.ParquetWriter(half, schema) as file:
        yield write
        flush()
    half.rename(path)
