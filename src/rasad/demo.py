"""`rasad demo`: a made-up state, a relief run over it, and somebody of each role to log in as."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from rasad import wiring
from rasad.values.refused import Refused

# Ambala, Karnal and Nuh: the north, the middle and the south of Haryana, by their LGD codes.
DISTRICTS = {"58": "Ambala", "67": "Karnal", "604": "Nuh"}
SCALE = 0.02
SEED = 2020
PORT_PATIENCE_SECONDS = 3.0

console = Console()

# User name, role, area, name, designation.
CAST = (
    ("headquarters", "headquarters", ("state", "6"), "Kavita Malik", "Director, Food and Supplies"),
    ("headquarters.2", "headquarters", ("state", "6"), "Deepak Saini", "Joint Director: the second officer"),
    ("dfsc.karnal", "dfsc", ("district", "67"), "Meena Rani", "District Food and Supplies Controller, Karnal"),
    ("dfsc.ambala", "dfsc", ("district", "58"), "Harish Gill", "District Food and Supplies Controller, Ambala"),
    ("admin.karnal", "district_administration", ("district", "67"), "Rekha Sharma", "District Administration, Karnal"),
    ("admin.nuh", "district_administration", ("district", "604"), "Imran Khan", "District Administration, Nuh"),
    ("auditor", "auditor", ("state", "6"), "Suman Rao", "Auditor"),
    ("inspector.karnal", "inspector", ("district", "67"), "Asif Ali", "Inspector, Food and Supplies, Karnal"),
    ("inspector.karnal.2", "inspector", ("district", "67"), "Bimla Devi", "Inspector, Karnal: decides"),
)  # fmt: skip
# A dealer a district, at its shop with the most cards; the first has the cards to try.
DEALERS = (
    ("dealer.karnal", "67", "Ravi Kumar"),
    ("dealer.ambala", "58", "Sita Ram"),
    ("dealer.nuh", "604", "Yusuf Khan"),
)
TEN_O_CLOCK = "T10:00:00+05:30"
WORKING_HOURS = range(8, 13)


On = Annotated[
    str, typer.Option(help="The day in the books, as 2020-05-15: tokens are sold in their months only.")
]


def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="End after the summary.")] = False,
    scale: Annotated[
        float, typer.Option(help="Size of the made-up state; 1 is the whole of Haryana.")
    ] = SCALE,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8000,
    on: On = "",
) -> None:
    """Make a demonstration state, run the relief run over it, and serve its pages on this machine.

    Outside systems are twins: fingers, telephones and the cards of other States can be tried by hand.
    """
    started = time.monotonic()
    if no_serve:
        _made_ready(scale, started)
        return
    with _twins(on=on or _in_hours()):
        _made_ready(scale, started)
        _serve(port)


def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8000,
    training: Annotated[
        bool, typer.Option("--training", help="Start the twins of all outside systems, and use them.")
    ] = False,
    on: On = "",
) -> None:
    """Serve the pages on 127.0.0.1."""
    if training:
        with _twins(on=on):
            _serve(port)
    else:
        _serve(port)


@contextmanager
def _twins(*, on: str) -> Iterator[None]:
    """The outside world as twins, found by this process and its workers; the books at ten o'clock of a day."""
    from rasad import settings
    from rasad.counter.twins import Ports, apply, running

    clock = {"RASAD_CLOCK": _clock(on)} if on else {}
    folder = settings.HOME / "twins"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with running(folder, ports=Ports(0, 0, 0)) as made:
        apply({**made.settings, **clock})
        yield


def _clock(on: str) -> str:
    try:
        return datetime.fromisoformat(on + TEN_O_CLOCK).isoformat()
    except ValueError:
        raise Refused("day_not_a_day", given=on) from None


def _in_hours() -> str:
    """Today, where the shops are closed at this hour and the books shall say ten o'clock; else nothing."""
    from rasad import settings

    now = datetime.now(wiring.INDIA)
    return "" if settings.CLOCK or now.hour in WORKING_HOURS else now.date().isoformat()


