"""Pages of changed criteria, for head office: what changed, whom it touches and why, a review planned from it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.applications.kept_reasons import in_language
from rasad.oversight.actions import criteria as actions
from rasad.oversight.forms import PlanReview
from rasad.oversight.models import Reevaluated, Reevaluation
from rasad.oversight.queries import reevaluation as queries
from rasad.oversight.views.cases import districts
from rasad.relief.queries.names import names
from rasad.values.refused import Refused
from rasad.web.language import active
from rasad.web.refusals import say
from rasad.wiring import now

PAGE = 30
# Those of which nothing changes are counted and not listed.
SHOWN = [one for one in Reevaluated.End.choices if one[0] != Reevaluated.End.SAME]


@access.needs("see_criteria_changes")
def listed(request: HttpRequest) -> HttpResponse:
    """The changes of the criteria, the last first."""
    found = access.all_for(request.user, Reevaluation).exclude(state=Reevaluation.State.BASELINE)
    return render(
        request,
        "oversight/criteria_changes.html",
        {"page": Paginator(found, PAGE).get_page(request.GET.get("page"))},
    )


@access.needs("see_criteria_changes")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One change: its rows, its report, the cards it touches by reasons."""
    return _shown(request, access.one_for(request.user, Reevaluation, pk=pk))


@require_POST
@access.needs("see_criteria_changes")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a review of the families that meet the criteria no longer."""
    of = access.one_for(request.user, Reevaluation, pk=pk)
    form = PlanReview(request.POST, districts=districts(request))
    if not form.is_valid():
        return _shown(request, of, form=form, status=422)
    try:
        made = actions.plan_review(reevaluation=of, told=form.cleaned_data, by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, of, form=form, no=refused)
    return redirect("oversight:campaign", pk=made.pk)


def _shown(
    request: HttpRequest,
    of: Reevaluation,
    *,
    form: PlanReview | None = None,
    no: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    end = request.GET.get("end", "")
    end = end if end in dict(SHOWN) else Reevaluated.End.OUT
    rows = access.all_for(request.user, Reevaluated).filter(reevaluation=of, end=end)
    page = Paginator(rows.select_related("card__household__place"), PAGE).get_page(request.GET.get("page"))
    by_district = queries.by_district(of)
    named = names(districts={code for code, *_rest in by_district})
    said = say(no) if no else None
    context = {
        "of": of, "end": end, "said": said, "page": page, "form": form or PlanReview(districts=districts(request)),
        "heaps": [(code, words, of.counts.get(code, 0)) for code, words in SHOWN],
        "rows": [(row, [in_language(reason) for reason in row.reasons]) for row in page],
        "added": [(row, row["said"].get(active(), "")) for row in of.added],
        "gone": [(row, row["said"].get(active(), "")) for row in of.gone],
        "by_district": [(named.district(code), *counts) for code, *counts in by_district],
        "campaigns": list(of.campaigns.all()),
    }  # fmt: skip
    return render(request, "oversight/criteria_change.html", context, status=said.status if said else status)
