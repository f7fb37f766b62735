"""Pages of jobs: the list, one job with its progress and rows, stopping and trying again."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.jobs import actions, queries
from rasad.jobs.kinds import KINDS
from rasad.jobs.models import Job
from rasad.values.refused import Refused
from rasad.web.csv_lines import lines
from rasad.wiring import now

JOBS, ROWS = 30, 50


@access.needs("see_jobs")
def listed(request: HttpRequest) -> HttpResponse:
    """The jobs of the reader's areas, the newest first."""
    state = request.GET.get("state", "")
    found = queries.visible(request.user)
    if state in Job.State.values:
        found = found.filter(state=state)
    page = Paginator(found, JOBS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "jobs": [(job, KINDS[job.kind].title) for job in page],
        "state": state,
        "states": Job.State.choices,
    }
    return render(request, "jobs/jobs.html", context)


@access.needs("see_jobs")
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One job: how far it is, and what became of each row."""
    job = _job(request, key)
    outcome = request.GET.get("outcome", "")
    rows = job.rows.filter(outcome=outcome) if outcome else job.rows.all()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "told": queries.told(job, request.user),
        "page": page,
        "rows": [(row, queries.outcome_words(row.outcome), queries.row_words(row)) for row in page],
        "outcome": outcome,
    }
    # While it runs only the progress is asked for again.
    template = "jobs/progress.html" if request.headers.get("HX-Request") == "true" else "jobs/job.html"
    return render(request, template, context)


@access.needs("see_jobs")
def rows_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The rows of a job as a CSV file."""
    job = _job(request, key)
    cells = (
        [row.key, queries.outcome_words(row.outcome), queries.row_words(row), row.at]
        for row in job.rows.iterator(2000)
    )
    header = [_("What"), _("Outcome"), _("Why"), _("When")]
    response = StreamingHttpResponse(lines(header, cells), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="job-{job.pk}.csv"'
    return response  # type: ignore[return-value]  # Django's types keep the two apart


@require_POST
@access.needs("see_jobs")
def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    """Stop a job."""
    actions.cancel(job=_mine(request, key), by=staff_of(request), at=now())
    messages.success(request, _("The job is being stopped. What it has done stands."))
    return redirect("jobs:one", key=key)


@require_POST
@access.needs("see_jobs")
def retry(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a job go on that failed or was stopped."""
    actions.retry(job=_mine(request, key), by=staff_of(request), at=now())
    messages.success(request, _("The job goes on with what is not done yet."))
    return redirect("jobs:one", key=key)


def _job(request: HttpRequest, key: UUID) -> Job:
    return get_object_or_404(queries.visible(request.user), pk=key)


def _mine(request: HttpRequest, key: UUID) -> Job:
    job = _job(request, key)
    if not access.may(request.user, KINDS[job.kind].needs):
        raise Refused("not_for_your_role", capability=KINDS[job.kind].needs)
    return job