def _made_ready(scale: float, started: float) -> None:
    wiring.migrated()
    from rasad.relief.models import Run

    if not Run.objects.filter(state=Run.State.DONE).exists():
        _build(scale)
    dealers = _shops_ready()
    people = _people((*CAST, *dealers, *_committees_ready()))
    _applications_ready()
    _summary(people, time.monotonic() - started)


def _serve(port: int) -> None:
    wiring.migrated()
    from django.conf import settings

    _wait_for(port)
    # Where collected files would lie. They are served from beside the sources, but WhiteNoise looks there too.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    console.print(f"\nServing on [bold]http://127.0.0.1:{port}[/]  (Ctrl-C stops)")
    from rasad.jobs import worker

    with worker.beside():
        _granian(port)


def _granian(port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "rasad.rsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.RSGI,
        workers=1,
        backpressure=1024,
        log_access=False,
        log_level="warning",  # type: ignore[arg-type]
    ).serve(target_loader=_application, wrap_loader=False)


def _wait_for(port: int) -> None:
    """Wait until a port is free: the worker of a server that was killed ends a moment after it."""
    until = time.monotonic() + PORT_PATIENCE_SECONDS
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        if time.monotonic() > until:
            raise Refused("port_taken", port=port)
        time.sleep(0.1)


def _application() -> Any:
    """The application in a worker process, which ends with the server that began it, even a killed one."""
    # Ctrl-C goes to the whole group of a terminal. The server passes it on, and a worker that is told twice at
    # once may miss it and hang: so it hears the server only.
    os.setpgid(0, 0)
    server = multiprocessing.parent_process()
    if server is not None:
        threading.Thread(target=_end_with, args=(server,), daemon=True).start()
    served = importlib.import_module("rasad.rsgi")
    importlib.import_module("rasad.counter.keeper").Keeper().start()
    served.settle()
    return served.application


def _end_with(server: Any) -> None:
    server.join()
    os.kill(os.getpid(), signal.SIGTERM)


def _build(scale: float) -> None:
    from django.conf import settings
    from django.utils import timezone

    from rasad.pipelines.relief.run import Inputs, prepared
    from rasad.pipelines.synth.state import write_state
    from rasad.relief.commands import named, run_into_database
    from rasad.relief.running import exported_register
    from rasad.shops import actions

    folder: Path = settings.HOME / "demo"
    with _bar("making up a state") as advance:
        write_state(
            folder,
            scale=scale,
            seed=SEED,
            districts=list(DISTRICTS),
            on_progress=lambda done, of, _what: advance(done, of),
        )
    for kind, file in actions.register_files(folder / "register").items():
        with _bar(f"register: {kind}") as advance:
            actions.IMPORTS[kind](file=file, by="demo", at=timezone.now(), progress=advance)
    scheme = named("drt_2020")
    out = folder / "run"
    with _bar("register as it stands"):
        register = exported_register(out, scheme)
    inputs = Inputs(scheme, folder / "sources", register, settings.IDENTITY_KEY)
    work = prepared(inputs, out=out)
    try:
        run_into_database(work, out, by="demo")
    finally:
        work.engine.close()


