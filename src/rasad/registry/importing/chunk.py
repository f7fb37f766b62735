"""One chunk of a file goes into the database: rows, problems and counts together, or nothing."""

import io
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import pyarrow as pa
import pyarrow.csv
from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import F

from rasad.registry.importing import checks
from rasad.registry.importing.files import OpenFile
from rasad.registry.importing.kind import Kind, Parameters, Trouble
from rasad.registry.importing.masking import as_seen
from rasad.registry.models import ImportBatch, ImportProblem

# How often a chunk is tried again when somebody else wrote the same family in the same moment.
_TRIES = 3
# These name rows of the register, not what stood in the file.
_NAMES_A_ROW = {"aadhaar_taken", "family_has_card", "family_differs"}
_TYPES = {
    pa.string(): "text",
    pa.int32(): "integer",
    pa.int64(): "bigint",
    pa.float64(): "double precision",
    pa.date32(): "date",
}


def take_in(
    kind: Kind,
    opened: OpenFile,
    batch: ImportBatch,
    start: int,
    end: int,
    *,
    at: datetime,
    parameters: Parameters,
) -> None:
    """Take the rows from position `start` up to `end` in. Raises RuntimeError when another run did."""
    good, told = _read(kind, opened, batch, start, end)
    prepared = kind.prepare(good)
    left_out = end - start - len(good)
    for attempt in range(1, _TRIES + 1):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                found, outcome = _load(cursor, kind, prepared.rows, parameters)
                kind.finish(cursor, prepared, at)
                cursor.execute("DROP TABLE IF EXISTS incoming, found, located, ready")
                tell(batch, [*told, *prepared.troubles, *found])
                moved = ImportBatch.objects.filter(pk=batch.pk, rows_done=start).update(
                    rows_done=end,
                    rows_loaded=F("rows_loaded") + outcome["new"] + outcome["changed"],
                    rows_unchanged=F("rows_unchanged") + outcome["same"],
                    rows_refused=F("rows_refused") + outcome["refused"] + left_out,
                )
                if moved != 1:
                    raise RuntimeError(
                        f"{batch.file_name}: rows from {start} on were taken in by another run"
                    )
            return
        except IntegrityError:
            if attempt == _TRIES:
                raise


def _read(
    kind: Kind, opened: OpenFile, batch: ImportBatch, start: int, end: int
) -> tuple[pa.Table, list[Trouble]]:
    """The good rows of a chunk, and what is wrong with the others."""
    assert batch.holds_from is not None
    rows = opened.link.sql(
        f"SELECT position, file_line, {checks.values(kind.columns, today=batch.holds_from)}"  # noqa: S608  ours
        " FROM raw WHERE position >= ? AND position < ? AND position NOT IN (SELECT position FROM refused)"
        " ORDER BY position",
        params=[start, end],
    ).to_arrow_table()
    wrong = opened.link.execute(
        "SELECT file_line, name, code, coalesce(shown, ''), refuses FROM problems"
        " WHERE position >= ? AND position < ? ORDER BY ALL",
        [start, end],
    ).fetchall()
    return rows, [Trouble(*row) for row in wrong]


def _load(
    cursor: CursorWrapper, kind: Kind, rows: pa.Table, parameters: Parameters
) -> tuple[list[Trouble], Counter[str]]:
    cursor.execute(
        # A rough idea of a chunk is enough for a good plan.
        "SET LOCAL default_statistics_target = 5;"
        "CREATE TEMP TABLE found (file_line bigint, name text, code text, shown text, refuses boolean)"
    )
    _copy(cursor, rows)
    for path in kind.scripts:
        cursor.execute(path.read_text(), parameters)
    cursor.execute("SELECT file_line, name, code, coalesce(shown, ''), refuses FROM found ORDER BY 1, 2, 3")
    found = [Trouble(*row) for row in cursor.fetchall()]
    cursor.execute("SELECT change, count(*) FROM ready GROUP BY change")
    return found, Counter(dict(cursor.fetchall()))


def _copy(cursor: CursorWrapper, rows: pa.Table) -> None:
    columns = ", ".join(f'"{field.name}" {_TYPES[field.type]}' for field in rows.schema)
    cursor.execute(f"CREATE TEMP TABLE incoming ({columns})")
    text = io.BytesIO()
    pyarrow.csv.write_csv(rows, text, pyarrow.csv.WriteOptions(include_header=False))
    with cursor.copy("COPY incoming FROM STDIN (FORMAT csv)") as copy:
        copy.write(text.getbuffer())
    cursor.execute("ANALYZE incoming")


def tell(batch: ImportBatch, troubles: Iterable[Trouble]) -> None:
    """Keep what is wrong, with values shown only as far as they may be seen."""
    ImportProblem.objects.bulk_create(
        (
            ImportProblem(
                batch=batch,
                line=trouble.line,
                column=trouble.column,
                code=trouble.code,
                shown=trouble.shown
                if trouble.code in _NAMES_A_ROW
                else as_seen(trouble.column, trouble.shown),
                refuses=trouble.refuses,
            )
            for trouble in troubles
        ),
        batch_size=5_000,
    )
