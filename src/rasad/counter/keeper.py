"""What goes on in the background of a server: grain that is held too long is freed, home States are told, and the
accounts of the next month are made ahead. One process of all does it; the others look in now and then.
"""

import threading
import time
from datetime import datetime

import structlog
from django.conf import settings
from django.db import Error, connection, connections
from django.utils import timezone

from rasad import wiring
from rasad.counter import reserved
from rasad.counter.ahead import Ahead
from rasad.ledger import actions as ledger
from rasad.values.month import Month

log = structlog.get_logger()
# "keeper" as a number: any that nobody else locks will do.
LOCK = 0x6B656570
TICK_SECONDS = 15.0
# When all cards have their accounts, new cards are looked for as often as this.
AGAIN_SECONDS = 6 * 3600.0
CHUNK = 1_000
# So many times as long as a chunk took, the sales have the database to themselves.
REST = 4


class Keeper(threading.Thread):
    """A thread of the server. It ends with the process, or at `stop`; what it was doing is gone on with later."""

    def __init__(self) -> None:
        super().__init__(name="keeper", daemon=True)
        self._ended = threading.Event()
        self._ahead: Ahead | None = None
        self._looked_at = 0.0

    def stop(self) -> None:
        """End after what is being done now."""
        self._ended.set()

    def run(self) -> None:
        """Until the end, a round and a pause."""
        while not self._ended.is_set():
            try:
                self.round(at=wiring.now())
            except Error as problem:
                log.warning("keeper_lost_database", problem=type(problem).__name__)
                connection.close()
            self._ended.wait(TICK_SECONDS)
        connections.close_all()

    def round(self, *, at: datetime) -> bool:
        """Everything once; False when another process is at it."""
        with connection.cursor() as cursor:
            # Nobody waits for a round as somebody waits for a page.
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            (is_ours,) = cursor.fetchone()
        if not is_ours:
            return False
        try:
            ledger.expire_holds(at=at)
            self.make_ahead(at=at)
            reserved.settle_all(at=at, seconds=TICK_SECONDS)
        finally:
            if connection.is_usable():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        return True

    def make_ahead(self, *, at: datetime) -> int:
        """From the day of the setting on, the next month's accounts, as many as fit into a tick; how many cards."""
        today = timezone.localtime(at).date()
        month = Month.of(today).next
        if not settings.GRANTS_FROM_DAY or today.day < settings.GRANTS_FROM_DAY:
            return 0
        if self._ahead is None or self._ahead.month != month or self._is_time_again():
            self._ahead, self._looked_at = Ahead(month), time.monotonic()
        made, until = 0, time.monotonic() + TICK_SECONDS
        while not self._ahead.is_done and not self._ended.is_set() and time.monotonic() < until:
            begun = time.monotonic()
            made += self._ahead.step(at=at, most=CHUNK)
            self._ended.wait((time.monotonic() - begun) * REST)
        return made

    def _is_time_again(self) -> bool:
        is_done = self._ahead is not None and self._ahead.is_done
        return is_done and time.monotonic() - self._looked_at > AGAIN_SECONDS
