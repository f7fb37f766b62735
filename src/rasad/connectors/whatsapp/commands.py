"""The twin from the command line."""

import threading
from typing import Annotated

import typer

from rasad.connectors.whatsapp.sandbox import running

PORT = 8412


def whatsapp(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = PORT,
) -> None:
    """Stand in for WhatsApp until Ctrl-C; telephones are shown at /phone/NUMBER."""
    with running(port=port) as twin:
        typer.echo(" ".join(["WhatsApp", *(f"{name}={value}" for name, value in twin.settings.items())]))
        typer.echo(f"         Telephones: {twin.url}/phone/9876543210")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            typer.echo("WhatsApp stopped")
