"""The District Administration's list: what waits to be verified or passed on, marked and let go, or called back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.desk.actions import forwarding as actions
from rasad.relief import reasons, schemes
from rasad.relief.filters import source_choices
from rasad.relief.models import SourceRow
from rasad.relief.privacy import sight
from rasad.relief.queries import overview
from rasad.relief.queries.names import names
from rasad.relief.waiting import is_forwarded, is_waiting_for_forward
from rasad.web.paging import chosen_rows
from rasad.web.templatetags.rasad import indian
from rasad.wiring import now

PAGE = 50


@access.needs("forward_requests")
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for the district's administration, the oldest first; or what it has let go already."""
    done = request.GET.get("done") == "1"
    rows = _rows(request)
    found = rows.filter(is_forwarded()) if done else rows.filter(is_waiting_for_forward(), forwarded_at=None)
    page = Paginator(found.order_by("received_on", "pk").prefetch_related("people"), PAGE)
    shown = page.get_page(request.GET.get("page"))
    codes = overview.schemes()
    context = {
        "page": shown,
        "rows": _told(request, list(shown)),
        "done": done,
        "source": request.GET.get("source", ""),
        "q": request.GET.get("q", ""),
        "sources": source_choices(codes),
    }
    return render(request, "desk/forward.html", context)


@require_POST
@access.needs("forward_requests")
def forward(request: HttpRequest) -> HttpResponse:
    """Let the marked rows go on, or all that the list shows."""
    rows = _rows(request)
    if "all" not in request.POST:
        rows = rows.filter(pk__in=chosen_rows(request.POST.getlist("row")))
    count = actions.forward(rows=rows, by=staff_of(request), at=now())
    words = ngettext(
        "%(count)s family is passed on; the next run takes it up.",
        "%(count)s families are passed on; the next run takes them up.",
        count,
    )
    messages.success(request, words % {"count": indian(count)})
    return redirect("desk:forward")


@require_POST
@access.needs("forward_requests")
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Call one back, as long as no run has taken it up."""
    row = access.one_for(request.user, SourceRow, pk=pk)
    actions.call_back(row=row, by=staff_of(request), at=now())
    messages.success(request, _("Called back: it waits again."))
    return redirect(f"{reverse('desk:forward')}?done=1")


def _rows(request: HttpRequest) -> QuerySet[SourceRow]:
    """The reader's rows, narrowed as the list is; what is posted says again what the list was narrowed by."""
    asked = request.POST if request.method == "POST" else request.GET
    rows = access.all_for(request.user, SourceRow)
    if asked.get("source"):
        rows = rows.filter(source=asked["source"])
    if asked.get("q", "").strip():
        rows = rows.filter(holder_name__icontains=asked["q"].strip())
    return rows


def _told(request: HttpRequest, rows: list[SourceRow]) -> list[dict[str, object]]:
    found = names(places=[row.place_code for row in rows], districts=[row.district_code for row in rows])
    titles: dict[str, dict[str, str]] = {}
    reader = sight(request.user)
    return [
        {
            "row": row,
            "source": titles.setdefault(row.scheme, schemes.source_titles(row.scheme)).get(
                row.source, row.source
            ),
            "holder": reader.name(row.holder_name),
            "place": found.place(row.place_code) if row.place_code else row.place_name,
            "district": found.district(row.district_code),
            "reason": reasons.name(row.reason),
            "people": len(row.people.all()),
        }
        for row in rows
    ]
