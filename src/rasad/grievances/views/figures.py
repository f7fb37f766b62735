"""How complaints stand from receipt to disposal, and in which States one can complain by telephone and on the web."""

from typing import cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rasad.accounts import access
from rasad.grievances import queries
from rasad.grievances.models import Complaint
from rasad.policy.annex import annex, annex_row
from rasad.web.csv_lines import lines
from rasad.wiring import now

ONLINE, TOLL_FREE = "online_grievance_redressal", "toll_free_numbers"


@access.needs("see_complaints")
def page(request: HttpRequest) -> HttpResponse:
    """By kind: received, waiting, late, answered, disposed of; and which problems come again."""
    mine, on = access.all_for(request.user, Complaint), now().date()
    context = {"rows": queries.standing(mine, on=on), "recurring": queries.recurring(mine, on=on)}
    return render(request, "grievances/figures.html", context)


@access.needs("see_complaints")
def file(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    head = [
        _("Kind"),
        _("Received"),
        _("Wait for an answer"),
        _("Late"),
        _("Replied"),
        _("Closed"),
        _("Days to the reply"),
    ]
    rows = (
        [one.kind, one.received, one.open, one.late, one.replied, one.closed, one.days]
        for one in queries.standing(access.all_for(request.user, Complaint), on=now().date())
    )
    response = StreamingHttpResponse(lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="complaints.csv"'
    return cast(HttpResponse, response)


def states(request: HttpRequest) -> HttpResponse:
    """Which States have toll free numbers and redress on the web, by the annex: public."""
    rows = [(one.state, annex_row(one.state)) for one in annex().rows]
    told = [(name, cells[TOLL_FREE], cells[ONLINE]) for name, cells in rows]
    counts = {key: sum(cells[key].status == "yes" for _name, cells in rows) for key in (TOLL_FREE, ONLINE)}
    context = {
        "rows": told, "as_on": annex().as_on, "toll_free": counts[TOLL_FREE], "online": counts[ONLINE],
        "total": len(told), "quotation": annex().source.quotation,
    }  # fmt: skip
    return render(request, "grievances/states.html", context)
