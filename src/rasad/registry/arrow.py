"""From PostgreSQL to Parquet through Arrow, a batch at a time, so that memory stays bounded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connection

# Rows of one batch are held in memory together: about this many bytes.
_BATCH_BYTES = 16 << 20


def uri() -> str:
    """The address of Django's database as libpq reads it; a host that is a folder of a socket works."""
    settings = connection.settings_dict
    options = {**settings.get("OPTIONS", {})}
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    parts = {name: str(settings[key]) for name, key in named.items() if settings.get(key)}
    allowed = {name: str(value) for name, value in options.items() if name.startswith(("ssl", "connect_"))}
    return (
        f"postgresql:///{quote(str(settings['NAME']), safe='')}?{urlencode(parts | allowed, quote_via=quote)}"
    )


@contextmanager
def snapshot() -> Iterator[Any]:
    """A connection of its own that sees one moment of the database, however long it reads. Reads only."""
    with adbc.connect(uri()) as link:
        with link.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield link
        link.rollback()


def write_parquet(link: Any, query: str, path: Path) -> int:
    """Write the rows of a query to a file that appears whole or not at all; rows written."""
    half = path.with_name(path.name + ".half")
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    with link.cursor(adbc_stmt_kwargs={"adbc.postgresql.batch_size_hint_bytes": str(_BATCH_BYTES)}) as cursor:
        cursor.execute(query)
        reader: pa.RecordBatchReader = cursor.fetch_record_batch()
        with pq.ParquetWriter(half, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
                rows += batch.num_rows
    half.rename(path)
    return rows
