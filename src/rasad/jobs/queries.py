"""Jobs as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rasad.accounts import access
from rasad.jobs.kinds import KINDS
from rasad.jobs.models import Job, JobRow
from rasad.values.refused import Refused
from rasad.web.refusals import say, short
from rasad.web.sentences import SENTENCES

# How a row may end; a job with ends of its own adds them here.
OUTCOMES: Mapping[str, Promise | str] = {
    "done": _("Done"),
    "refused": _("Refused"),
    "printed": _("Printed"),
    "sent": _("Sent"),
    "waiting": _("Waiting"),
    "dead": _("Refused there"),
    "dropped": _("Given up"),
    "trial": _("Tried"),
    "published": _("Published"),
}


# What a job is at; apps above add the steps of theirs.
STEPS: dict[str, Promise | str] = {
    "publish": _("Publishing"),
    "print": _("Printing"),
    "done": _("Done"),
}


@dataclass(frozen=True)
class JobTold:
    """A job in words."""

    job: Job
    title: str
    step: str
    why: str
    percent: int | None
    tally: Sequence[tuple[str, str, int]]
    may_act: bool


def visible(reader: access.Reader) -> QuerySet[Job]:
    """The jobs of a reader's areas, of the kinds that the reader's role may ask for."""
    kinds = [one.code for one in KINDS.values() if access.may(reader, one.needs)]
    return access.all_for(reader, Job).filter(kind__in=kinds)


def told(job: Job, reader: access.Reader) -> JobTold:
    """One job in the reader's language."""
    known = KINDS[job.kind]
    percent = min(100 * job.done // job.total, 100) if job.total else None
    return JobTold(
        job=job,
        title=str(known.title),
        step=str(STEPS.get(job.step, job.step)),
        why=_why(job),
        percent=percent,
        tally=tally(job),
        may_act=access.may(reader, known.needs),
    )


def tally(job: Job) -> list[tuple[str, str, int]]:
    """In which ways rows ended: code, words, how many."""
    counted = JobRow.objects.filter(job=job).order_by().values_list("outcome").annotate(count=Count("pk"))
    return [(outcome, outcome_words(outcome), count) for outcome, count in sorted(counted)]


def outcome_words(outcome: str) -> str:
    """An outcome in the reader's language; as it is where nobody has put it into words."""
    return str(OUTCOMES.get(outcome, outcome))


def row_words(row: JobRow) -> str:
    """Why a row ended as it did, where there is a sentence for it."""
    return short(Refused(row.code, **row.facts)) if row.code in SENTENCES else row.code


def _why(job: Job) -> str:
    if "code" in job.why:
        code, facts = job.why["code"], job.why.get("facts", {})
        return str(say(Refused(code, **facts))) if code in SENTENCES else code
    if "outside" in job.why:
        return gettext("Another system does not answer: %(what)s. Try again later.") % {
            "what": job.why["outside"]
        }
    if "bug" in job.why:
        return gettext("A fault in the program: %(error)s. Tell whoever looks after the system.") % {
            "error": job.why["bug"]
        }
    return ""
