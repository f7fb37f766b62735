"""One wall socket for two engines: the same Ibis expressions run on DuckDB or on Spark."""

from __future__ import annotations

import glob
import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, get_args

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from rasad.values.refused import Refused

if TYPE_CHECKING:
    import ibis.expr.types as ir

EngineName = Literal["duckdb", "spark"]


class Engine:
    """Reads and writes tables as Parquet; a table appears whole under its name or not at all."""

    def __init__(
        self,
        name: EngineName,
        *,
        scratch: Path,
        memory: str = "3GB",
        threads: int | None = None,
        lock: IO[str] | None = None,
    ) -> None:
        if name not in get_args(EngineName):
            raise Refused("unknown_engine", engine=name, known=", ".join(get_args(EngineName)))
        self.name = name
        self.lock = lock
        self.scratch = scratch
        self.memory = memory
        self.threads = threads or os.cpu_count() or 2
        scratch.mkdir(parents=True, exist_ok=True)
        self._own_connection = True
        # What the engine raises when it cannot go on: a damaged file, or a bug.
        self.failures: tuple[type[Exception], ...] = ()
        self.connection: Any = self._duckdb() if name == "duckdb" else self._spark()

    def _duckdb(self) -> Any:
        self.failures = (duckdb.Error,)
        try:
            connection = ibis.duckdb.connect(
                threads=self.threads,
                memory_limit=self.memory,
                temp_directory=str(self.scratch),
                preserve_insertion_order=False,
            )
        except (duckdb.ParserException, duckdb.InvalidInputException):
            raise Refused("memory_not_understood", memory=self.memory) from None
        # A moment of time in a file is a day in India.
        connection.raw_sql("SET TimeZone = 'Asia/Kolkata'")
        return connection

    def _spark(self) -> Any:
        if find_spec("pyspark") is None:
            raise Refused("spark_not_installed")
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        from rasad.pipelines import spark

        self.failures = (PySparkException, Py4JError)
        try:
            session, self._own_connection = spark.session(
                scratch=self.scratch.resolve(), memory=self.memory, threads=self.threads
            )
            return spark.Connection().connect(session, self.scratch)
        except ValueError:
            raise Refused("memory_not_understood", memory=self.memory) from None
        except self.failures as error:
            raise Refused("spark_not_started", what=str(error).splitlines()[0][:200]) from None

    def read(self, path: Path) -> ir.Table:
        """The table kept under this name: one Parquet file or a folder of them."""
        if self.name == "spark":
            return self.connection.read(path)
        # DuckDB takes a pattern for a folder; one part may lack what another has.
        if path.is_dir():
            parts = f"{glob.escape(str(path))}/*.parquet"
            return self.connection.read_parquet(parts, union_by_name=True)
        return self.connection.read_parquet(str(path))

    def write(self, table: ir.Table, path: Path) -> ir.Table:
        """Keep a table under a name and read it back: what follows works on rows, not on a growing query."""
        half = path.with_name(f"{path.name}.half")
        _remove(half)
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.name == "duckdb":
            self.connection.to_parquet(table, str(half), compression="snappy")
        else:
            self.connection.write(table, half)
        _remove(path)
        half.rename(path)
        return self.read(path)

    def hold(self, table: ir.Table, name: str) -> ir.Table:
        """A table worked out once and held while this engine runs, under a name: quicker than `write`, and no file.

        DuckDB holds it in its memory, and on disk what does not fit; Spark has no such place and writes it.
        """
        if self.name == "spark":
            return self.write(table, self.scratch / f"{name}.parquet")
        sql = self.connection.compile(table)
        self.connection.raw_sql(f'CREATE OR REPLACE TABLE "{name}" AS {sql}').fetchall()
        return self.connection.table(name)

    def keep(self, arrow: pa.Table, path: Path) -> ir.Table:
        """Keep a table made outside the engine under a name and read it back."""
        half = path.with_name(f"{path.name}.half")
        _remove(half)
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(arrow, half, compression="snappy")
        _remove(path)
        half.rename(path)
        return self.read(path)

    def close(self) -> None:
        """Let the engine's files and memory go."""
        # A session that was there before, a test's or a notebook's, is not ours to end.
        if self._own_connection:
            self.connection.disconnect()
        shutil.rmtree(self.scratch, ignore_errors=True)
        if self.lock is not None:
            self.lock.close()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
