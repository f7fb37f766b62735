"""The proof: many clients, everything killed again and again, then every row held against every answer."""

import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.counter import free_port, wait_for

from tests.proof import history, parties
from tests.proof.machine import Machine, days_to_next_month
from tests.proof.parties import Shared
from tests.proof.stage import Clock, built, visitors_cards

CLIENTS = 2
FEW = 20_000  # calls for which one process of devices is enough
A_KILL_EVERY, FEWEST_KILLS = 40_000, 2
SHOPS, VISITORS = 24, 40
FEWEST_CARDS, MOST_CARDS = 60, 400
SPAWN = multiprocessing.get_context("spawn")


class Proof:
    """One run. `kills`: how often the server, and as often the database."""

    def __init__(self, folder: Path, *, operations: int, seed: int, kills: int, lanes: int) -> None:
        self._folder, self._operations, self._seed, self._lanes = folder, operations, seed, lanes
        self._kills = kills or max(FEWEST_KILLS, operations // A_KILL_EVERY)
        self._chance = random.Random(seed)
        self._days = SPAWN.Value("i", 0)
        self.clock = Clock(self._days)
        self._cuts = SPAWN.Value("i", 0)
        # Few calls: more of them are rare ones, so that each kind is met.
        self._rare = 0.08 if operations < FEW else 0.02
        self._everyday = 60 if operations < FEW else 200
        self._clients = 1 if operations < FEW else CLIENTS

    def run(self, cluster: Any, twin: Any) -> dict[str, object]:
        """Play, then check; what was seen."""
        cards = max(FEWEST_CARDS, min(MOST_CARDS, self._operations // 40))
        stage = built(cards=cards, shops=SHOPS, visitors=VISITORS, at=self.clock.now())
        progress, failures = (SPAWN.Array("q", self._clients + 1) for _ in range(2))
        shared = Shared(
            stage, self._days, SPAWN.Queue(100), progress, failures, SPAWN.Event(), self._folder, self._seed,
            self._everyday, free_port(), free_port(),
        )  # fmt: skip
        machine = Machine(
            cluster, self.clock, port=shared.server, lanes=self._lanes, log=self._folder / "server.log"
        )
        machine.serve()
        self._began = time.monotonic()
        try:
            self._play(shared, machine)
            seconds = time.monotonic() - self._began
        finally:
            machine.stop()
        self._settle()
        say(f"{sum(shared.progress):,} calls in {seconds:.0f} s; checking")
        return self._checked(twin, shared, machine, seconds)

    def _play(self, shared: Shared, machine: Machine) -> None:
        line = SPAWN.Process(
            target=parties.breaking_line,
            args=(shared, 3 * self._rare / 10, self._cuts),
            name="line",
            daemon=True,
        )
        line.start()
        wait_for(shared.proxy)
        until = self._operations // self._clients
        devices = [
            SPAWN.Process(
                target=parties.devices, args=(shared, place, until), name=f"devices-{place}", daemon=True
            )
            for place in range(self._clients)
        ]
        office = SPAWN.Process(target=parties.office, args=(shared, self._rare), name="office", daemon=True)
        for one in (*devices, office):
            one.start()
        kills, told = self._planned(), time.monotonic()
        while any(one.is_alive() for one in devices):
            parties.check_alive([*devices, office, line])
            if kills and sum(shared.progress) >= kills[0][0]:
                self._kill(shared, machine, kills.pop(0)[1])
            if time.monotonic() - told > 20:
                told = time.monotonic()
                say(f"{told - self._began:6.1f} s, {sum(shared.progress):,} of {self._operations:,} calls")
            time.sleep(0.02)
        shared.is_over.set()
        office.join(timeout=120)
        parties.check_alive([*devices, office, line])
        line.kill()

    def _planned(self) -> list[tuple[int, str]]:
        """When what is killed: by turns, at uneven distances, from the first tenth on."""
        share = 0.85 * self._operations / (2 * self._kills)
        return [
            (int(self._operations / 10 + share * (place + self._chance.random() / 2)), what)
            for place, what in enumerate(["postgres", "server"] * self._kills)
        ]

    def _kill(self, shared: Shared, machine: Machine, what: str) -> None:
        if what == "postgres":
            machine.kill_postgres(self._chance)
        else:
            machine.kill_server(whole=self._chance.random() < 0.7)
            if self._chance.random() < 0.2:
                machine.kill_postgres(self._chance)
            # Before days pass, home States hear what was sold: they would let it go after one.
            self._settle()
            is_month_over = machine.kills["server"] % 2 == 0
            machine.pass_days(
                days_to_next_month(self.clock) if is_month_over else self._chance.choice((0, 1, 3, 8))
            )
            machine.serve()
        calls, seconds = sum(shared.progress), time.monotonic() - self._began
        say(f"{seconds:6.1f} s, {calls:,} calls: {what} was killed and is back; kills {machine.kills}")

    def _settle(self) -> None:
        """What the keeper does: tell home States how reservations ended, also of visits that came to nothing."""
        from rasad.counter.models import Reservation
        from rasad.counter.reserved import settle_all
        from tests.proof.books_link import insisted

        state = Reservation.State
        open_ones = Reservation.objects.exclude(state__in=[state.POSTED, state.VOIDED])
        until = time.monotonic() + 60
        while insisted(open_ones.exists) and time.monotonic() < until:
            insisted(lambda: settle_all(at=self.clock.now() + timedelta(hours=1)))

    def _checked(self, twin: Any, shared: Shared, machine: Machine, seconds: float) -> dict[str, object]:
        from django.conf import settings

        from tests.proof.books import load
        from tests.proof.check import violations

        where = settings.DATABASES["default"]
        books = load(f"host={where['HOST']} dbname={where['NAME']} user={where['USER']}")
        calls = list(history.read(sorted(self._folder.glob("*.jsonl"))))
        found = violations(calls, books, home=lifts_at_home(twin, calls, self.clock))
        for one in found[:100]:
            say(f"VIOLATION {one}")
        outcomes: dict[str, int] = {}
        for one in calls:
            outcomes[one.outcome] = outcomes.get(one.outcome, 0) + 1
        say(f"{dict(sorted(outcomes.items(), key=lambda one: -one[1]))}")
        return {
            "operations": len(calls), "kills": machine.kills, "cut_replies": self._cuts.value,
            "unknowns": outcomes.get(history.UNKNOWN, 0), "violations": len(found), "seconds": round(seconds, 1),
            "per_s": round(len(calls) / seconds), "sales": len(books.sales), "reversals": len(books.reversals),
            "months": len({one.month for one in books.sales.values()}), "status_500": sum(shared.failures),
        }  # fmt: skip


def lifts_at_home(twin: Any, calls: list[history.Call], clock: Clock) -> set[tuple[str, str, str, str, int]]:
    """Every lift that the home States know of: card, month, day, commodity, grams."""
    from rasad.values.month import Month

    return {
        (f"{card.state}/{card.number}", month, lift.on.isoformat(), lift.commodity, lift.grams)
        for month in {one.month for one in calls if one.kind == "visitor"}
        for card, told in twin.book.all_cards(Month.parse(month), at=clock.now())
        for lift in told.lifts
    }


@contextmanager
def _placed(clock: Clock, folder: Path) -> Iterator[tuple[Any, Any]]:
    """A durable database and the twin of the other States, and Django told of both."""
    from rasad.connectors.impds import sandbox
    from rasad.postgres import Cluster

    cluster = Cluster(folder / "postgres" / "data")
    cluster.start()
    try:
        with sandbox.running(clock=clock.now, cards=visitors_cards(VISITORS)) as twin:
            os.environ |= {
                "DJANGO_SETTINGS_MODULE": "rasad.settings", "DATABASE_URL": cluster.url,
                "RASAD_HOME": str(folder / "home"), "RASAD_IMPDS_URL": twin.url,
                "RASAD_IMPDS_KEY": sandbox.KEY.hex(), "RASAD_LOG": "ERROR",
            }  # fmt: skip
            import django
            from django.core.management import call_command

            django.setup()
            call_command("migrate", verbosity=0, interactive=False)
            yield cluster, twin
    finally:
        cluster.stop()


def prove(
    *, operations: int, seed: int, kills: int = 0, lanes: int = 2, keep: Path | None = None
) -> dict[str, object]:
    """Run a proof in a folder of its own; what was seen. `keep`: where the history is copied to."""
    with tempfile.TemporaryDirectory(prefix="rasad-proof-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        proof = Proof(folder, operations=operations, seed=seed, kills=kills, lanes=lanes)
        with _placed(proof.clock, folder) as (cluster, twin):
            seen = proof.run(cluster, twin)
        if keep:
            with keep.open("wb") as whole:
                for part in sorted(folder.glob("*.jsonl")):
                    with part.open("rb") as file:
                        shutil.copyfileobj(file, whole)
    return seen


def say(text: str) -> None:
    """Tell whoever watches."""
    print(text, file=sys.stderr, flush=True)
