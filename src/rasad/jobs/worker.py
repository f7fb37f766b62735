"""The worker: a process beside the server that does what waits, sends what is to leave, and ends with its parent."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil
import structlog
from django.db import Error, connection, connections
from procrastinate.contrib.django import app

from rasad.jobs import running
from rasad.jobs.queue import QUEUE

log = structlog.get_logger()
TICK_SECONDS = 2.0
PATIENCE_SECONDS = 10.0
# What is left of a server that was killed: what it cannot end by then, another worker takes up.
ORPHANS_PATIENCE_SECONDS = 3.0

# What the worker does again and again beside the jobs; apps above add theirs when they are ready.
ROUNDS: list[Callable[[], object]] = [running.take_up]


def work(*, once: bool = False, parent: int = 0) -> None:
    """Do what waits; until a signal, until a parent process ends, or with `once` until nothing waits any more."""
    if once:
        running.run_waiting()
        for one in ROUNDS:
            one()
        return
    _Rounds().start()
    if parent:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    asyncio.run(_listen())


async def _listen() -> None:
    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker.open_async():
        await worker.run_worker_async(
            queues=[QUEUE], concurrency=2, delete_jobs="always", shutdown_graceful_timeout=PATIENCE_SECONDS
        )


@contextmanager
def beside() -> Iterator[None]:
    """A worker as a process of its own while the block lasts; it ends with this process, even a killed one."""
    command = [sys.executable, "-m", "rasad", "work", "--parent", str(os.getpid())]
    child = subprocess.Popen(command, start_new_session=True)
    try:
        yield
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()


class _Rounds(threading.Thread):
    """Everything of `ROUNDS`, a pause, and again."""

    def __init__(self) -> None:
        super().__init__(name="rounds", daemon=True)

    def run(self) -> None:
        """Until the process ends."""
        while True:
            try:
                for one in ROUNDS:
                    one()
            except Error as problem:
                log.warning("worker_lost_database", problem=type(problem).__name__)
                connection.close()
            connections.close_all()
            time.sleep(TICK_SECONDS)


def _end_with(parent: int) -> None:
    while psutil.pid_exists(parent) and psutil.Process(parent).status() != psutil.STATUS_ZOMBIE:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    # Where the database was killed too, the queue waits half a minute for it before it hears.
    time.sleep(ORPHANS_PATIENCE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
