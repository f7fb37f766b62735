"""`rasad ledger`: are the books what their rows say?"""

import re
import time
from datetime import datetime
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

_HEAD = re.compile(r"\d+/\d+:[0-9a-f]{64}")
app = typer.Typer(no_args_is_help=True, help="The ledger of grain and money.")


@app.callback()
def ledger() -> None:
    """The ledger of grain and money."""


@app.command()
def verify(
    seen: Annotated[
        str,
        typer.Option(
            help="LANE/NUMBER:HASH ... as an earlier check printed: shows that nothing was cut off since."
        ),
    ] = "",
) -> None:
    """Recompute every balance and every seal from the rows; end with status 1 when something does not fit."""
    from rasad.wiring import ready

    ready()
    from rasad.counter import verify as sealed
    from rasad.ledger import verify as books

    heads = seen.split()
    if not all(_HEAD.fullmatch(one) for one in heads):
        raise typer.BadParameter("give it as an earlier check printed it", param_hint="--seen")
    told, sales = books.verify(), sealed.verify(seen=heads)
    for one in told.findings:
        typer.echo(f"WRONG: {books.SENTENCES[one.code]}: {one.said} ({one.facts})")
    for bad in sales.findings:
        typer.echo(f"WRONG: {sealed.SENTENCES[bad.code]}: {bad.of}")
    typer.echo(
        f"Read {told.accounts} accounts, {told.transfers} transfers, {sales.sales} sales under {sales.seals} seals."
    )
    if told.findings or sales.findings:
        typer.echo("The books are BROKEN. Keep the database as it is and call the auditor.")
        raise typer.Exit(1)
    typer.echo("The books are whole: every balance is what its rows say, every sale is as it was sealed.")
    typer.echo(f"Heads: {' '.join(sales.heads)}")
    typer.echo("Keep this line outside this machine and give it to the next check with --seen.")


@app.command()
def grant(
    month: Annotated[datetime, typer.Option(formats=["%Y-%m"], help="The month, as 2021-09.")],
) -> None:
    """Make the accounts of a month for all living cards at once; what is there is left as it is.

    The server does the same in the background before each month (RASAD_GRANTS_FROM_DAY).
    """
    from rasad import wiring

    wiring.ready()
    from rasad.counter.ahead import Ahead
    from rasad.registry.models import Card
    from rasad.values.month import Month

    ahead, begun, made = Ahead(Month.of(month.date())), time.monotonic(), 0
    living = Card.objects.filter(during__contains=ahead.month.first_day).count()
    shown = (TextColumn(str(ahead.month)), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*shown) as bar:
        task = bar.add_task("cards", total=living)
        for some in ahead.all(at=wiring.now()):
            made += some
            bar.update(task, completed=made)
        bar.update(task, completed=living)
    seconds = time.monotonic() - begun
    typer.echo(
        f"{made} of {living} cards got their accounts of {ahead.month} in {seconds:.1f} s "
        f"({made / max(seconds, 0.001):.0f} a second); the others had them, or nothing is due to them."
    )
