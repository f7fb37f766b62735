"""`rasad policy eligibility`: every family of a table judged by the rules of its area."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from rasad.pipelines.choices import EngineChoice

# Lines shown of what came out; all of them are in counts.csv.
SHOWN = 25


def eligibility(
    families: Annotated[
        Path, typer.Option("--on", help="CSV or Parquet with family, area and a column for each known fact.")
    ],
    on_day: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day whose rules count.")],
    out: Annotated[Path, typer.Option(help="Folder for decisions.parquet, counts.csv and criteria.csv.")],
    state: Annotated[str, typer.Option(help="Code of the State, IN-HR.")] = "IN-HR",
    engine: Annotated[EngineChoice, typer.Option(help="DuckDB or Spark.")] = EngineChoice.DUCKDB,
    memory: Annotated[str, typer.Option(help="What DuckDB may take before it uses the disk.")] = "3GB",
) -> None:
    """Decide for every family of a table whether it is eligible, with the criteria it meets."""
    # Imported here: Ibis and pyarrow would slow down every other command.
    from rasad.pipelines.eligibility.families import opened
    from rasad.pipelines.eligibility.run import judge
    from rasad.pipelines.engine import Engine

    table = opened(families, keep_in=out)
    running = Engine(engine.value, scratch=out / ".scratch", memory=memory)
    try:
        judged = judge(running, running.read(table), state=state, on=on_day.date(), out=out)
    finally:
        running.close()
    shown = Table("area", "result", "category", "criteria", "near limit", "families")
    rows = judged.counts.to_pylist()
    for row in rows[:SHOWN]:
        told = [row["area"], row["result"], row["category"], row["matched"]]
        near = "yes" if row["near_limit"] else ""
        shown.add_row(*(str(one or "") for one in told), near, f"{row['families']:,}")
    console = Console(stderr=True)
    console.print(shown)
    if len(rows) > SHOWN:
        console.print(f"and {len(rows) - SHOWN:,} more kinds of answer in {out / 'counts.csv'}")
    console.print(f"{sum(row['families'] for row in rows):,} families; decisions in {out}")
