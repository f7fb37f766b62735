"""`rasad examples`: play a file of worked cases, a line a case."""

import os
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer


def examples(
    file: Annotated[Path, typer.Argument(help="YAML with `groups`, each a list of cases.")],
) -> None:
    """Play worked cases against the rules; status 1 when one fails or is not understood."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
    import django

    # Sentences come from the catalogues, which need the apps but no database.
    django.setup()
    from django.utils import translation

    from rasad.examples.player import played

    ended: Counter[str] = Counter()
    with translation.override("en"):
        for outcome in played(file):
            ended[outcome.ended] += 1
            typer.echo(str(outcome))
    typer.echo(f"{ended.total()} cases: {ended['pass']} pass, {ended['fail']} fail, {ended['error']} error")
    if ended["fail"] or ended["error"] or not ended["pass"]:
        raise typer.Exit(1)
