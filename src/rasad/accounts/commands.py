"""`rasad staff`: accounts from the command line, for the first one and for demonstrations."""

import getpass
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Who may log in, as what, and for which area.")


@app.callback()
def staff() -> None:
    """Who may log in, as what, and for which area."""


@app.command()
def add(
    username: Annotated[str, typer.Argument(help="Small letters, digits, dot and underscore: dfsc.hisar")],
    role: Annotated[str, typer.Option(help="headquarters, dfsc, inspector, dealer, auditor …")],
    area: Annotated[list[str], typer.Option(help="KIND:CODE, like district:63. May be repeated.")],
    name: Annotated[str, typer.Option(help="The holder's name.")] = "",
    designation: Annotated[str, typer.Option(help="Designation and office.")] = "",
    demo: Annotated[bool, typer.Option("--demo", help="Invented data only: tells its codes.")] = False,
) -> None:
    """Make an account and print its first password, once."""
    _ready()
    from django.utils import timezone

    from rasad.accounts import actions

    made = actions.create_staff(
        username=username,
        role=role,
        areas=[_area(text) for text in area],
        by=_by(),
        at=timezone.now(),
        name=name,
        designation=designation,
        demo=demo,
    )
    typer.echo(f"User name      {username}")
    typer.echo(f"First password {made.password}")
    if made.otpauth_url:
        typer.echo(f"Second factor  {made.otpauth_url}")
        typer.echo(f"Code           rasad staff code {username}")
    else:
        typer.echo("At the first log-in the holder sets up the second factor and chooses a password.")


@app.command()
def code(username: str) -> None:
    """The log-in code of a demonstration account, as its app would show it."""
    _ready()
    from rasad.accounts.queries import demo_code

    typer.echo(demo_code(username))


@app.command()
def close(username: str, reason: Annotated[str, typer.Option(help="Why; it goes into the journal.")]) -> None:
    """Close an account: its sessions end at once."""
    _ready()
    from django.utils import timezone

    from rasad.accounts import actions
    from rasad.accounts.queries import staff_called

    actions.close_account(user=staff_called(username), by=_by(), at=timezone.now(), reason=reason)
    typer.echo(f"The account {username} is closed.")


@app.command()
def reset(username: str, reason: Annotated[str, typer.Option(help="Why; it goes into the journal.")]) -> None:
    """A new first password for a holder who lost password or phone."""
    _ready()
    from django.utils import timezone

    from rasad.accounts import actions
    from rasad.accounts.queries import staff_called

    made = actions.reset_access(user=staff_called(username), by=_by(), at=timezone.now(), reason=reason)
    typer.echo(f"First password {made.password}")


def _ready() -> None:
    from rasad.wiring import migrated

    migrated()


def _by() -> str:
    return f"command line: {getpass.getuser()}"


def _area(text: str) -> tuple[str, str]:
    from rasad.accounts.models import Area

    kind, _, code = text.partition(":")
    if kind not in Area.Kind.values or not code:
        raise typer.BadParameter(f"{text!r}: write KIND:CODE with one of {', '.join(Area.Kind.values)}")
    return kind, code
