"""The queue that wakes workers up (procrastinate: it lies in PostgreSQL, so a job and its transaction end together)."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from rasad.jobs.models import Job

QUEUE = "rasad"


def wake(job: Job, *, after: timedelta | None = None) -> None:
    """Have a worker look at a job, now or later."""
    schedule_in = {"seconds": int(after.total_seconds())} if after else None
    app.configure_task("rasad.job", queue=QUEUE, schedule_in=schedule_in).defer(job=str(job.pk))


@app.task(name="rasad.job", queue=QUEUE)
def look_at(job: str) -> None:
    """What a worker does when it is woken up."""
    from rasad.jobs.running import run

    run(UUID(job))
