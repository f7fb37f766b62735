"""Tokens on paper from the command line: print them, check one, hand out the public key."""

from __future__ import annotations

import getpass
import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from rasad.relief.credential import PublicKey, TokenFacts

token_app = typer.Typer(no_args_is_help=True, help="A printed token: is it genuine, and what does it say.")
console = Console(stderr=True)
LONGEST_NAME = 255


@token_app.callback()
def token() -> None:
    """A printed token: is it genuine, and what does it say."""


def print_tokens(
    district: Annotated[str, typer.Option(help="LGD code of the district.")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    shop: Annotated[str, typer.Option(help="Only the tokens of this shop, by its number.")] = "",
    scheme: Annotated[str, typer.Option(help="Code of the scheme.")] = "drt_2020",
    layout: Annotated[str, typer.Option(help="a5, one a page; a4-two-up, two to cut apart.")] = "a5",
    cover: Annotated[bool, typer.Option(help="Cover pages: counts and serials by shop and village.")] = True,
) -> None:
    """Print the tokens of a district into one PDF, by shop and village."""
    from rasad.wiring import migrated

    if layout not in ("a5", "a4-two-up"):
        raise typer.BadParameter("a5 or a4-two-up", param_hint="--layout")
    migrated()
    from django.utils import timezone

    from rasad.relief import actions, printing
    from rasad.relief.models import Token
    from rasad.relief.paper.press import print_book

    mine = Token.objects.filter(scheme=scheme, district_code=district)
    tokens = printing.to_print(mine.filter(shop_number=shop) if shop else mine)
    # Beside its place and then into it: a print that was cut off leaves no half file.
    half = out.with_name(f".{out.name}.{os.getpid()}")
    columns = (TextColumn("tokens printed"), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with half.open("wb") as file, Progress(*columns, console=console) as bar:
            task = bar.add_task("", total=tokens.count())
            count = print_book(
                printing.papers(tokens),
                file,
                layout=layout,  # type: ignore[arg-type]
                cover_on=timezone.localdate() if cover else None,
                progress=lambda printed: bar.update(task, completed=printed),
            )
        actions.record_print(
            district=district, shop=shop, tokens=count, by=getpass.getuser(), at=timezone.now()
        )
        half.replace(out)
    finally:
        half.unlink(missing_ok=True)
    console.print(f"{count:,} tokens in {out} ({out.stat().st_size / 2**20:.1f} MB)")


@token_app.command()
def verify(
    token: Annotated[str, typer.Argument(help="The text of the QR code, or a photo or scan of the paper.")],
    public_key: Annotated[
        Path | None, typer.Option(help="PEM file of the State's public keys; else this installation's own.")
    ] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it is to be good on; else today.")
    ] = None,
) -> None:
    """Say whether a token is genuine and what it says. Needs no network, no database, only the public key."""
    from rasad.relief import credential

    day = on.date() if on else _today()
    facts = credential.verify(_text(token), _keys(public_key), on=day)
    for line in _told(facts, day):
        typer.echo(line)


@token_app.command("public-key")
def public_key() -> None:
    """Print the key that this installation's tokens are checked with, for every reader to keep."""
    from rasad import settings
    from rasad.relief.credential import Signer

    typer.echo(Signer(settings.TOKEN_KEY).public_pem.decode("ascii"), nl=False)


def _text(given: str) -> str:
    """The text of a QR code: the text itself, or what the code in a picture says."""
    from rasad.relief import numbers
    from rasad.relief.photo import read_code
    from rasad.values.refused import Refused

    digits = numbers.typed(given)
    if digits and numbers.is_number(digits):
        raise Refused("token_number_alone", number=numbers.printed(digits))
    if digits:
        raise Refused("token_number_wrong", number=given.strip()[:40])
    # The text of a code is longer than any file's name: asking the system for it would be an error.
    is_file = len(given) <= LONGEST_NAME and Path(given).is_file()
    return read_code(Path(given).read_bytes()) if is_file else given


def _keys(file: Path | None) -> tuple[PublicKey, ...]:
    from rasad.relief.credential import Signer, public_keys
    from rasad.values.refused import Refused

    if file is None:
        from rasad import settings

        return public_keys(Signer(settings.TOKEN_KEY).public_pem)
    try:
        return public_keys(file.read_bytes())
    except OSError:
        raise Refused("public_key_not_readable") from None


def _told(facts: TokenFacts, on: date) -> list[str]:
    from rasad.relief.numbers import printed

    return [
        f"Genuine, and good on {on:%d %B %Y}.",
        f"Token      {printed(facts.number)}",
        f"Holder     {facts.holder}",
        f"Members    {facts.members}",
        f"Months     {', '.join(map(str, facts.months))}",
        f"Valid      {facts.first_day:%d %B %Y} to {facts.last_day:%d %B %Y}",
        f"Scheme     {facts.scheme}, ration of category {facts.inherits}",
        f"Shop       {facts.shop or 'still to be named by the DFSC'}",
        f"District   {facts.district}",
        f"Issued by  {facts.issuer}",
        "Whether ration was drawn on it already is not on the paper: the shop's device knows.",
    ]


def _today() -> date:
    from rasad.values.month import INDIA

    return datetime.now(INDIA).date()
