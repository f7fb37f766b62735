"""A relief run and the database: begun, its progress shown, its results taken in as a whole or not at all."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from django.db import connection, transaction

from rasad.journal import actions as journal
from rasad.pipelines.people import linkage
from rasad.pipelines.relief import stopped
from rasad.pipelines.relief.account import NotAccountedFor
from rasad.pipelines.relief.identity import full_references
from rasad.pipelines.relief.merge import LINK_REASONS, YEARS_APART
from rasad.relief import numbers, publishing
from rasad.relief.models import Run
from rasad.relief.queries import runs as queries
from rasad.values.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rasad.accounts.models import User
    from rasad.pipelines.relief.stages import Work

_SQL = Path(__file__).with_suffix(".sql")
_TABLES = {
    "incoming_tokens": (
        "number text, family_key text, source text, state text, holder_name text, mobile text, address text,"
        " district text, place text, place_name text, issued_on date, months text, inherits text, shop text,"
        " distance_m int, shop_reason text, family_id text"
    ),
    "incoming_members": (
        "number text, line bigint, name text, relation text, sex text, age int, aadhaar_ref bytea"
    ),
    "incoming_rows": (
        "source text, reference text, line bigint, holder_name text, district text, received_on date,"
        " outcome text, reason text, token text, card_masked text, card_category text, proof text,"
        " member_line bigint, weight float"
    ),
    "incoming_reviews": "number text, card_number text, category text, weight float, reasons text",
    "incoming_stopped": (
        "source text, reference text, line bigint, place text, place_name text, address text, mobile text,"
        " family_id text, card_number text, own text, found_card text"
    ),
    "incoming_people": (
        "source text, reference text, row_line bigint, line bigint, name text, guardian_name text, relation text,"
        " sex text, born_on date, birth_year int, mobile text, aadhaar_ref bytea"
    ),
}
# Where a new token's number stands.
_NUMBERED = {
    "incoming_tokens": "number",
    "incoming_members": "number",
    "incoming_rows": "token",
    "incoming_reviews": "number",
}
_TOLD = ("rows", "tokens", "linked", "refused", "in_review", "tokens_added", "rows_added", "rows_changed")


def begun(work: Work, *, by: User | str, at: datetime) -> Run:
    """The run of this key: as it stands when it is done, else begun anew."""
    told = {
        "scheme": work.scheme.code,
        "engine": work.engine.name,
        "conditions": work.scheme.model_dump(mode="json"),
        "by": by if isinstance(by, str) else by.get_username(),
        "started_at": at,
    }
    run, is_new = Run.objects.get_or_create(key=work.key, defaults=told)
    if not is_new:
        # Also one that is said to be running: whoever ran it may have been killed.
        told |= {"state": Run.State.RUNNING, "stage": "", "percent": 0, "summary": {}, "finished_at": None}
        Run.objects.filter(pk=run.pk).exclude(state=Run.State.DONE).update(**told)
        run.refresh_from_db()
    return run


def hold(run: Run) -> None:
    """Show that this process is at the run, for as long as its connection lives: a killed one lets go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(hashtextextended(%s, 0))", [queries.lock_of(run)])


