"""Refusals on the command line: the sentence, not a traceback."""

import os
from typing import Any

import typer
from typer.core import TyperGroup

from rasad.values.refused import Refused


class Answering(TyperGroup):
    """A group of commands that says a `Refused` in words and ends with status 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Refused as refused:
            typer.echo(sentence(refused), err=True)
            raise typer.Exit(1) from refused


def sentence(refused: Refused) -> str:
    """What, why and what next, in the language of the installation, with the code for the one who helps."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
    import django

    # Sentences come from the catalogues, which need the apps but no database.
    django.setup()
    from rasad.web.refusals import say

    said = say(refused)
    return f"{said.what}\n{said.why}\n{said.next}\n[{said.code}]"
