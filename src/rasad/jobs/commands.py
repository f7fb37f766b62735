"""`rasad work`: the worker from the command line."""

from typing import Annotated

import typer


def work(
    once: Annotated[bool, typer.Option("--once", help="Do what waits, and end.")] = False,
    parent: Annotated[int, typer.Option(help="End when this process does.")] = 0,
) -> None:
    """Do what was asked for in the background, and send what is to leave, until Ctrl-C."""
    from rasad.wiring import migrated

    migrated()
    from rasad.jobs import worker

    worker.work(once=once, parent=parent)
