"""A scheme made on the screens, as several stories need it: its form, its lists, the books' clock."""

from collections.abc import Callable
from datetime import datetime
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connections
from django.test import Client

from rasad import wiring
from rasad.jobs import running
from rasad.values.refused import Refused
from tests.desk.test_emergency import FAMILIES, FORM, MEMBERS

CLOCKS = ("emergencies", "forwarding", "appeals", "reviews", "moves")


def clock(monkeypatch: pytest.MonkeyPatch, day: int, month: int, year: int = 2020) -> datetime:
    """The books at noon of a day."""
    moment = datetime(year, month, day, 12, 0, tzinfo=wiring.INDIA)
    monkeypatch.setattr(wiring, "now", lambda: moment)
    for name in CLOCKS:
        monkeypatch.setattr(f"rasad.desk.views.{name}.now", lambda: moment)
    return moment


def csv(name: str, text: str | bytes) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode(), "text/csv")


def upload(client: Client, families: str = FAMILIES, members: str = MEMBERS, code: str = "flood_2020"):
    """Both lists of the MMPSY."""
    lists = {"families": csv("f.csv", families), "members": csv("m.csv", members)}
    return client.post(f"/desk/schemes/{code}/upload", {"source": "MMPSY", **lists})


def tried(client: Client, **form: object) -> None:
    """Drafted, its lists uploaded, a trial made."""
    said = FORM | form
    client.post("/desk/schemes/new", said)
    upload(client, code=str(said["code"]))
    client.post(f"/desk/schemes/{said['code']}/trial")
    running.run_waiting()


def opened(first: Client, second: Client, **form: object) -> None:
    """Tried by one officer, opened by another."""
    tried(first, **form)
    second.post(f"/desk/schemes/{form.get('code', FORM['code'])}/open")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What these acts answer when they begin in one moment, each with a connection of its own; a refusal as itself."""
    gate, said = Barrier(len(acts)), [None] * len(acts)

    def one(place: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            said[place] = act()
        except (Refused, DatabaseError) as fault:
            said[place] = fault
        finally:
            connections.close_all()

    threads = [Thread(target=one, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said
