"""A job in hand, as the function sees it that does it: how far it is, what became of what, whether it is to stop."""

import time
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Now

from rasad import wiring
from rasad.jobs.models import Job, JobRow

# The page looks every two seconds; telling it oftener would only cost.
TELL_SECONDS = 0.5
ROWS_AT_ONCE = 500


class Cancelled(Exception):  # noqa: N818  somebody asked for it
    """Somebody asked the job to stop."""


class LostError(Exception):
    """The job is no longer this worker's: it was taken for dead, and another one has it."""


class Work:
    """One try at a job. Every method stops the function within a moment of somebody asking for that.

    They raise Cancelled then, and LostError when another worker has the job.
    """

    def __init__(self, job: Job, attempt: int) -> None:
        self.job = job
        self._attempt = attempt
        self._told_at = 0.0
        self._untold: dict[str, object] = {}
        self._rows: list[JobRow] = []

    def at(self) -> datetime:
        """The time in the books."""
        return wiring.now()

    def advance(self, done: int, total: int | None = None, step: str = "") -> None:
        """Show how far it is."""
        told = {"done": done, "total": total, "step": step[:60]}
        self._untold = {name: value for name, value in told.items() if value is not None}
        if total is not None and done >= total:
            self._flush()
            self._tell()
        else:
            self._tell_now_and_then()

    def row(self, key: str, outcome: str, code: str = "", **facts: object) -> None:
        """Write down what became of one thing; the same key again changes nothing."""
        self._rows.append(
            JobRow(job=self.job, key=key, outcome=outcome, code=code[:60], facts=facts, at=self.at())
        )
        if len(self._rows) >= ROWS_AT_ONCE:
            self._flush()
        self._tell_now_and_then()

    def rows_done(self) -> set[str]:
        """The keys of what is done already: where a try that was killed had come to."""
        self._flush()
        self._tell()
        return set(JobRow.objects.filter(job=self.job).values_list("key", flat=True))

    def finish(self) -> None:
        """Write down what is not written yet, however the try ended."""
        self._flush()
        self._mine().filter(state__in=[Job.State.RUNNING, Job.State.CANCELLING]).update(
            seen_at=Now(), **self._untold
        )

    def _tell_now_and_then(self) -> None:
        if time.monotonic() - self._told_at >= TELL_SECONDS:
            self._flush()
            self._tell()

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if rows:
            JobRow.objects.bulk_create(rows, ignore_conflicts=True)

    def _mine(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.job.pk, tries=self._attempt)

    def _tell(self) -> None:
        self._told_at = time.monotonic()
        told, self._untold = self._untold, {}
        if self._mine().filter(state=Job.State.RUNNING).update(seen_at=Now(), **told):
            return
        if self._mine().filter(state=Job.State.CANCELLING).exists():
            raise Cancelled
        raise LostError
