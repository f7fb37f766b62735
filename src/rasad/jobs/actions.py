"""A job is asked for, stopped, tried again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from rasad.accounts.models import User
from rasad.jobs import queue
from rasad.jobs.kinds import KINDS
from rasad.jobs.models import Job
from rasad.journal import actions as journal
from rasad.values.refused import Refused

State = Job.State
LIVING = (State.QUEUED, State.RUNNING, State.CANCELLING)


@transaction.atomic
def start(
    kind: str,
    *,
    args: Mapping[str, Any],
    by: User | str,
    at: datetime,
    district: str = "",
    total: int | None = None,
) -> Job:
    """Ask for a job. It is there once the caller's transaction is: rolled back, there is no job.

    One that is asked for while the same waits or runs is that one.
    """
    name = by if isinstance(by, str) else by.get_username()
    given = dict(args)
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=KINDS[kind].code,
                args=given,
                total=total,
                district_code=district,
                by=name,
                created_at=at,
                seen_at=Now(),
            )
    except IntegrityError:
        return Job.objects.get(kind=kind, args=given, state__in=LIVING)
    queue.wake(job)
    journal.write("job.started", of_kind="job", of_key=str(job.pk), by=by, at=at, facts={"kind": kind})
    return job


@transaction.atomic
def cancel(*, job: Job, by: User, at: datetime) -> None:
    """Stop a job: one that waits at once, one that runs at its next step. Refused: job_is_over."""
    waiting = Job.objects.filter(pk=job.pk, state=State.QUEUED).update(state=State.CANCELLED, finished_at=at)
    running = 0
    if not waiting:
        running = Job.objects.filter(pk=job.pk, state=State.RUNNING).update(state=State.CANCELLING)
    if not waiting and not running:
        raise Refused("job_is_over")
    journal.write("job.cancelled", of_kind="job", of_key=str(job.pk), by=by, at=at)


@transaction.atomic
def retry(*, job: Job, by: User, at: datetime) -> None:
    """Let a job that failed or was stopped go on from what it did. Refused: job_not_over, job_goes_on."""
    ended = Job.objects.filter(pk=job.pk, state__in=[State.FAILED, State.CANCELLED])
    try:
        with transaction.atomic():
            done = ended.update(
                state=State.QUEUED, why={}, finished_at=None, seen_at=Now(), tries_before=F("tries")
            )
    except IntegrityError as error:
        raise Refused("job_goes_on") from error
    if done != 1:
        raise Refused("job_not_over")
    queue.wake(job)
    journal.write("job.retried", of_kind="job", of_key=str(job.pk), by=by, at=at)
