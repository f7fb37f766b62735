"""Sales at the counter against PostgreSQL's own TPC-B, on one machine, in one run. The last line is JSON.

What is sold: two lines, signed by the device, journalled, idempotent, over HTTP, answered after the commit with
fsync on. What it is held against: `pgbench` (TPC-B, scale 50, prepared), the better of 8 and 16 clients.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from typing import Any

import psycopg

from bench.database import own_database
from rasad.postgres import Cluster

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")


def main() -> None:
    """Run it."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--cards", type=int, default=500_000)
    said.add_argument("--shops", type=int, default=1_000)
    said.add_argument("--sales", type=int, default=100_000)
    said.add_argument("--devices", type=int, default=256)
    said.add_argument("--seconds", type=int, default=15, help="of each run of pgbench")
    said.add_argument("--lanes", type=int, default=1)
    asked = said.parse_args()
    with own_database() as cluster:
        print(json.dumps(_measured(cluster, asked)))


def _measured(cluster: Cluster, asked: argparse.Namespace) -> dict[str, object]:
    from django.conf import settings

    from bench.counter_state import State

    state = State(asked.cards, asked.shops)
    with psycopg.connect(**_where(settings)) as link:
        _say(f"loading {asked.cards:,} cards and {asked.shops:,} shops")
        state.load(link)
    with psycopg.connect(**_where(settings), autocommit=True) as link:
        link.execute("VACUUM ANALYZE")
        link.execute("CHECKPOINT")
    bench = Bench(cluster, asked)
    bench.prepare()
    with served(asked.lanes) as port:
        lone = _lone(state, settings, port)
        before = bench.tpcb()
        _say("selling")
        load = _sold(state, settings, port, asked)
        after = bench.tpcb()
    tpcb = max(before, after)
    sales = len(load.times) / load.seconds
    times = sorted(load.times)
    if load.refused:
        raise SystemExit(f"{len(load.refused)} sales were refused, the first: {load.refused[0]!r}")
    _check(settings, asked)
    return {
        "ratio": round(sales / tpcb, 3),
        "sales_per_s": round(sales),
        "tpcb_per_s": round(tpcb),
        "p50_ms": round(statistics.median(times) * 1000, 2),
        "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 2),
        "lone_ms": round(lone * 1000, 2),
        "sales": len(times), "devices": asked.devices, "lanes": asked.lanes,
    }  # fmt: skip


class Bench:
    """pgbench on the same server."""

    def __init__(self, cluster: Cluster, asked: argparse.Namespace) -> None:
        from rasad.postgres import _binaries

        self._program = str(_binaries(cluster.user) / "pgbench")
        self._where = {"PGHOST": str(cluster.socket_dir), "PGUSER": "rasad", "PGDATABASE": "rasad"}
        self._seconds = asked.seconds

    def prepare(self) -> None:
        """Fill its tables, scale 50."""
        self._run("-i", "-q", "-s", "50")

    def tpcb(self) -> float:
        """Transactions a second, the better of 8 and 16 clients."""
        return max(self._tpcb(clients) for clients in (8, 16))

    def _tpcb(self, clients: int) -> float:
        told = self._run("-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(self._seconds))
        line = next(line for line in told.splitlines() if line.startswith("tps ="))
        _say(f"pgbench with {clients} clients: {line}")
        return float(line.split()[2])

    def _run(self, *arguments: str) -> str:
        return subprocess.run(
            [self._program, *arguments],
            env=os.environ | self._where,
            check=True,
            capture_output=True,
            text=True,
        ).stdout


class served:  # noqa: N801  reads as a word in `with served(...)`
    """The server in a process of its own, while the block runs; gives its port."""

    def __init__(self, lanes: int = 1, **environment: str) -> None:
        self._environment = {"RASAD_COUNTER_LANES": str(lanes)} | environment
        self.port = free_port()

    def __enter__(self) -> int:
        command = [sys.executable, "-m", "rasad", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=os.environ | self._environment, stdout=sys.stderr)
        wait_for(self.port)
        return self.port

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


def free_port() -> int:
    """A port nobody listens on."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, *, seconds: float = 60) -> None:
    """Wait until somebody listens."""
    import socket

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on port {port}")


def _sold(state: Any, settings: Any, port: int, asked: argparse.Namespace) -> Any:
    from bench import counter_load

    # Made before the clock starts: the devices of a State make their own.
    made = list(
        state.requests(asked.sales, secret=settings.DEVICE_KEY, chance=random.Random(7), host="127.0.0.1")
    )
    return counter_load.run(iter(made), port=port, devices=asked.devices)


def _lone(state: Any, settings: Any, port: int) -> float:
    from bench import counter_load

    made = list(state.requests(500, secret=settings.DEVICE_KEY, chance=random.Random(11), host="127.0.0.1"))
    return statistics.median(counter_load.run(iter(made), port=port, devices=1).times)


def _check(settings: Any, asked: argparse.Namespace) -> None:
    """Sold = lifted = out of stock, and a seal over each sale."""
    with psycopg.connect(**_where(settings)) as link:
        row = link.execute(
            "SELECT (SELECT count(*) FROM counter_sale), (SELECT sum(entries) FROM journal_seal),"
            " (SELECT sum(received) FROM ledger_account WHERE kind = 'entitlement'),"
            " (SELECT sum(given) FROM ledger_account WHERE kind = 'stock'),"
            " (SELECT sum(quantity) FROM ledger_transfer WHERE kind = 'sale')"
        ).fetchone()
        assert row
        sales, sealed, lifted, out, moved = row
        if not (sales == sealed == asked.sales + 500 and lifted == out == moved == 150 * sales):
            raise SystemExit(f"the books are not equal: {row}")


def _where(settings: Any) -> dict[str, Any]:
    said = settings.DATABASES["default"]
    return {"host": said["HOST"], "dbname": said["NAME"], "user": said["USER"]}


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
