"""One twin from the command line."""

import threading
from collections.abc import Callable
from typing import Annotated

import typer

from rasad.connectors.exchange import made_up
from rasad.connectors.exchange.portals import PORTALS


def attach(app: typer.Typer) -> None:
    """A command for each of the eight, under its name."""
    for name in PORTALS:
        app.command(name.replace("_", "-"), help=f"Stand in for {PORTALS[name].called} until Ctrl-C.")(
            _serving(name)
        )


def _serving(name: str) -> Callable[..., None]:
    def serve(
        port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = PORTALS[name].port,
    ) -> None:
        with PORTALS[name].twin(port=port) as twin:
            held = {kind: rows for (portal, kind), rows in made_up.rows().items() if portal == name}
            twin.rows.update(held)
            typer.echo(" ".join([name, *(f"{setting}={value}" for setting, value in twin.settings.items())]))
            try:
                threading.Event().wait()
            except KeyboardInterrupt:
                typer.echo(f"{name} stopped")

    return serve
