"""Import a file of members in chunks of five and die in the midst of it: `killed_run.py FILE WHERE`."""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from rasad.wiring import ready

ready()

from rasad.registry import actions  # noqa: E402  Django must be up before its models are imported
from rasad.registry.importing import chunk  # noqa: E402

file, where = Path(sys.argv[1]), sys.argv[2]
tell = chunk.tell
told = 0


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def tell_and_die(batch, troubles):
    """The first call is made when the batch begins, then one a chunk, before it is committed."""
    global told
    told += 1
    tell(batch, troubles)
    if told == 4:
        die()


if where == "inside_third_chunk":
    chunk.tell = tell_and_die

actions.import_members(
    file=file,
    by="meena",
    at=datetime(2020, 4, 1, tzinfo=UTC),
    chunk_rows=5,
    progress=lambda done, rows: die() if where == "after_second_chunk" and done == 10 else None,
)
