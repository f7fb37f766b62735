"""Splink on the engine at hand: how its tables go in and come out."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import ibis.expr.operations as ops
from splink import DuckDBAPI

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine

_NUMBERS = count()


def api_of(engine: Engine) -> Any:
    """Splink's door to this engine."""
    if engine.name == "duckdb":
        return DuckDBAPI(connection=engine.connection.con)
    from splink.backends.spark import SparkAPI

    # The functions Splink brings for Spark are of no use here, and its own way of keeping what it made needs
    # a folder that every computer sees.
    return SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=engine.connection._session,
        break_lineage_method="persist",
        register_udfs_automatically=False,
    )


def native(engine: Engine, table: ir.Table) -> Any:
    """A table as Splink takes it."""
    if engine.name == "spark":
        return engine.connection.frame(table)
    if isinstance(table.op(), ops.DatabaseTable):
        # Kept already, and known to the engine by a name.
        return table.get_name()
    name = f"people_{next(_NUMBERS)}"
    path = engine.scratch / f"{name}.parquet"
    engine.write(table, path)
    engine.connection.read_parquet(str(path), table_name=name)
    return name


def seen(engine: Engine, table: ir.Table) -> Any:
    """Some columns of held tables as Splink takes them, without another copy."""
    if engine.name == "spark":
        return engine.connection.frame(table)
    name = f"seen_{next(_NUMBERS)}"
    engine.connection.raw_sql(f'CREATE VIEW "{name}" AS {engine.connection.compile(table)}').fetchall()
    return name


def as_ibis(engine: Engine, found: Any) -> ir.Table:
    """What Splink made, as the engine's own table."""
    return engine.connection.table(found.physical_name)


def nothing(settings: Mapping[str, Any]) -> dict[str, Any]:
    """A model that weighs nothing: Splink wants one even to say who meets whom, or how many do."""
    same = {"sql_condition": "number_l = number_r", "m_probability": 0.5, "u_probability": 0.5}
    other = {"sql_condition": "ELSE", "m_probability": 0.5, "u_probability": 0.5}
    return {
        "link_type": settings["link_type"],
        "unique_id_column_name": settings["unique_id_column_name"],
        "comparisons": [{"output_column_name": "anybody", "comparison_levels": [same, other]}],
        "retain_matching_columns": False,
    }