def let_go(run: Run) -> None:
    """The run has ended, well or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_shared(hashtextextended(%s, 0))", [queries.lock_of(run)])


def advance(run: Run, stage: str, percent: int) -> None:
    """Show how far the run is."""
    Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).update(stage=stage, percent=percent)


def fail(run: Run, *, error: BaseException, at: datetime) -> None:
    """The run stopped; what it had made stays in its folder and the next try goes on there."""
    why = error.code if isinstance(error, Refused) else type(error).__name__
    Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).update(
        state=Run.State.FAILED, finished_at=at, summary={"why": why}
    )


@transaction.atomic
def take_in(
    run: Run, work: Work, out: Path, *, by: User | str, at: datetime, check: Callable[[], None] | None = None
) -> None:
    """Take the results in `out` into the database: all of them in one transaction, once for a run.

    Adds to what earlier runs of the scheme issued: no family and no person gets a second token, and what led
    to a token stands. `check` may refuse, in the transaction, what is no longer so. Raises NotAccountedFor when
    the tables do not come out as the run's own account says.
    """
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if locked.state == Run.State.DONE:
        return
    if check is not None:
        check()
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    # It stands in the run's conditions, and there as a whole.
    del summary["conditions"]
    with connection.cursor() as cursor:
        # Two runs of one scheme at once would each miss the families of the other.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"relief {run.scheme}"])
        # Sorting a crore of rows in the ordinary 4 MB would go through the disk many times.
        cursor.execute("SET LOCAL work_mem = '256MB'")
        for name, table in _incoming(work, out).items():
            _copy(cursor, name, table)
        _renumber(cursor, run.scheme)
        told = _loaded(cursor, run)
    there = told.pop("rows_there")
    tokens = told["tokens_added"] + told.pop("tokens_known")
    if (there, tokens) != (summary["rows"], summary["tokens"]):
        raise NotAccountedFor(
            f"{summary['rows']} rows and {summary['tokens']} tokens to take in, {there} and {tokens} there"
        )
    done = {"state": Run.State.DONE, "stage": "done", "percent": 100, "finished_at": at}
    summary |= told
    Run.objects.filter(pk=run.pk).update(**done, summary=summary)
    facts = {name: summary[name] for name in _TOLD}
    publishing.run_decided(run, at=at)
    journal.write("relief.run_taken_in", of_kind="run", of_key=run.key, by=by, at=at, facts=facts)


def _loaded(cursor: Any, run: Run) -> dict[str, int]:
    """What runs.sql added, changed and found, by name."""
    given = {"scheme": run.scheme, "run": run.pk}
    given |= {"years_apart": YEARS_APART, "link_reasons": list(LINK_REASONS)}
    cursor.execute(_SQL.read_text(encoding="utf-8"), given)
    # Only the last statement answers with rows.
    while cursor.nextset():
        pass
    return dict(zip((column.name for column in cursor.description), cursor.fetchone(), strict=True))


def _renumber(cursor: Any, scheme: str) -> None:
    """Give another number to new tokens whose number an earlier run gave to another family.

    Numbers come from a hash of ten digits. A run keeps its own apart, but it does not know the others'.
    """
    cursor.execute(
        "SELECT i.number FROM incoming_tokens i JOIN relief_token t USING (number)"
        " WHERE (t.scheme, t.family_key) <> (%s, i.family_key) ORDER BY number",
        [scheme],
    )
    for (number,) in cursor.fetchall():
        other = numbers.after(number)
        while _is_taken(cursor, other):
            other = numbers.after(other)
        for table, column in _NUMBERED.items():
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", [other, number])  # noqa: S608


def _is_taken(cursor: Any, number: str) -> bool:
    cursor.execute(
        "SELECT FROM relief_token WHERE number = %(number)s"
        " UNION ALL SELECT FROM incoming_tokens WHERE number = %(number)s",
        {"number": number},
    )
    return cursor.fetchone() is not None


def _incoming(work: Work, out: Path) -> dict[str, pa.Table]:
    members = work["token_members"].to_pyarrow()
    references = full_references(work, members["identity_key"])
    reviews = pq.read_table(out / "reviews.parquet")
    model = work.scheme.matching.model
    reasons = [
        json.dumps(linkage.said({name: review[name] for name in linkage.REASONS}, model=model))
        for review in reviews.to_pylist()
    ]
    reviews = reviews.append_column("reasons", pa.array(reasons, pa.string()))
    people = work["stopped_people"].to_pyarrow()
    known = full_references(work, people["identity_key"])
    return {
        "incoming_tokens": pq.read_table(out / "tokens.parquet"),
        "incoming_members": members.join(references, "identity_key"),
        "incoming_rows": pq.read_table(out / "rows.parquet"),
        "incoming_reviews": reviews,
        "incoming_stopped": _with_own(work["stopped"].to_pyarrow(), stopped.own_columns(work)),
        "incoming_people": people.join(known, "identity_key"),
    }


def _with_own(rows: pa.Table, names: list[str]) -> pa.Table:
    """The rows with the columns that only their source has as one text in JSON."""
    own = [
        json.dumps({name: value for name, value in row.items() if value is not None}, default=str)
        for row in rows.select(names).to_pylist()
    ]
    return rows.append_column("own", pa.array(own or [], pa.string()))


def _copy(cursor: Any, name: str, table: pa.Table) -> None:
    cursor.execute(
        f"CREATE TEMP TABLE {name} ({_TABLES[name]}, id bigint GENERATED ALWAYS AS IDENTITY) ON COMMIT DROP"
    )
    wanted = [column.split()[0] for column in _TABLES[name].split(", ")]
    with cursor.copy(f"COPY {name} ({', '.join(wanted)}) FROM STDIN (FORMAT csv)") as copy:
        for batch in table.select(wanted).to_batches(max_chunksize=100_000):
            buffer = io.BytesIO()
            pa_csv.write_csv(_storable(batch), buffer, pa_csv.WriteOptions(include_header=False))
            copy.write(buffer.getvalue())
    cursor.execute(f"ANALYZE {name}")


def _storable(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Without the character zero, which Parquet allows in a text and PostgreSQL does not."""
    columns = [
        pc.replace_substring(column, "\0", "") if pa.types.is_string(column.type) else column
        for column in batch.columns
    ]
    return pa.record_batch(columns, names=batch.schema.names)
