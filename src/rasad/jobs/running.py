"""A worker at a job: taken by one alone, its end written down, taken up again when its worker was killed."""

import threading
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import connection, connections, transaction
from django.db.models import F

from rasad import wiring
from rasad.jobs import queue
from rasad.jobs.kinds import KINDS
from rasad.jobs.models import Job
from rasad.jobs.work import Cancelled, LostError, Work
from rasad.values.refused import OutsideError, Refused

log = structlog.get_logger()
# A worker that has not been heard of for so long is dead: it says every few seconds that it is not.
DEAD = timedelta(seconds=30)
BEAT_SECONDS = 5.0
# Another system that does not answer is asked again so often, each time after twice as long.
MOST_TRIES = 5
State = Job.State


def real_time() -> datetime:
    """The clock of workers: they live and die by the real one, whatever day the books are at."""
    return datetime.now(wiring.INDIA)


def run(key: UUID) -> None:
    """Do a job if it waits: by a guarded update, so that two workers never do it both."""
    taken = Job.objects.filter(pk=key, state=State.QUEUED).update(
        state=State.RUNNING, started_at=wiring.now(), seen_at=real_time(), tries=F("tries") + 1
    )
    if taken != 1:
        return
    job = Job.objects.get(pk=key)
    work = Work(job, job.tries)
    with _Heart(job):
        state, why = _done(job, work)
    if state is None:
        _again(job)
    else:
        _end(job, state, why)


def take_up() -> int:
    """Let jobs whose worker died wait again; how many. What they did stands in their rows."""
    dead = Job.objects.filter(seen_at__lt=real_time() - DEAD)
    found = list(dead.filter(state=State.RUNNING))
    for job in found:
        with transaction.atomic():
            mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, tries=job.tries, seen_at=job.seen_at)
            if mine.update(state=State.QUEUED):
                log.warning("job_taken_up", job=str(job.pk), kind=job.kind)
                queue.wake(job)
    dead.filter(state=State.CANCELLING).update(state=State.CANCELLED, finished_at=wiring.now())
    return len(found)


def run_waiting() -> int:
    """Do all that waits, here and now; how many jobs. For tests, and for a machine without a worker."""
    count = 0
    while (
        key := Job.objects.filter(state=State.QUEUED)
        .order_by("created_at")
        .values_list("pk", flat=True)
        .first()
    ):
        run(key)
        count += 1
    return count


def _done(job: Job, work: Work) -> tuple[str | None, dict[str, object]]:
    """The state a try ended in, and why; no state when it is to be tried again later."""
    why: dict[str, object] = {}
    try:
        try:
            KINDS[job.kind].do(work, **job.args)
        finally:
            # What was done is done, however it ended.
            work.finish()
    except (Cancelled, LostError) as stopped:
        return (State.CANCELLED if isinstance(stopped, Cancelled) else State.RUNNING), why
    except Refused as refused:
        return State.FAILED, {"code": refused.code, "facts": _plain(refused.facts)}
    except OutsideError as error:
        if not error.permanent and job.tries < MOST_TRIES:
            return None, why
        return State.FAILED, {"outside": str(error)}
    except BaseException as bug:
        # The page must show that nobody is at it any more; the queue logs what went wrong, and lives on.
        _end(job, State.FAILED, {"bug": type(bug).__name__})
        raise
    return State.DONE, why


def _end(job: Job, state: str, why: dict[str, object]) -> None:
    if state == State.RUNNING:
        return
    mine = Job.objects.filter(pk=job.pk, tries=job.tries, state__in=[State.RUNNING, State.CANCELLING])
    mine.update(state=state, why=why, finished_at=wiring.now())


def _again(job: Job) -> None:
    with transaction.atomic():
        if Job.objects.filter(pk=job.pk, tries=job.tries, state=State.RUNNING).update(state=State.QUEUED):
            queue.wake(job, after=timedelta(seconds=10 * 2**job.tries))


def _plain(facts: dict[str, object]) -> dict[str, object]:
    return {
        name: value if isinstance(value, int | str | bool) else str(value) for name, value in facts.items()
    }


class _Heart(threading.Thread):
    """Says that the worker lives, also while the job is in one long step."""

    def __init__(self, job: Job) -> None:
        super().__init__(name="job heart", daemon=True)
        self._job = job
        self._ended = threading.Event()

    def run(self) -> None:
        """Until the job ends."""
        try:
            while not self._ended.wait(BEAT_SECONDS):
                alive = [State.RUNNING, State.CANCELLING]
                Job.objects.filter(pk=self._job.pk, tries=self._job.tries, state__in=alive).update(
                    seen_at=real_time()
                )
        finally:
            connections.close_all()

    def __enter__(self) -> "_Heart":
        # In a test that is one transaction nobody else could see the row.
        if not connection.in_atomic_block:
            self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self.is_alive():
            self.join()
