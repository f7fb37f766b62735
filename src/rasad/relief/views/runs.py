"""Runs: the list, one run with what it was judged by and what came out, and its progress while it runs."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from rasad.accounts import access
from rasad.accounts.models import Area
from rasad.relief.models import Run, SourceRow
from rasad.relief.privacy import sight
from rasad.relief.queries import runs as queries
from rasad.relief.tables import RunTable
from rasad.web.paging import page_of

# What HTMX reads to load the page anew once the run has ended.
REFRESH = "HX-Refresh"


@access.needs("see_runs")
def listed(request: HttpRequest) -> HttpResponse:
    """The runs that decided rows of the reader's areas, and those under way; the latest first."""
    table = RunTable(
        _mine(request), sight=sight(request.user), order_by=request.GET.get("sort") or "-started_at"
    )
    page_of(table, request)
    return render(request, "relief/runs.html", {"table": table})


@access.needs("see_runs")
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One run: its stages, its conditions as they were, and what became of every row."""
    run = queries.as_it_is(get_object_or_404(_mine(request), key=key))
    told = queries.story(run, access.all_for(request.user, SourceRow))
    whole_state = Area.Kind.STATE in access.areas_of(request.user)
    return render(request, "relief/run.html", {"story": told, "run": run, "whole_state": whole_state})


@access.needs("see_runs")
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far a run is: the part of its page that is asked for again and again until it has ended."""
    run = queries.as_it_is(get_object_or_404(_mine(request), key=key))
    response = render(request, "relief/progress.html", {"run": run, "stages": queries.progress(run)})
    if run.state != Run.State.RUNNING:
        response[REFRESH] = "true"
    return response


def _mine(request: HttpRequest) -> QuerySet[Run]:
    if Area.Kind.STATE in access.areas_of(request.user):
        return access.all_for(request.user, Run)
    return queries.touching(access.all_for(request.user, SourceRow))
