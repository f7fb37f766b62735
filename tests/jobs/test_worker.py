"""The worker as a process of its own: killed, begun anew; a round that breaks holds up no other one."""

import os
import threading
import time
from urllib.parse import quote

import psutil
import pytest
from django.db import OperationalError, connection

from rasad.jobs import actions, running, worker
from rasad.jobs.models import Job
from tests.cast import NOON

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30.0


def until(is_so, what):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def address():
    """Where a process of its own finds the database of this test."""
    given = connection.settings_dict
    return f"postgres://{given['USER']}@/{given['NAME']}?host={quote(given['HOST'], safe='')}"


def children():
    return [one for one in psutil.Process().children() if "work" in one.cmdline()]


@pytest.fixture
def beside(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", address())
    monkeypatch.setenv("RASAD_HOME", str(tmp_path))
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.05)
    with worker.beside():
        yield
    assert children() == []


def done(job):
    return Job.objects.filter(pk=job.pk, state="done").exists()


def start(scheme):
    return actions.start("relief.publish", args={"scheme": scheme}, by="meena", at=NOON)


def test_killed_worker_is_begun_anew_and_takes_up_what_was_being_done(beside):
    first = start("one")
    until(lambda: done(first), "the worker did nothing")
    (child,) = children()
    child.kill()
    left = start("two")
    Job.objects.filter(pk=left.pk).update(state="running", tries=1, seen_at=NOON)
    until(lambda: done(left), "nobody took up the job of the killed worker")

    assert children() != [child]


def test_round_that_breaks_or_takes_long_holds_up_no_other(monkeypatch):
    told, gate = [], threading.Event()
    rounds = {"breaks": lambda: 1 / 0, "slow": gate.wait, "good": lambda: told.append(1)}
    monkeypatch.setattr(worker, "ROUNDS", rounds)
    monkeypatch.setattr(worker, "TICK_SECONDS", 0.01)
    going = worker._Rounds()
    going.start()
    until(lambda: len(told) >= 3, "the good round was held up")
    gate.set()
    going.stop()
    going.join()

    assert len(told) >= 3


def test_heart_goes_on_after_the_database_was_away(monkeypatch):
    monkeypatch.setattr(running, "BEAT_SECONDS", 0.01)
    job = start("three")
    Job.objects.filter(pk=job.pk).update(state="running", tries=1)
    job.refresh_from_db()
    beats = []
    beat = running._Heart._beat

    def first_away(heart):
        beats.append(os.getpid())
        if len(beats) == 1:
            raise OperationalError("server closed the connection")
        beat(heart)

    monkeypatch.setattr(running._Heart, "_beat", first_away)
    with running._Heart(job):
        until(lambda: len(beats) > 2, "the heart stopped")

    assert Job.objects.get(pk=job.pk).seen_at > job.seen_at
