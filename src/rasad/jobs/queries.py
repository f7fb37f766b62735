"""Jobs as their pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext

from rasad.accounts import access
from rasad.jobs.kinds import KINDS
from rasad.jobs.models import Job, JobRow
from rasad.values.refused import Refused
from rasad.web.refusals import say, short
from rasad.web.sentences import SENTENCES


@dataclass(frozen=True)
class JobTold:
    """A job in words."""

    job: Job
    title: str
    why: str
    percent: int | None
    tally: Mapping[str, int]
    may_act: bool


def visible(reader: access.Reader) -> QuerySet[Job]:
    """The jobs of a reader's areas, of the kinds that the reader's role may ask for."""
    kinds = [one.code for one in KINDS.values() if access.may(reader, one.needs)]
    return access.all_for(reader, Job).filter(kind__in=kinds)


def told(job: Job, reader: access.Reader) -> JobTold:
    """One job in the reader's language."""
    known = KINDS[job.kind]
    percent = min(100 * job.done // job.total, 100) if job.total else None
    return JobTold(job, str(known.title), _why(job), percent, tally(job), access.may(reader, known.needs))


def tally(job: Job) -> dict[str, int]:
    """How many rows ended in which way."""
    counted = JobRow.objects.filter(job=job).order_by().values_list("outcome").annotate(count=Count("pk"))
    return dict(sorted(counted))


def row_words(row: JobRow) -> str:
    """Why a row ended as it did, where there is a sentence for it."""
    return short(Refused(row.code, **row.facts)) if row.code in SENTENCES else row.code


def _why(job: Job) -> str:
    if "code" in job.why:
        return str(say(Refused(job.why["code"], **job.why.get("facts", {}))))
    if "outside" in job.why:
        return gettext("Another system does not answer: %(what)s. Try again later.") % {
            "what": job.why["outside"]
        }
    if "bug" in job.why:
        return gettext("A fault in the program: %(error)s. Tell whoever looks after the system.") % {
            "error": job.why["bug"]
        }
    return ""
