"""`rasad index`: by what people of the register are found."""

from typing import Annotated

import typer


def index(
    whole: Annotated[
        bool, typer.Option("--whole", help="Everybody anew; until it is done nobody is found by name.")
    ] = False,
) -> None:
    """Make the keys anew by which people are found by name: of whom they are missing or out of date, or of all."""
    from rasad.wiring import migrated

    migrated()
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from rasad.registry import indexing
    from rasad.registry.models import Person

    if not whole:
        typer.echo(indexing.refresh_stale())
        return
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("people", total=Person.objects.count())
        done = indexing.rebuild(lambda people: bars.update(bar, completed=people))
    typer.echo(done)
