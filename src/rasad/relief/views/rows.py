"""Rows that led to no token, and questions for a person: lists, their file, and one row's whole answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from rasad.accounts import access
from rasad.relief import exports, filters
from rasad.relief.models import Review, SourceRow, Token
from rasad.relief.privacy import sight
from rasad.relief.queries import overview
from rasad.relief.queries.rows import story
from rasad.relief.tables import ReviewTable, RowTable
from rasad.relief.views.tokens import as_file, without_aadhaar
from rasad.web.paging import page_of


@access.needs("see_relief")
def listed(request: HttpRequest) -> HttpResponse:
    """Refused and waiting rows of the reader's areas, searched, narrowed and sorted."""
    if filters.holds_aadhaar(request):
        return without_aadhaar(request)
    found = _filter(request)
    table = RowTable(found.qs, sight=sight(request.user), order_by=request.GET.get("sort") or "-received_on")
    context = {
        "filter": found,
        "lengths": page_of(table, request),
        "table": table,
        "export": reverse("relief:rows_file"),
    }
    return render(request, "relief/rows.html", context)


@access.needs("export_lists")
def file(request: HttpRequest) -> HttpResponse:
    """The same list as a CSV file, the reasons in words; the journal keeps who took it."""
    if filters.holds_aadhaar(request):
        return without_aadhaar(request)
    rows = _filter(request).qs
    return as_file(request, "rows", rows.count(), exports.row_lines(rows, sight(request.user)))


@access.needs("see_relief")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One row: what became of it, why, by which rule, what to do next, to whom, by when."""
    row = access.one_for(request.user, SourceRow, pk=pk)
    mine = row.token_id is not None and access.all_for(request.user, Token).filter(pk=row.token_id).exists()
    context = {"row": story(row, sight(request.user)), "token_is_mine": mine}
    return render(request, "relief/row.html", context)


@access.needs("see_relief")
def reviews(request: HttpRequest) -> HttpResponse:
    """Tokens whose family may be on a free-ration card: a person compares and decides."""
    questions = access.all_for(request.user, Review).select_related("token")
    found = filters.ReviewFilter(request.GET, questions, request=request)
    table = ReviewTable(found.qs, sight=sight(request.user), order_by=request.GET.get("sort") or "-weight")
    context = {"filter": found, "lengths": page_of(table, request), "table": table}
    return render(request, "relief/reviews.html", context)


def _filter(request: HttpRequest) -> filters.RowFilter:
    rows = access.all_for(request.user, SourceRow)
    return filters.RowFilter(request.GET, rows, request=request, schemes_=overview.schemes())
