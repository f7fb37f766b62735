"""A job in hand, as the function sees it that does it: how far it is, what became of what, whether it is to stop."""

import time
from datetime import datetime

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
    """One try at a job. Every method stops the function when somebody asked for that."""

    def __init__(self, job: Job, attempt: int) -> None:
        self.job = job
        self._attempt = attempt
        self._told = 0.0
        self._rows: list[JobRow] = []

    def at(self) -> datetime:
        """The time in the books."""
        return wiring.now()

    def advance(self, done: int, total: int | None = None, step: str = "") -> None:
        """Show how far it is. Raises Cancelled."""
        is_last = total is not None and done >= total
        if time.monotonic() - self._told >= TELL_SECONDS or is_last:
            self._told = time.monotonic()
            self._flush()
            self._tell(done=done, total=total, step=step[:60])

    def row(self, key: str, outcome: str, code: str = "", **facts: object) -> None:
        """Write down what became of one thing; the same key again changes nothing."""
        self._rows.append(
            JobRow(job=self.job, key=key[:80], outcome=outcome, code=code[:60], facts=facts, at=self.at())
        )
        if len(self._rows) >= ROWS_AT_ONCE:
            self._flush()

    def rows_done(self) -> set[str]:
        """The keys of what is done already: where a try that was killed had come to."""
        self._flush()
        return set(JobRow.objects.filter(job=self.job).values_list("key", flat=True))

    def finish(self) -> None:
        """Write down what is not written yet."""
        self._flush()

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if rows:
            JobRow.objects.bulk_create(rows, ignore_conflicts=True)

    def _tell(self, **told: object) -> None:
        mine = Job.objects.filter(pk=self.job.pk, tries=self._attempt)
        kept = {name: value for name, value in told.items() if value is not None}
        if mine.filter(state=Job.State.RUNNING).update(seen_at=datetime.now(wiring.INDIA), **kept):
            return
        if mine.filter(state=Job.State.CANCELLING).exists():
            raise Cancelled
        raise LostError
