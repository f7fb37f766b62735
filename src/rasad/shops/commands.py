"""`rasad import`: files of places, shops, cards and members into the register.

It stands here because shops are the last of what a register is made of: below, nobody knows all four.
"""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rasad.registry.importing.load import Summary

app = typer.Typer(
    no_args_is_help=True,
    help="Take files into the register. Ends with status 3 when rows were left out.",
)

File = Annotated[Path, typer.Argument(help="A CSV or Parquet file, with English or Hindi headings.")]
Report = Annotated[Path | None, typer.Option(help="Write every problem, row by row, into this CSV file.")]
By = Annotated[str, typer.Option(help="In whose name the journal records it.")]
Language = Annotated[str, typer.Option(help="Language of the sentences: en, hi or bn.")]

_ROWS_LEFT_OUT = 3


@app.callback()
def imports() -> None:
    """Take files into the register: CSV or Parquet."""


@app.command()
def places(file: File, report: Report = None, by: By = "", language: Language = "en") -> None:
    """States, districts, sub-districts, villages and wards, with what each belongs to since when."""
    _take_in({"places": file}, {"places": report}, by, language)


@app.command()
def shops(file: File, report: Report = None, by: By = "", language: Language = "en") -> None:
    """Fair price shops."""
    _take_in({"shops": file}, {"shops": report}, by, language)


@app.command()
def cards(file: File, report: Report = None, by: By = "", language: Language = "en") -> None:
    """Ration cards and the households they serve."""
    _take_in({"cards": file}, {"cards": report}, by, language)


@app.command()
def members(file: File, report: Report = None, by: By = "", language: Language = "en") -> None:
    """Members of the families on cards. Aadhaar numbers go to the vault."""
    _take_in({"members": file}, {"members": report}, by, language)


@app.command()
def register(
    folder: Annotated[Path, typer.Argument(help="A folder with places, shops, cards and members.")],
    report: Annotated[
        Path | None, typer.Option(help="Write every problem into CSV files in this folder.")
    ] = None,
    by: By = "",
    language: Language = "en",
) -> None:
    """All four, in order."""
    from rasad.wiring import ready

    ready()
    from rasad.shops import actions

    files = actions.register_files(folder)
    reports = {kind: report / f"{kind}.problems.csv" if report else None for kind in files}
    _take_in(files, reports, by, language)


def _take_in(files: dict[str, Path], reports: dict[str, Path | None], by: str, language: str) -> None:
    from rasad.wiring import migrated

    migrated()
    from django.utils import translation

    with translation.override(language):
        left_out = sum(_one(kind, file, reports[kind], by).refused for kind, file in files.items())
    raise typer.Exit(_ROWS_LEFT_OUT if left_out else 0)


def _one(kind: str, file: Path, report: Path | None, by: str) -> "Summary":
    from django.utils import timezone
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from rasad.registry.importing import report as reports
    from rasad.shops import actions

    shown = (TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*shown, transient=True) as bars:
        bar = bars.add_task(kind, total=None)
        summary = actions.IMPORTS[kind](
            file=file,
            by=by or getpass.getuser(),
            at=timezone.now(),
            progress=lambda done, rows: bars.update(bar, completed=done, total=rows),
        )
    for line in reports.told(summary):
        typer.echo(line)
    if report:
        rows = reports.write(summary.batch, report)
        typer.echo(f"{report}: {rows}")
    return summary
