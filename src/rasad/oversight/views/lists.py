"""The page of a list that was taken in: every row by its number, and where it ended."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rasad.accounts import access
from rasad.oversight.models import ListRow, TakenList
from rasad.oversight.queries import lists

PAGE = 50


@access.needs("see_cases")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A list and its rows, those of one end where one is asked for."""
    of = access.one_for(request.user, TakenList, pk=pk)
    rows = (
        access.all_for(request.user, ListRow)
        .filter(list=of)
        .select_related("suspicion__card", "suspicion__case")
    )
    end = request.GET.get("end", "")
    if end in ListRow.End.values:
        rows = rows.filter(end=end)
    else:
        end = ""
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "of": of, "heaps": lists.heaps(of), "end": end, "page": page, "rows": [lists.told(one) for one in page],
        "kept": f"end={end}" if end else "",
    }  # fmt: skip
    return render(request, "oversight/list_rows.html", context)
