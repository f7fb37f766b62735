"""The worker: a process beside the server that does what waits, sends what is to leave, and ends with its parent."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import psutil
import structlog
from django.db import connections
from procrastinate.contrib.django import app

from rasad.jobs import running
from rasad.jobs.queue import QUEUE

log = structlog.get_logger()
TICK_SECONDS = 2.0
LOOK_SECONDS = 1.0
PATIENCE_SECONDS = 10.0
# What is left of a server that was killed: what it cannot end by then, another worker takes up.
ORPHANS_PATIENCE_SECONDS = 3.0

# A worker that ended by itself is begun anew after so long.
PAUSE_SECONDS = 2.0

# What the worker does again and again beside the jobs, each beside the others; apps above add theirs.
ROUNDS: dict[str, Callable[[], object]] = {"take up": running.take_up}


def work(*, once: bool = False, parent: int = 0) -> None:
    """Do what waits; until a signal, until a parent process ends, or with `once` until nothing waits any more."""
    if once:
        running.take_up()
        running.run_waiting()
        for one in list(ROUNDS.values()):
            one()
        return
    _Rounds().start()
    if parent:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    asyncio.run(_listen())


async def _listen() -> None:
    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    code = 1
    try:
        async with worker.open_async():
            await worker.run_worker_async(
                queues=[QUEUE],
                concurrency=2,
                delete_jobs="always",
                shutdown_graceful_timeout=PATIENCE_SECONDS,
            )
        code = 0
    finally:
        if code:
            log.error("worker_lost_queue", exc_info=True)
        # Whoever is still in the middle of a long step is not waited for: another worker takes the job up.
        os._exit(code)


@contextmanager
def beside() -> Iterator[None]:
    """A worker as a process of its own while the block lasts, begun anew when it ends by itself.

    It ends with this process, even a killed one.
    """
    ended = threading.Event()
    keeper = threading.Thread(target=_keep, args=(ended,), name="keeper of the worker")
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _keep(ended: threading.Event) -> None:
    command = [sys.executable, "-m", "rasad", "work", "--parent", str(os.getpid())]
    while not ended.is_set():
        child = subprocess.Popen(command, start_new_session=True)
        while child.poll() is None and not ended.wait(LOOK_SECONDS):
            pass
        if child.poll() is None:
            _stop(child)
        elif not ended.is_set():
            log.error("worker_ended", code=child.returncode)
            ended.wait(PAUSE_SECONDS)


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


class _Rounds(threading.Thread):
    """Everything of `ROUNDS` beside each other, again and again: a slow or broken one holds up no other."""

    def __init__(self) -> None:
        super().__init__(name="rounds", daemon=True)
        self._going: dict[str, Future[object]] = {}
        self._ended = threading.Event()

    def stop(self) -> None:
        """Begin no round any more."""
        self._ended.set()

    def run(self) -> None:
        """Until it is stopped, or the process ends."""
        with ThreadPoolExecutor(max_workers=len(ROUNDS), thread_name_prefix="round") as pool:
            while not self._ended.wait(TICK_SECONDS):
                for name, one in ROUNDS.items():
                    if self._is_free(name):
                        self._going[name] = pool.submit(_alone, one)

    def _is_free(self, name: str) -> bool:
        """Whether its last round is over; a fault in it is logged."""
        last = self._going.get(name)
        if last is None:
            return True
        if not last.done():
            return False
        if problem := last.exception():
            log.error("round_broken", round=name, exc_info=problem)
        return True


def _alone(one: Callable[[], object]) -> object:
    """A round with connections of its own: one that the database cut is not met again."""
    try:
        return one()
    finally:
        connections.close_all()


def _end_with(parent: int) -> None:
    try:
        while psutil.Process(parent).status() != psutil.STATUS_ZOMBIE:
            time.sleep(LOOK_SECONDS)
    except psutil.NoSuchProcess:
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    # Where the database was killed too, the queue waits half a minute for it before it hears.
    time.sleep(ORPHANS_PATIENCE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
