"""Lanes: each takes what waits, posts it as one group, and answers after the commit.

No timer: a lone sale is taken at once, and what comes while a group is being posted is the next group. Sales
of one card, or with one id, never share a group: they are decided in the order in which they came.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
import structlog
from django.db import connections
from psycopg.conninfo import make_conninfo

from rasad import wiring
from rasad.counter import refusals
from rasad.counter.asking import Asked
from rasad.counter.posting import Lane, Link, Outcome, post, post_alone
from rasad.journal import seals
from rasad.ledger.accounts import outside
from rasad.values.refused import Refused

# A group that is larger gains nothing: the commit is shared well enough.
GROUP = 64
# How long a sale waits for a database that is gone; its device asks again with the same id.
PATIENCE_SECONDS = 5.0
LANES = 32
# Another program may hold a row: better to ask again than to stand.
# And a plan made while the tables were small must not read them whole once they have grown.
_SETTINGS = "-c lock_timeout=2s -c enable_seqscan=off -c application_name=rasad-lane"

log = structlog.get_logger()
Waiting = tuple[Asked, "asyncio.Future[Outcome]"]


class Lanes:
    """All lanes of this process, fed by one queue."""

    def __init__(self, count: int) -> None:
        self._waiting: deque[Waiting] = deque()
        self._busy: set[str] = set()
        self._wake = asyncio.Event()
        self._tasks = [asyncio.create_task(self._run(), name=f"lane {number}") for number in range(count)]

    def submit(self, sale: Asked) -> "asyncio.Future[Outcome]":
        """Have a sale posted; the future is its outcome, after the commit."""
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((sale, future))
        self._wake.set()
        return future

    async def close(self) -> None:
        """Stop; sales still waiting are not posted."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self) -> None:
        with ThreadPoolExecutor(max_workers=1) as thread:
            worker = Worker()
            try:
                await self._serve(thread, worker)
            finally:
                # After what is being posted, in its own thread.
                thread.submit(worker.close)

    async def _serve(self, thread: ThreadPoolExecutor, worker: "Worker") -> None:
        loop = asyncio.get_running_loop()
        while True:
            group = self._take()
            if not group:
                self._wake.clear()
                await self._wake.wait()
                continue
            done = loop.run_in_executor(thread, worker.post, [sale for sale, _ in group])
            # A bug must not stop the lane, nor leave anybody waiting: it goes to those who asked.
            await asyncio.wait([done])
            self._busy.difference_update(_keys(group))
            bug = done.exception()
            for place, (_, future) in enumerate(group):
                if not future.done():
                    future.set_exception(bug) if bug else future.set_result(done.result()[place])
            if self._waiting:
                self._wake.set()

    def _take(self) -> list[Waiting]:
        """The next group: the oldest that share no card and no id with each other or with what is being posted."""
        group: list[Waiting] = []
        later: list[Waiting] = []
        # A card that has to wait keeps its later sales behind it.
        kept: set[str] = set()
        while self._waiting and len(group) < GROUP:
            one = self._waiting.popleft()
            keys = {one[0].id, one[0].allowed.holder}
            if keys & self._busy or keys & kept:
                later.append(one)
                kept |= keys
            else:
                group.append(one)
                self._busy |= keys
        self._waiting.extendleft(reversed(later))
        return group


def _keys(group: Sequence[Waiting]) -> set[str]:
    return {key for sale, _ in group for key in (sale.id, sale.allowed.holder)}


class Worker:
    """Posts groups over a connection of its own, and connects anew when the database went away."""

    def __init__(self) -> None:
        self._link: Link | None = None
        self._lane: Lane | None = None

    def post(self, sales: Sequence[Asked]) -> list[Outcome]:
        """The outcome of each sale; Refused("server_unreachable") where the database is gone and stays so."""
        until = time.monotonic() + PATIENCE_SECONDS
        is_first = True
        while True:
            try:
                link, lane = self._connected()
                at, now = wiring.now(), datetime.now(UTC)
                if is_first:
                    outcomes = post(link, lane, sales, at=at, now=now)
                else:
                    # The commit of the last try may have reached the books: each one alone tells.
                    outcomes = [post_alone(link, lane, sale, at=at, now=now) for sale in sales]
                refusals.note(link, sales, outcomes, at=at)
                return outcomes
            except psycopg.OperationalError as gone:
                self.close()
                log.warning("lane_lost_database", problem=type(gone).__name__)
                is_first = False
                if time.monotonic() > until:
                    return [Refused("server_unreachable") for _ in sales]
                time.sleep(0.05)

    def _connected(self) -> tuple[Link, Lane]:
        if self._link is None or self._lane is None or self._link.closed:
            self._link = psycopg.connect(_where(), autocommit=True, options=_SETTINGS)
            self._lane = _free_lane(self._link)
        return self._link, self._lane

    def close(self) -> None:
        """Let go of the connection and the lane; the next group takes new ones."""
        if self._link is not None:
            self._link.close()
        self._link = self._lane = None


def _where() -> str:
    said = connections["default"].settings_dict
    names = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER", "password": "PASSWORD"}
    return make_conninfo(**{name: said[key] for name, key in names.items() if said.get(key)})


def _free_lane(link: Link) -> Lane:
    """The first lane that nobody holds; it is ours until the connection ends."""
    for number in range(1, LANES + 1):
        row = link.execute("SELECT pg_try_advisory_lock(%s, %s)", [seals.LOCK, number]).fetchone()
        if row and row[0]:
            lane = Lane(number, families=outside(link, "families"))
            with link.cursor() as cursor:
                lane.catch_up(cursor)
            return lane
    raise RuntimeError(f"all {LANES} lanes are held: end processes that post sales")
