"""Spark behind the same Ibis expressions: started, fed and read so that it answers as DuckDB does.

Imports pyspark: only `engine.py` opens this door, and only when Spark is asked for.
"""

from __future__ import annotations

import glob
import os
import re
from typing import TYPE_CHECKING, Any

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot.expressions as sge
from ibis.backends.pyspark import Backend
from ibis.backends.pyspark.datatypes import PySparkSchema
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.util import gen_name
from pyspark import SparkConf, SparkContext
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import ibis.expr.types as ir

# Where the two engines would read the same file or expression in two ways, Spark reads it as DuckDB does.
AS_DUCKDB_DOES = {
    "spark.sql.ansi.enabled": "true",
    # Two headings may differ in their capitals only.
    "spark.sql.caseSensitive": "true",
    # A moment of time in a file is a day in India; Ibis sets UTC when it connects.
    "spark.sql.session.timeZone": "Asia/Kolkata",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
}
# DuckDB writes larger numbers with an exponent too.
WRITTEN_OUT_BELOW = 10**15
MEBIBYTES = {"M": 1, "G": 1024, "T": 1024 * 1024}
# Spark does not start on less.
LEAST_MEBIBYTES = 512


def session(*, scratch: Path, memory: str, threads: int) -> tuple[SparkSession, bool]:
    """The Spark session of this process, and whether it was begun here; ValueError when `memory` is no size.

    `spark-submit` has decided already where the run runs and with what: nothing of that is set then.
    """
    mebibytes = _mebibytes(memory)
    if SparkContext._active_spark_context is not None:
        return SparkSession.builder.getOrCreate(), False
    is_submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if is_submitted:
        # Else what spark-submit was told is not seen, and would be set anew below.
        SparkContext._ensure_initialized()
    conf = SparkConf()
    wanted = {"spark.app.name": "rasad", "spark.driver.maxResultSize": "0"}
    if not is_submitted:
        wanted |= _on_this_computer(scratch, mebibytes, threads)
    if partitions := os.environ.get("SPARK_PARTITIONS"):
        wanted["spark.sql.shuffle.partitions"] = partitions
    for name, value in wanted.items():
        conf.setIfMissing(name, value)
    return SparkSession.builder.config(conf=conf).getOrCreate(), True


def _on_this_computer(scratch: Path, mebibytes: int, threads: int) -> dict[str, str]:
    return {
        "spark.master": os.environ.get("SPARK_MASTER", f"local[{threads}]"),
        "spark.driver.memory": f"{mebibytes}m",
        "spark.driver.host": os.environ.get("SPARK_LOCAL_IP", "127.0.0.1"),
        "spark.sql.shuffle.partitions": str(threads * 2),
        "spark.local.dir": str(scratch),
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # What goes wrong is told in a sentence or in Python's words, not in Java's besides.
        "spark.log.level": "FATAL",
    }


def _mebibytes(memory: str) -> int:
    size = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) *([MGT])i?B", memory.strip(), re.IGNORECASE)
    if size is None:
        raise ValueError(memory)
    return max(int(float(size[1]) * MEBIBYTES[size[2].upper()]), LEAST_MEBIBYTES)


class _Compiler(PySparkCompiler):  # type: ignore[misc]  # untyped
    """Ibis's SQL for Spark, put right where it lacks a function or means another thing than for DuckDB."""

    __slots__ = ()
    SIMPLE_OPS = {ops.BitOr: "bit_or"}

    def visit_FirstValue(self, op: ops.Node, *, arg: sge.Expression) -> Any:  # noqa: N802
        """The first value of a window, also when it is null."""
        return self.f.first_value(arg)

    def visit_BitwiseLeftShift(  # noqa: N802
        self, op: ops.Node, *, left: sge.Expression, right: sge.Expression
    ) -> Any:
        """A shift as wide as its type says: a bare 1 is an INT to Spark."""
        return sge.BitwiseLeftShift(this=self.cast(left, op.dtype), expression=self.cast(right, dt.int32))

    def visit_Cast(self, op: ops.Node, *, arg: sge.Expression, to: Any) -> Any:  # noqa: N802
        """Whole numbers kept as floating ones are written 690000000001.0, not 6.90000000001E11."""
        plain = super().visit_Cast(op, arg=arg, to=to)
        if not (op.arg.dtype.is_floating() and to.is_string()):
            return plain
        whole = self.cast(self.cast(arg, dt.int64), to)
        is_whole = sge.and_(self.f.abs(arg) < WRITTEN_OUT_BELOW, self.f.floor(arg).eq(arg))
        return self.if_(is_whole, self.f.concat(whole, sge.convert(".0")), plain)


