"""`rasad policy`: are the packs whole?"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from rasad.policy.packs import PACKS

app = typer.Typer(no_args_is_help=True, help="The rules as dated rows: check them, print them, compare them.")


@app.callback()
def policy() -> None:
    """The rules as dated rows: check them, print them, compare them."""


@app.command()
def check(
    packs: Annotated[Path, typer.Option(help="A folder with a folder for each jurisdiction.")] = PACKS,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day rows must be in force on; today.")
    ] = None,
) -> None:
    """Find overlaps, gaps, rows out of force and contradictions; status 1 when one is not settled."""
    from rasad.policy.check.told import told
    from rasad.policy.check.whole import check as checked

    day = on.date() if on else date.today()  # noqa: DTZ011  the calendar day of whoever asks
    found = checked(packs, on=day)
    for line in told(found, packs):
        typer.echo(line)
    if found.unresolved or found.settled_for_nothing:
        raise typer.Exit(1)


@app.command()
def docs(
    out: Annotated[Path, typer.Option(help="The folder for one Markdown file a jurisdiction.")] = Path(
        "docs/rules"
    ),
) -> None:
    """Write the rules as tables to read, with their days and the words of their orders."""
    from rasad.policy.rulebook_files import written

    for file in written(out):
        typer.echo(str(file))
