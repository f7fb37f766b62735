"""`rasad journal`: is it whole?"""

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="The journal of who did what, when and why.")

SENTENCES = {
    "missing": "entry {number} is missing",
    "changed": "entry {number} is not what was written",
    "unlinked": "entry {number} does not follow the one before it",
    "cut_short": "entries from {number} on, seen earlier, are gone",
}


@app.callback()
def journal() -> None:
    """The journal of who did what, when and why."""


@app.command()
def verify(
    seen: Annotated[
        str,
        typer.Option(
            help="NUMBER:HASH as an earlier check printed it: shows that nothing was cut off since."
        ),
    ] = "",
) -> None:
    """Read the whole chain; end with status 1 and the first broken number when it is not whole."""
    from rasad.wiring import ready

    ready()
    from rasad.journal import queries

    number, _, hash_ = seen.partition(":")
    if seen and not (number.isdigit() and len(hash_) == 64):
        raise typer.BadParameter(
            "give it as NUMBER:HASH, as an earlier check printed it", param_hint="--seen"
        )
    verdict = queries.verify(seen_number=int(number or 0), seen_hash=hash_)
    if verdict.broken_at is not None:
        typer.echo("The journal is BROKEN: " + SENTENCES[verdict.problem].format(number=verdict.broken_at))
        typer.echo(
            f"{verdict.entries} entries before it are whole. Keep the database as it is and call the auditor."
        )
        raise typer.Exit(1)
    typer.echo(f"The journal is whole: {verdict.entries} entries.")
    typer.echo(f"Head: {verdict.entries}:{verdict.head}")
    typer.echo("Keep this line outside this machine and give it to the next check with --seen.")
