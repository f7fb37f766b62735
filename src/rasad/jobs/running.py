"""A worker at a job: taken by one alone, its end written down, taken up again when its worker was killed."""

import threading
from contextlib import ExitStack
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import Error, connection, connections, transaction
from django.db.models import F
from django.db.models.functions import Now

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
# Another system that does not answer is asked again so often, each time after twice as long; and a job that kills its
# worker each time is left alone after as many.
MOST_TRIES = 5
State = Job.State
KILLS = "worker_died"


def run(key: UUID) -> None:
    """Do a job if it waits: by a guarded update, so that two workers never do it both."""
    taken = Job.objects.filter(pk=key, state=State.QUEUED).update(
        state=State.RUNNING, started_at=wiring.now(), seen_at=Now(), tries=F("tries") + 1
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
    """Let jobs whose worker died wait again, and wake a worker for what waits unseen; how many died.

    What they did stands in their rows.
    """
    silent = Job.objects.filter(seen_at__lt=Now() - DEAD)
    found = list(silent.filter(state=State.RUNNING))
    for job in found:
        _wait_again(job)
    for job in silent.filter(state=State.QUEUED):
        # Its entry in the queue went with the worker that had taken it.
        with transaction.atomic():
            Job.objects.filter(pk=job.pk).update(seen_at=Now())
            queue.wake(job)
    silent.filter(state=State.CANCELLING).update(state=State.CANCELLED, finished_at=wiring.now())
    return len(found)


def run_waiting() -> int:
    """Do all that is to be done now, here; how many jobs. For tests, and for a machine without a worker."""
    count = 0
    due = Job.objects.filter(state=State.QUEUED, seen_at__lte=Now()).order_by("created_at")
    while keys := list(due.values_list("pk", flat=True)):
        with ExitStack() as all_of_them:
            # One that breaks keeps no other from its turn.
            for key in reversed(keys):
                all_of_them.callback(run, key)
        count += len(keys)
    return count


@transaction.atomic
def _wait_again(job: Job) -> None:
    mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, tries=job.tries, seen_at=job.seen_at)
    if job.tries - job.tries_before >= MOST_TRIES:
        mine.update(state=State.FAILED, why={"bug": KILLS}, finished_at=wiring.now())
    elif mine.update(state=State.QUEUED, seen_at=Now()):
        log.warning("job_taken_up", job=str(job.pk), kind=job.kind)
        queue.wake(job)


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
        return State.FAILED, {"code": refused.code, "facts": refused.facts}
    except OutsideError as error:
        if not error.permanent and job.tries - job.tries_before < MOST_TRIES:
            return None, why
        return State.FAILED, {"outside": str(error)}
    except BaseException as bug:
        # The page must show that nobody is at it any more; the queue logs what went wrong, and lives on. A worker that
        # was told to stop leaves the job to the next one.
        if isinstance(bug, Exception):
            _end(job, State.FAILED, {"bug": type(bug).__name__})
        raise
    return State.DONE, why


def _end(job: Job, state: str, why: dict[str, object]) -> None:
    if state == State.RUNNING:
        return
    mine = Job.objects.filter(pk=job.pk, tries=job.tries, state__in=[State.RUNNING, State.CANCELLING])
    mine.update(state=state, why=why, finished_at=wiring.now())


def _again(job: Job) -> None:
    after = timedelta(seconds=10 * 2 ** (job.tries - job.tries_before))
    with transaction.atomic():
        mine = Job.objects.filter(pk=job.pk, tries=job.tries, state=State.RUNNING)
        if mine.update(state=State.QUEUED, seen_at=Now() + after):
            queue.wake(job, after=after)


class _Heart(threading.Thread):
    """Says that the worker lives, also while the job is in one long step."""

    def __init__(self, job: Job) -> None:
        super().__init__(name="job heart", daemon=True)
        self._job = job
        self._ended = threading.Event()

    def run(self) -> None:
        """Until the job ends."""
        while not self._ended.wait(BEAT_SECONDS):
            try:
                self._beat()
            except Error:
                # The database was away for a moment: it beats again, with another connection.
                log.warning("job_heart_lost_database", job=str(self._job.pk))
            finally:
                connections.close_all()

    def _beat(self) -> None:
        alive = [State.RUNNING, State.CANCELLING]
        Job.objects.filter(pk=self._job.pk, tries=self._job.tries, state__in=alive).update(seen_at=Now())

    def __enter__(self) -> "_Heart":
        # In a test that is one transaction nobody else could see the row.
        if not connection.in_atomic_block:
            self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self.is_alive():
            self.join()
