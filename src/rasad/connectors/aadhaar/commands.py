"""`rasad twins aadhaar`: UIDAI and a fingerprint reader on this machine, for training and demonstrations."""

import threading
from pathlib import Path
from typing import Annotated

import typer

from rasad.connectors.aadhaar.twins import running

app = typer.Typer(no_args_is_help=True, help="Stand-ins for outside systems, on this machine.")


@app.callback()
def twins() -> None:
    """Stand-ins for outside systems, on this machine."""


@app.command()
def aadhaar(
    port: Annotated[int, typer.Option(help="Port of the twin of UIDAI; 0 takes a free one.")] = 11200,
    rd_port: Annotated[
        int, typer.Option(help="Port of the reader; 0 takes the first free of 11100-11120.")
    ] = 0,
    keys: Annotated[Path, typer.Option(help="Folder for the keys the pages need.")] = Path(
        "var/twins/aadhaar"
    ),
) -> None:
    """Run UIDAI and a fingerprint reader until Ctrl-C, with made-up people and fresh keys."""
    with running(port=port, rd_port=rd_port) as both:
        typer.echo(f"UIDAI   {both.uidai.url}   its people, and the codes on their mobiles")
        typer.echo(f"Reader  {both.reader.url}   place a finger there")
        typer.echo("Start the pages with these settings:")
        for name, value in both.settings(keys.resolve()).items():
            typer.echo(f"  export {name}={value}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            typer.echo("Both are off.")