class Connection(Backend):  # type: ignore[misc]  # untyped
    """Ibis on Spark with Arrow in and out: by way of pandas a number beside a null would lose its last digits."""

    compiler = _Compiler()

    def do_connect(self, session: SparkSession, scratch: Path) -> None:
        """Take a session in hand; `scratch` keeps copies of files in types that Spark cannot read."""
        self.register_options()
        super().do_connect(session)
        for name, value in AS_DUCKDB_DOES.items():
            session.conf.set(name, value)
        self.scratch = scratch
        self.opened: dict[tuple[Path, int, int], ir.Table] = {}

    def read(self, path: Path) -> ir.Table:
        """One Parquet file, or all that lie in a folder, as one table."""
        there = path.stat()
        key = (path, there.st_ino, there.st_mtime_ns)
        # Spark starts a job for every file it is told of; a run reads its inputs again and again.
        if key not in self.opened:
            self.opened[key] = self._read(path)
        return self.opened[key]

    def _read(self, path: Path) -> ir.Table:
        parts = _parts(path)
        if not (path / "_SUCCESS").exists() and not _is_plain(parts):
            parts = [_copied(parts, self.scratch / f"{gen_name('plain')}.parquet")]
        # On a cluster a bare path may be one of HDFS; the signs of a pattern may stand in a name.
        named = ["file://" + re.sub(r"([\\*?\[\]{}])", r"\\\1", str(part.resolve())) for part in parts]
        name = gen_name("read")
        reader = self._session.read
        schema = pq.read_schema(parts[0])
        # Told the types, Spark need not start a job to look for them.
        if all(field.type in _TOLD for field in schema):
            reader = reader.schema(from_arrow_schema(pa.schema(list(schema))))
        reader.parquet(*named).createOrReplaceTempView(name)
        return self.table(name)

    def write(self, table: ir.Table, path: Path) -> None:
        """Write a table as a folder of Parquet files."""
        self.frame(table).write.parquet(f"file://{path.resolve()}")

    def frame(self, table: ir.Table) -> Any:
        """The table as Spark's own, in the types that Ibis tells: a row number is an INT to Spark."""
        self._run_pre_execute_hooks(table)
        # A column of nothing has no type, and Spark keeps none such: it is one of texts.
        types = {name: dt.string if kind.is_null() else kind for name, kind in table.schema().items()}
        return self._session.sql(self.compile(table)).to(PySparkSchema.from_ibis(ibis.schema(types)))

    def to_pyarrow(self, expr: ir.Expr, /, **given: Any) -> Any:
        """What an expression comes to, in the types it has."""
        table = expr.as_table()
        self._run_pre_execute_hooks(table)
        told = self._session.sql(self.compile(table, **given)).toArrow()
        wanted = table.schema().to_pyarrow()
        return expr.__pyarrow_result__(told.rename_columns(wanted.names).cast(wanted))

    def _register_in_memory_table(self, op: Any) -> None:
        told = op.data.to_pyarrow(op.schema)
        self._session.createDataFrame(told).createOrReplaceTempView(op.name)


def _parts(path: Path) -> list[Path]:
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path]


def _is_plain(parts: Sequence[Path]) -> bool:
    """Whether Spark reads these files as they are: of one schema, in types that both engines write alike."""
    first, *others = (pq.read_schema(part) for part in parts)
    return all(_is_plain_type(field.type) for field in first) and all(first.equals(other) for other in others)


def _is_plain_type(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    is_other = pa.types.is_boolean(kind) or pa.types.is_date32(kind)
    return bool((is_number and kind != pa.uint64()) or is_text or is_other)


def _copied(parts: Sequence[Path], copy: Path) -> Path:
    """Files as one with every odd type as text, as DuckDB writes it: nanoseconds, columns without a type."""
    with duckdb.connect() as link:
        link.execute(f"SET TimeZone = '{AS_DUCKDB_DOES['spark.sql.session.timeZone']}'")
        told = link.read_parquet([glob.escape(str(part)) for part in parts], union_by_name=True)
        columns = zip(told.columns, told.types, strict=True)
        select = (f"{_quoted(name)}::{_kept(str(kind))} AS {_quoted(name)}" for name, kind in columns)
        told.project(", ".join(select)).write_parquet(str(copy))
    return copy


def _kept(kind: str) -> str:
    is_plain = kind in _PLAIN or kind.startswith("DECIMAL")
    return kind if is_plain else "VARCHAR"


_TOLD = (pa.string(), pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.float64(), pa.bool_(), pa.date32())
_PLAIN = frozenset(
    [
        "BOOLEAN",
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "UTINYINT",
        "USMALLINT",
        "UINTEGER",
        "FLOAT",
        "DOUBLE",
        "DATE",
    ]
)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
