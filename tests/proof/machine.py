"""The server and the database of a proof: started, killed with -9, started again."""

import contextlib
import os
import random
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
from bench.counter import wait_for

from tests.proof.stage import Clock


class Machine:
    """`rasad serve` and its PostgreSQL, and how often each was killed."""

    def __init__(self, cluster: Any, clock: Clock, *, port: int, lanes: int, log: Path) -> None:
        self._cluster, self._clock, self._port = cluster, clock, port
        self._lanes, self._log = lanes, log
        self._server: subprocess.Popen[bytes] | None = None
        self.kills = {"server": 0, "postgres": 0}

    def serve(self) -> None:
        """Start the server; it keeps the time of the books."""
        told = {"RASAD_CLOCK": self._clock.now().isoformat(), "RASAD_COUNTER_LANES": str(self._lanes)}
        command = [sys.executable, "-m", "rasad", "serve", "--port", str(self._port)]
        with self._log.open("ab") as log:
            self._server = subprocess.Popen(command, env=os.environ | told, stdout=log, stderr=log)
        try:
            wait_for(self._port)
        except TimeoutError:
            raise RuntimeError(f"the server did not come:\n{self._log.read_text()[-3000:]}") from None

    def kill_server(self, *, whole: bool = True) -> None:
        """Kill the server in the middle of whatever it does; its worker too, or let that end by itself."""
        assert self._server
        tree = psutil.Process(self._server.pid).children(recursive=True)
        self._server.kill()
        self._server.wait()
        for one in tree:
            with contextlib.suppress(psutil.NoSuchProcess):
                if whole:
                    one.kill()
        psutil.wait_procs(tree, timeout=10)
        self.kills["server"] += 1

    def kill_postgres(self, chance: random.Random) -> None:
        """Kill every process of the database at once, or one that works for somebody, and bring it back."""
        postmaster = psutil.Process(
            int((self._cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        )
        workers = postmaster.children()
        victims = [postmaster, *workers] if chance.random() < 0.7 else [chance.choice(workers)]
        for one in victims:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        time.sleep(chance.random() * 0.5)
        self._cluster.start()
        self.kills["postgres"] += 1

    def pass_days(self, days: int) -> None:
        """Move the time of the books on, while no server is there."""
        self._clock.days.value += days

    def stop(self) -> None:
        """End the server in peace."""
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill_server()


def days_to_next_month(clock: Clock) -> int:
    """How many days until the first of the next month in the books."""
    today = clock.now().date()
    return ((today.replace(day=1) + timedelta(days=32)).replace(day=1) - today).days
