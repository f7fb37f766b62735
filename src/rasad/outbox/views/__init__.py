"""Pages of the outbox: the lines, what was refused, sent again or given up."""

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.accounts.areas import names
from rasad.outbox import actions, queries
from rasad.outbox.models import Message
from rasad.outbox.words import SYSTEMS, refusal
from rasad.web.csv_lines import lines
from rasad.web.paging import chosen_rows
from rasad.web.templatetags.rasad import indian
from rasad.wiring import now

PAGE = 50


@access.needs("see_outbox")
def overview(request: HttpRequest) -> HttpResponse:
    """Every system: what waits, what was refused, how its line is."""
    found = queries.lines(access.all_for(request.user, Message), at=now())
    return render(
        request, "outbox/lines.html", {"lines": [(one, SYSTEMS.get(one.system, one.system)) for one in found]}
    )


@access.needs("see_outbox")
def refused(request: HttpRequest) -> HttpResponse:
    """What other systems refused, the oldest first, each with its owner."""
    system = request.GET.get("system", "")
    found = queries.dead(_of(request, system))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    districts = names("district", {one.district_code for one in rows})
    told = [
        (one, SYSTEMS.get(one.system, one.system), refusal(one.code), districts.get(one.district_code, ""))
        for one in rows
    ]
    context = {"page": page, "rows": told, "system": system, "systems": SYSTEMS.items()}
    return render(request, "outbox/refused.html", context)


@access.needs("see_outbox")
def refused_file(request: HttpRequest) -> HttpResponse:
    """The same as a CSV file."""
    found = queries.dead(_of(request, request.GET.get("system", "")))
    cells = (
        [
            one.about,
            str(SYSTEMS.get(one.system, one.system)),
            one.code,
            refusal(one.code),
            one.detail,
            one.created_at,
        ]
        for one in found.iterator(2000)
    )
    header = [_("About"), _("System"), _("Code"), _("Why"), _("Detail"), _("Since")]
    response = StreamingHttpResponse(lines(header, cells), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="refused.csv"'
    return response  # type: ignore[return-value]  # Django's types keep the two apart


@require_POST
@access.needs("see_outbox")
def replay(request: HttpRequest) -> HttpResponse:
    """Send the marked ones again, or all that the list shows."""
    found = _of(request, request.POST.get("system", ""))
    if "all" not in request.POST:
        found = found.filter(pk__in=chosen_rows(request.POST.getlist("message")))
    count = actions.replay(messages=found, by=staff_of(request), at=now())
    words = ngettext("%(count)s message is sent again.", "%(count)s messages are sent again.", count)
    notes.success(request, words % {"count": indian(count)})
    return redirect("outbox:refused")


@require_POST
@access.needs("see_outbox")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one up, with a reason."""
    message = access.one_for(request.user, Message, pk=pk)
    actions.drop(message=message, reason=request.POST.get("reason", "")[:500], by=staff_of(request), at=now())
    notes.success(request, _("Given up. Later messages about it can leave now."))
    return redirect("outbox:refused")


def _of(request: HttpRequest, system: str) -> QuerySet[Message]:
    found = access.all_for(request.user, Message)
    return found.filter(system=system) if system else found
