"""The twin from the command line."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import typer

from rasad.connectors.impds.client import real_time
from rasad.connectors.impds.sandbox import KEY, running

PORT = 8402


def impds(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = PORT,
) -> None:
    """Stand in for the other States (IMPDS), with made-up cards, until Ctrl-C."""
    serve(port=port)


def serve(*, port: int, clock: Callable[[], datetime] = real_time) -> None:
    """The twin until Ctrl-C, by a clock: the one the pages go by, where that is not the real one."""
    with running(port=port, clock=clock) as twin:
        typer.echo(f"IMPDS    RASAD_IMPDS_URL={twin.url} RASAD_IMPDS_KEY={KEY.hex()}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            typer.echo("IMPDS    stopped")
