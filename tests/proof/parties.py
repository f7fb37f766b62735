"""The processes of a proof beside server and database: devices, the office, the line that breaks."""

import asyncio
import contextlib
import queue
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from tests.proof import proxy
from tests.proof.stage import Clock, Stage

COUNTERS = 24  # in a process


@dataclass(frozen=True)
class Shared:
    """What all processes of a proof are given. Arrays and queues of multiprocessing."""

    stage: Stage
    days: Any
    sold: Any  # sales that may be taken back
    progress: Any  # calls made, by process; the office's last
    failures: Any  # answers with status 500
    is_over: Any
    folder: Path
    seed: int
    everyday: int  # how many sales are that and nothing more, beside some 40 that are
    server: int
    proxy: int


def devices(shared: Shared, place: int, until: int) -> None:
    """A process of devices: plays until it has made so many calls."""
    import django

    django.setup()
    from tests.proof.counters import Counters
    from tests.proof.scripts import Scripts

    here = Counters(
        shared.stage, Clock(shared.days), part=place, parts=len(shared.progress) - 1, seed=shared.seed * 100 + place,
        folder=shared.folder, ports=(shared.server, shared.proxy),
    )  # fmt: skip

    def may_be_taken_back(sale: str) -> None:
        with contextlib.suppress(queue.Full):
            shared.sold.put_nowait(sale)

    def tell(count: int) -> None:
        shared.progress[place] = count

    async def work() -> None:
        scripts = Scripts(here, may_be_taken_back, everyday=shared.everyday)
        await asyncio.gather(*[scripts.play(until, tell) for _ in range(COUNTERS)])

    asyncio.run(work())
    here.history.close()
    tell(here.history.count)
    shared.failures[place] = here.failures
    shared.sold.cancel_join_thread()


def office(shared: Shared, share: float) -> None:
    """The process of the office: `share` calls for each call of a device."""
    import django

    django.setup()
    from tests.proof.office import Office

    *others, last = range(len(shared.progress))

    def tell(count: int) -> None:
        shared.progress[last] = count

    Office(
        shared.stage, Clock(shared.days), sold=shared.sold, seed=shared.seed * 100 + 99, folder=shared.folder,
        server=shared.server,
    ).run(
        share=share, done=lambda: sum(shared.progress[place] for place in others), tell=tell,
        is_over=shared.is_over.is_set,
    )  # fmt: skip


def breaking_line(shared: Shared, share: float, cuts: Any) -> None:
    """The process of the line that breaks."""
    proxy.run(port=shared.proxy, server=shared.server, share=share, seed=shared.seed, cuts=cuts)


def check_alive(parties: list[SpawnProcess]) -> None:
    """Raises RuntimeError when a process ended by a bug of the proof."""
    broken = [one.name for one in parties if one.exitcode not in (None, 0)]
    if broken:
        raise RuntimeError(f"{', '.join(broken)} broke down: see above")
