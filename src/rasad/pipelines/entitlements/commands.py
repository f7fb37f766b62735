"""`rasad policy entitlements`: a month's ration for every card of a register."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from rasad.pipelines.choices import EngineChoice
from rasad.pipelines.progress import shown


def entitlements(
    register: Annotated[
        Path, typer.Option("--on", help="Folder with cards (and members), as CSV or Parquet.")
    ],
    month: Annotated[str, typer.Option(help="The month, 2022-06.")],
    out: Annotated[Path, typer.Option(help="Folder for cards, lines, refused, totals and summary.json.")],
    state: Annotated[str, typer.Option(help="Code of the State, IN-HP.")] = "IN-HR",
    engine: Annotated[EngineChoice, typer.Option(help="DuckDB or Spark.")] = EngineChoice.DUCKDB,
    memory: Annotated[str, typer.Option(help="What DuckDB may take before it uses the disk.")] = "3GB",
    with_lines: Annotated[
        bool, typer.Option("--lines/--no-lines", help="Write every line of every card, or the baskets only.")
    ] = True,
) -> None:
    """Work out what is due to every card in a month; every card is served or refused by name."""
    # Imported here: Ibis and pyarrow would slow down every other command.
    from rasad.pipelines.entitlements.run import entitlements_run
    from rasad.values.month import Month

    try:
        asked = Month.parse(month)
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from wrong
    console = Console(stderr=True)
    with shown(console) as on_progress:
        told = entitlements_run(
            register, out, state=state, month=asked, engine=engine.value, memory=memory,
            with_lines=with_lines, on_progress=on_progress,
        )  # fmt: skip
    table = Table("commodity", "kg or litre", "rupees")
    for row in told["goods"]:
        table.add_row(
            row["commodity"], f"{row['quantity'] / 1000:,.1f}", f"{(row['amount'] or 0) / 100:,.2f}"
        )
    console.print(table)
    console.print(f"{told['cards']:,} cards, {told['served']:,} served; refused: {told['refused'] or 'none'}")
