"""Lanes: each takes what waits, posts it as one group, and answers after the commit.

No timer: a lone sale is taken at once, and what comes while a group is being posted is the next group. Sales
of one card, or with one id, never share a group: they are decided in the order in which they came.
"""

import asyncio
import contextlib
import threading
import time
from collections import deque
from collections.abc import Sequence
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
# And a plan made while the tables were small must not read them whole once they have grown: row by row, by index.
_PLANS = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"
_SETTINGS = f"-c lock_timeout=2s {_PLANS} -c application_name=rasad-lane"

log = structlog.get_logger()
Waiting = tuple[Asked, "asyncio.Future[Outcome]"]


class LaneEndedError(Exception):
    """A lane met a bug while it held the sale."""


class Lanes:
    """All lanes of this process, each a thread, fed by one queue."""

    def __init__(self, count: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[Waiting] = deque()
        self._busy: set[str] = set()
        self._turn = threading.Condition()
        self._is_open = True
        self._lanes: list[threading.Thread] = []
        for _ in range(count):
            self._begin()

    def _begin(self) -> None:
        lane = threading.Thread(target=self._run, name=f"lane {len(self._lanes)}", daemon=True)
        self._lanes.append(lane)
        lane.start()

    def submit(self, sale: Asked) -> "asyncio.Future[Outcome]":
        """Have a sale posted; the future is its outcome, after the commit."""
        future: asyncio.Future[Outcome] = self._loop.create_future()
        with self._turn:
            self._waiting.append((sale, future))
            self._turn.notify()
        return future

    async def close(self) -> None:
        """Stop; sales still waiting are not posted."""
        with self._turn:
            self._is_open = False
            self._turn.notify_all()
        for lane in list(self._lanes):
            await asyncio.to_thread(lane.join)

    def _run(self) -> None:
        worker = Worker()
        group = self._next(())
        try:
            while group:
                outcomes = worker.post([sale for sale, _ in group])
                self._tell(group, outcomes)
                # Before anybody is answered: the database should not wait for that.
                group = self._next(group)
        finally:
            worker.close()
            if group:
                # A bug, which Python reports: it must not leave anybody waiting, now or later.
                self._tell(group, [LaneEndedError()] * len(group))
                self._free(group)
                self._lanes.remove(threading.current_thread())
                self._begin()

    def _tell(self, group: Sequence[Waiting], outcomes: Sequence[Outcome | LaneEndedError]) -> None:
        # A closed loop has nobody who waits.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(_answer, group, outcomes)

    def _free(self, group: Sequence[Waiting]) -> None:
        with self._turn:
            self._busy.difference_update(_keys(group))

    def _next(self, done: Sequence[Waiting]) -> list[Waiting]:
        """Wait for the next group; empty when the lanes are closed."""
        self._free(done)
        with self._turn:
            while self._is_open:
                if group := self._take():
                    # There may be enough for another lane.
                    if self._waiting:
                        self._turn.notify()
                    return group
                self._turn.wait()
            return []

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


def _answer(group: Sequence[Waiting], outcomes: Sequence[Outcome | LaneEndedError]) -> None:
    for (_, future), outcome in zip(group, outcomes, strict=True):
        if future.done():
            continue
        if isinstance(outcome, LaneEndedError):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)


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
