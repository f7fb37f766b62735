"""`rasad synth`: write a made-up state to a folder."""

import enum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table


class State(enum.StrEnum):
    """States we can make up."""

    HARYANA = "haryana"


class Identity(enum.StrEnum):
    """What stands for a person in the files."""

    AUTO = "auto"
    NUMBERS = "numbers"
    REFERENCES = "references"


class Form(enum.StrEnum):
    """Kinds of file."""

    PARQUET = "parquet"
    CSV = "csv"


def synth(
    out: Annotated[
        Path, typer.Option(help="Folder to write to; files of an earlier state there are replaced.")
    ],
    state: Annotated[State, typer.Option(help="The state to imitate.")] = State.HARYANA,
    scale: Annotated[
        float, typer.Option(min=0.0005, max=10, help="1 is the whole State, 0.02 a demo.")
    ] = 0.02,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same bytes.")] = 2020,
    districts: Annotated[str, typer.Option(help="LGD codes with commas, 58,67,604 say; empty is all.")] = "",
    identity: Annotated[
        Identity, typer.Option(help="Test-range Aadhaar numbers, or references.")
    ] = Identity.AUTO,
    mess: Annotated[float, typer.Option(min=0, max=0.2, help="Share of rows that are broken.")] = 0.001,
    form: Annotated[Form, typer.Option("--format", help="Kind of file to write.")] = Form.PARQUET,
) -> None:
    """Write a made-up state: register, shops, the four sources, and the truth about every row."""
    del state  # one state so far; the option keeps its place
    # Imported here: numpy and pyarrow would slow down every other command.
    from rasad.pipelines.synth.state import write_state

    codes = [code.strip() for code in districts.split(",") if code.strip()] or None
    shown = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*shown, console=console) as bar:
        task = bar.add_task("starting", total=None)

        def on_progress(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=what)

        try:
            rows = write_state(
                out, scale=scale, seed=seed, districts=codes, identity=identity.value, mess=mess,
                form=form.value, on_progress=on_progress,
            )  # fmt: skip
        except ValueError as wrong:
            raise typer.BadParameter(str(wrong)) from wrong
    table = Table("file", "rows")
    for name, count in rows.items():
        table.add_row(f"{name}.{form.value}", f"{count:,}")
    console.print(table)
