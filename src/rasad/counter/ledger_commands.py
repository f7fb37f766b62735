"""`rasad ledger`: are the books what their rows say?"""

import typer

app = typer.Typer(no_args_is_help=True, help="The ledger of grain and money.")


@app.callback()
def ledger() -> None:
    """The ledger of grain and money."""


@app.command()
def verify() -> None:
    """Recompute every balance and every seal from the rows; end with status 1 when something does not fit."""
    from rasad.wiring import ready

    ready()
    from rasad.counter import verify as sealed
    from rasad.ledger import verify as books

    told, seen = books.verify(), sealed.verify()
    for one in told.findings:
        typer.echo(f"WRONG: {books.SENTENCES[one.code]}: {one.said} ({one.facts})")
    for bad in seen.findings:
        typer.echo(f"WRONG: {sealed.SENTENCES[bad.code]}: {bad.of}")
    typer.echo(
        f"Read {told.accounts} accounts, {told.transfers} transfers, {seen.sales} sales under {seen.seals} seals."
    )
    if told.findings or seen.findings:
        typer.echo("The books are BROKEN. Keep the database as it is and call the auditor.")
        raise typer.Exit(1)
    typer.echo("The books are whole: every balance is what its rows say, every sale is as it was sealed.")
