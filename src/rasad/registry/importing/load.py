"""Take a file in: in chunks, each with its counts and problems in one transaction.

A run that was cut off goes on behind its last chunk and ends as if it had not been. A file that left nothing
to report is known by its digest and not read again; one that did is read again in full, since what was
missing may have come. Rows that are not in a file are left alone: a file is no statement about what it lacks.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max
from django.utils import timezone

from rasad.accounts.models import User
from rasad.journal import actions as journal
from rasad.registry import indexing
from rasad.registry.importing import checks, chunk, files
from rasad.registry.importing.kind import Kind, Parameters, Trouble
from rasad.registry.models import ImportBatch, Membership
from rasad.values.month import INDIA
from rasad.values.refused import Refused

CHUNK_ROWS = 50_000
# Imports stand in one queue: cards need the shops and places of the import before. "import" as a number.
_QUEUE = 0x696D706F7274

Progress = Callable[[int, int], None]
"""Told after each chunk: rows done, rows in all."""


@dataclass(frozen=True)
class Summary:
    """What became of every row of a file: read = loaded + unchanged + refused."""

    batch: int
    kind: str
    file: str
    read: int
    loaded: int
    unchanged: int
    refused: int
    problems: int
    # Whether the same file had been taken in whole before; nothing was done then.
    known: bool = False
    unused_columns: tuple[str, ...] = ()
    guessed_encoding: str = ""
    # Of a workbook: the sheet that was read, and hidden ones that were not though they hold something.
    sheet: str = ""
    hidden_sheets: tuple[str, ...] = ()


def take_in(
    kind: Kind,
    file: Path,
    *,
    by: User | str,
    at: datetime,
    progress: Progress | None = None,
    chunk_rows: int = CHUNK_ROWS,
    first: Callable[[CursorWrapper], None] | None = None,
    parameters: Parameters | None = None,
) -> Summary:
    """Take one file in. Raises Refused when the file as a whole cannot be; nothing of it is in then.

    `first` prepares temporary tables the scripts of the kind read, `parameters` are handed to the scripts.
    """
    with _queue():
        before = file.stat() if file.is_file() else None
        digest = _digest(file) if before else ""
        known = ImportBatch.objects.filter(
            kind=kind.name, digest=digest, state=ImportBatch.State.DONE
        ).first()
        if known and not known.problems.exists():
            return _summary(known, known=True)
        with files.opened(file, kind.columns) as opened:
            after = file.stat()
            if before is None or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                raise Refused("file_changed", file=file.name)
            batch = _begun(kind, file, digest, opened, by=by, day=at.astimezone(INDIA).date())
            assert batch.holds_from is not None
            sizes = checks.put_in_order(opened.link, kind.rank) if kind.rank else [opened.rows]
            checks.check(opened.link, kind.columns, key=kind.key, today=batch.holds_from)
            given = {**(parameters or {}), "on": batch.holds_from, "before": batch.last_membership_before}
            _run_once(kind, given, first)
            for start, end in _slices(sizes, batch.rows_done, chunk_rows):
                chunk.take_in(kind, opened, batch, start, end, at=at, parameters=given)
                if progress:
                    progress(end, opened.rows)
        if kind.brings_people:
            indexing.refresh_stale()
        _finish(batch, by=by, at=at)
        return replace(
            _summary(batch), unused_columns=tuple(opened.unused), guessed_encoding=opened.guessed_encoding,
            sheet=opened.sheet, hidden_sheets=opened.hidden_sheets,
        )  # fmt: skip


@contextmanager
def _queue() -> Iterator[None]:
    # The lock belongs to the connection: it falls with the process, however that ends.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_QUEUE])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_QUEUE])


def _digest(file: Path) -> str:
    with file.open("rb") as contents:
        return hashlib.file_digest(contents, "sha256").hexdigest()


def _begun(
    kind: Kind, file: Path, digest: str, opened: files.OpenFile, *, by: User | str, day: date
) -> ImportBatch:
    """The batch of this file: one that was cut off as it stands, else one at its beginning."""
    cut_off = ImportBatch.objects.filter(
        kind=kind.name, digest=digest, state=ImportBatch.State.RUNNING
    ).first()
    if cut_off:
        return cut_off
    last = Membership.objects.aggregate(last=Max("pk"))["last"] or 0
    with transaction.atomic():
        batch, _ = ImportBatch.objects.update_or_create(
            kind=kind.name,
            digest=digest,
            defaults={
                "file_name": file.name[:200],
                "state": ImportBatch.State.RUNNING,
                "rows_read": opened.rows + len(opened.rejected),
                "rows_loaded": 0,
                "rows_unchanged": 0,
                "rows_refused": len(opened.rejected),
                "rows_done": 0,
                "holds_from": day,
                "last_membership_before": last,
                "by": by if isinstance(by, str) else by.get_username(),
                "finished_at": None,
            },
        )
        batch.problems.all().delete()
        chunk.tell(batch, [Trouble(line, "", code, "", True) for line, code in opened.rejected])
    return batch


def _run_once(kind: Kind, parameters: Parameters, first: Callable[[CursorWrapper], None] | None) -> None:
    with connection.cursor() as cursor:
        for path in kind.first:
            cursor.execute(path.read_text(), parameters)
        if first:
            first(cursor)


def _slices(sizes: Sequence[int], done: int, chunk_rows: int) -> Iterator[tuple[int, int]]:
    """First and last-but-one position of each chunk that is still to do; no chunk has rows of two ranks."""
    start = 0
    for size in sizes:
        for begin in range(max(start, done), start + size, chunk_rows):
            yield begin, min(begin + chunk_rows, start + size)
        start += size


def _finish(batch: ImportBatch, *, by: User | str, at: datetime) -> None:
    """Close the batch. Raises RuntimeError when the rows do not add up: that is never passed over."""
    batch.refresh_from_db()
    adds_up = batch.rows_read == batch.rows_loaded + batch.rows_unchanged + batch.rows_refused
    batch.state = ImportBatch.State.DONE if adds_up else ImportBatch.State.FAILED
    batch.finished_at = timezone.now()
    counts = {name: getattr(batch, f"rows_{name}") for name in ("read", "loaded", "unchanged", "refused")}
    with transaction.atomic():
        batch.save(update_fields=["state", "finished_at"])
        journal.write(
            "file.imported" if adds_up else "file.import_failed",
            of_kind="import_batch",
            of_key=str(batch.pk),
            by=by,
            at=at,
            facts={"kind": batch.kind, "file": batch.file_name, "digest": batch.digest, **counts},
        )
    if not adds_up:
        raise RuntimeError(f"{batch.file_name}: rows do not add up: {counts}")


def _summary(batch: ImportBatch, *, known: bool = False) -> Summary:
    return Summary(
        batch=batch.pk,
        kind=batch.kind,
        file=batch.file_name,
        read=batch.rows_read,
        loaded=0 if known else batch.rows_loaded,
        unchanged=batch.rows_read if known else batch.rows_unchanged,
        refused=batch.rows_refused,
        problems=batch.problems.count(),
        known=known,
    )