class _bar:  # noqa: N801  used like a function
    """One line on the terminal that says what goes on, how far it is and how long it took."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> Any:
        columns = (TextColumn("{task.description:24}"), BarColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console)
        self._progress.start()
        task = self._progress.add_task(self._what, total=None)
        self._task = task
        return lambda done, of: self._progress.update(task, completed=done, total=of)

    def __exit__(self, *_: object) -> None:
        self._progress.update(self._task, total=1, completed=1)
        self._progress.stop()


Person = tuple[str, str, tuple[str, str], str, str]


def _shops_ready() -> list[Person]:
    """Hours, stock and cards to try for every shop; and who sells at the busiest ones."""
    from django.utils import timezone

    from rasad.counter import furnish

    if not furnish.is_ready():
        with _bar("shops: hours, stock") as advance:
            furnish.furnish(by="demo", at=timezone.now(), progress=advance)
    people: list[Person] = []
    for username, district, name in DEALERS:
        shop = furnish.busiest_shop(district)
        if shop is None:
            continue
        if not people:
            furnish.cards_to_try(shop, at=timezone.now())
        people.append((username, "dealer", ("shop", shop.number), name, f"Dealer, {shop.name}"))
    return people


def _committees_ready() -> list[Person]:
    """Committees for every village, tokens published; and who goes from door to door in the busiest one."""
    from django.utils import timezone

    from rasad.delivery import furnish

    if not furnish.is_ready():
        with _bar("committees, publishing") as advance:
            furnish.furnish(at=timezone.now(), progress=advance)
    place = furnish.busiest_place("67")
    if place is None:
        return []
    code, name = place
    return [
        ("unit.karnal", "unit_committee", ("place", code), "Sunil Kumar", f"Unit Committee, {name}"),
        ("local.karnal", "local_committee", ("place", code), "Ram Mehar", f"Local Committee, {name}"),
    ]


def _applications_ready() -> None:
    """Families that ask for cards and changes, some way through."""
    from rasad.accounts.models import User
    from rasad.applications import furnish

    if furnish.is_ready():
        return
    with _bar("applications"):
        verifier, decider = (User.objects.get(username=f"inspector.karnal{one}") for one in ("", ".2"))
        furnish.furnish(verifier=verifier, decider=decider, district="67", at=wiring.now())


def _people(cast: tuple[Person, ...]) -> list[dict[str, str]]:
    """The demonstration accounts, made at the first start; their passwords lie in a file of mode 600."""
    from django.conf import settings
    from django.utils import timezone

    from rasad.accounts.actions import create_staff
    from rasad.accounts.models import User

    people = _passwords(settings.HOME / "secrets" / "demo-people.json", cast)
    passwords = {person["username"]: person["password"] for person in people}
    for username, role, area, name, designation in cast:
        if not User.objects.filter(username=username).exists():
            create_staff(
                username=username,
                role=role,
                areas=[area],
                by="demo",
                at=timezone.now(),
                name=name,
                designation=designation,
                password=passwords[username],
                demo=True,
            )
    return people


def _passwords(kept: Path, cast: tuple[Person, ...]) -> list[dict[str, str]]:
    from rasad.accounts.actions import readable_password

    people: list[dict[str, str]] = json.loads(kept.read_text()) if kept.exists() else []
    known = {person["username"] for person in people}
    new = [
        {"username": username, "password": readable_password(), "who": designation}
        for username, _, _, _, designation in cast
        if username not in known
    ]
    if new:
        # Written before the accounts are made: cut off in between, the next start makes them from it.
        half = kept.with_suffix(".half")
        half.touch(mode=0o600)
        half.write_text(json.dumps(people + new))
        half.replace(kept)
    return people + new


def _summary(people: list[dict[str, str]], seconds: float) -> None:
    from rasad.relief.models import Run

    run = Run.objects.filter(state=Run.State.DONE).latest("started_at")
    told = run.summary
    console.print(
        f"\n[bold]{told['rows']:,}[/] families asked: [bold]{told['tokens']:,}[/] tokens, {told['linked']:,} linked,"
        f" {sum(told['refused'].values()):,} refused with a reason,"
        f" {sum(told['in_review'].values()):,} wait for a person."
    )
    waiting = told["shops"]
    found = waiting.get("own_place", 0) + waiting.get("nearest", 0)
    console.print(f"{found:,} tokens have a shop, {told['tokens'] - found:,} are in the DFSC's queue.")
    table = Table("user name", "password", "who", title="Log in with", title_justify="left")
    for person in people:
        table.add_row(person["username"], person["password"], person["who"])
    console.print(table)
    console.print(
        "The second factor: [bold]./run rasad staff code USERNAME[/] prints the code of the moment."
    )
    console.print(f"Ready in {timedelta(seconds=round(seconds))}.")
