"""A month turning under load: sales a second before and after midnight of the 1st, and how many failed.

The clock of the books is set so that midnight comes in the middle of the load. Until then families buy in the old
month, from then on in the new one; visits opened before midnight are sold after it. Half of the cards have their
accounts of the new month made ahead, the other half when their first visit of the month opens, by a second load
of visits over Django while the sales go on. A machine that is shared swings by more than a month's turn could: so
the month turns several times, and the dip is the median of theirs, printed beside the same figure of a moment before
midnight, in which nothing turns. The last line is JSON; the goal is a dip of 5 % at most and no failure.
"""

import argparse
import json
import math
import os
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import psycopg

from bench.counter import _say, _where, served
from bench.database import own_database
from rasad.values.month import INDIA

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
OLD, NEW = "2026-10", "2026-11"
START_SECONDS = 10


def main() -> None:
    """Run it."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--cards", type=int, default=200_000)
    said.add_argument("--shops", type=int, default=1_000)
    said.add_argument("--seconds", type=int, default=20, help="before midnight, and after it")
    said.add_argument("--turns", type=int, default=5, help="how often the month turns")
    said.add_argument("--devices", type=int, default=64)
    asked = said.parse_args()
    with own_database():
        print(json.dumps(_measured(asked)))


def _measured(asked: argparse.Namespace) -> dict[str, object]:
    from django.conf import settings

    from bench.counter_state import State

    state = State(asked.cards, asked.shops, months=(OLD, NEW))
    with psycopg.connect(**_where(settings)) as link:
        _say(f"loading {asked.cards:,} cards in two months")
        state.load(link)
    with psycopg.connect(**_where(settings), autocommit=True) as link:
        link.execute("VACUUM ANALYZE")
    return _summed([_turn(state, settings.DEVICE_KEY, asked) for _ in range(asked.turns)])


def _turn(state: Any, secret: bytes, asked: argparse.Namespace) -> dict[str, Any]:
    """One midnight: the server starts before it, with the clock of the books set back."""
    from bench import counter_load

    # The old month's have to last until midnight, from a little after the start on.
    many = 10_000 * (asked.seconds + START_SECONDS)
    _say("signing")
    old, new = (
        list(state.requests(many, secret=secret, chance=random.Random(), host="a", month=month))
        for month in (0, 1)
    )
    # The clock of the books starts with the server, which takes some seconds to answer.
    lead = asked.seconds + START_SECONDS
    begin = datetime(2026, 11, 1, tzinfo=INDIA) - timedelta(seconds=lead)
    midnight = time.time() + lead
    with served(1, RASAD_CLOCK=begin.isoformat()) as port:
        visits = Visits(midnight, asked.seconds)
        visits.start()
        load = counter_load.run(_turning(old, new, midnight, asked.seconds), port=port, devices=asked.devices)
        visits.join()
    told = _told(load, midnight, asked.seconds)
    _say(f"turned: a dip of {told['dip']:.3f}, {told['dip_without']:.3f} where nothing turned")
    return told | {"opened": visits.opened}


def _turning(old: list[bytes], new: list[bytes], midnight: float, seconds: int) -> Iterator[bytes]:
    """Requests of the old month until midnight, then of the new one, until the time is over."""
    before, after = iter(old), iter(new)
    while (now := time.time()) < midnight + seconds:
        # Of each hundred sales in the first second one belongs to a visit that was opened before midnight.
        late = now < midnight + 1 and random.random() < 0.01
        yield next(before if now < midnight or late else after)


class Visits(threading.Thread):
    """Families whose accounts are made at their first touch, before and after midnight, while the sales go on."""

    def __init__(self, midnight: float, seconds: int) -> None:
        super().__init__(daemon=True)
        self._midnight, self._until = midnight, midnight + seconds
        self._first = f"{random.getrandbits(24):08d}"
        self.opened = 0

    def run(self) -> None:
        """Open accounts, one family after the other, as a visit does."""
        from rasad import wiring
        from rasad.counter import dues
        from rasad.values.month import Month

        lines = {
            month: dues.lines_of("OPH", members=4, month=Month.parse(month), state="IN-HR")
            for month in (OLD, NEW)
        }
        while time.time() < self._until:
            at = wiring.now()
            month = OLD if time.time() < self._midnight else NEW
            dues.granted(
                f"L{self._first}{self.opened:06d}",
                lines=lines[month],
                category="OPH",
                members=4,
                month=Month.parse(month),
                at=at,
            )
            self.opened += 1
            time.sleep(0.02)


def _told(load: Any, midnight: float, seconds: int) -> dict[str, Any]:
    rates = Counter(math.floor(moment - midnight) for moment in load.moments)

    def rate(first: int, last: int) -> float:
        return statistics.mean(rates.get(second, 0) for second in range(first, last))

    before, half = rate(-seconds + 5, 0), (-seconds + 5) // 2
    return {
        "before": before,
        "dip": 1 - rate(0, seconds - 2) / before,
        "dip_of_first_5_s": 1 - rate(0, 5) / before,
        # The same figure where nothing turns: what the machine does by itself.
        "dip_without": 1 - rate(half, 0) / rate(-seconds + 5, half),
        "refused": load.refused,
        "sales": len(load.times),
    }


def _summed(turns: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    def median(name: str, digits: int = 4) -> float:
        return round(statistics.median(one[name] for one in turns), digits)

    refused = [one for turn in turns for one in turn["refused"]]
    return {
        "dip": median("dip"),
        "dips": [round(one["dip"], 3) for one in turns],
        "dip_of_first_5_s": median("dip_of_first_5_s"),
        "dips_without_a_turn": [round(one["dip_without"], 3) for one in turns],
        "sales_per_s_before": median("before", 0),
        "failed": len(refused),
        "first_failure": refused[0].decode()[:200] if refused else "",
        "sales": sum(one["sales"] for one in turns),
        "accounts_made_at_first_touch": sum(one["opened"] for one in turns),
    }


if __name__ == "__main__":
    main()
