"""Pairs on screen: the list, the next one, one with both people side by side, the judgement. No JavaScript needed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import areas_of, staff_of
from rasad.accounts.models import Area
from rasad.matching import actions, queries
from rasad.matching.models import Look, Pair
from rasad.registry.looking import look as look_at
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now

PAGE, LOOKS = 50, 5
CONFIRM = "confirm_orders"
# For what a record was opened, as families/queries/looks.py words it.
LOOKED = "pairs"


@access.needs("judge_pairs")
def listed(request: HttpRequest) -> HttpResponse:
    """The pairs of the reader's areas by state, how sure judging is, and the looks that were made."""
    mine = access.all_for(request.user, Pair)
    counts = queries.counts(mine)
    state = request.GET.get("state", Pair.State.OPEN)
    found = mine.filter(state=state) if state in Pair.State.values else mine
    page = Paginator(queries.with_all(found), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "state": state, "kept": f"state={state}", "quality": queries.quality(mine),
        "states": [(code, words, counts.get(code, 0)) for code, words in Pair.State.choices],
        "looks": access.all_for(request.user, Look)[:LOOKS],
    }  # fmt: skip
    return render(request, "matching/list.html", context)


@require_POST
@access.needs("judge_pairs")
def look(request: HttpRequest) -> HttpResponse:
    """Ask for a look through the reader's district."""
    districts = areas_of(request.user).get(Area.Kind.DISTRICT, [])
    if not districts:
        raise Refused("district_unknown", district="")
    job = actions.look_for_pairs(district=districts[0], by=staff_of(request), at=now())
    return redirect("jobs:one", key=job.pk)


@require_POST
@access.needs("judge_pairs")
def following(request: HttpRequest) -> HttpResponse:
    """The next pair, lent for ten minutes."""
    found = actions.lend_next(access.all_for(request.user, Pair), by=staff_of(request), at=now())
    if found is None:
        messages.success(request, _("No pair waits in your area."))
        return redirect("matching:listed")
    return redirect("matching:one", pk=found.pk)


@access.needs("judge_pairs")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Both people side by side; both families read who looked."""
    pair = _pair(request, pk)
    for card in (pair.left_card, pair.right_card):
        look_at(card=card, why=LOOKED, by=staff_of(request), at=now())
    return _shown(request, pair)


@require_POST
@access.needs("judge_pairs")
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """One person, two, or not clear; then the next."""
    pair = _pair(request, pk)
    verdict, why = request.POST.get("verdict", ""), request.POST.get("why", "")[:500]
    try:
        actions.judge(pair=pair, verdict=verdict, why=why, by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, pair, no=refused)
    messages.success(request, _("Judged. Here is the next one."))
    return following(request)


@require_POST
@access.needs("confirm_orders")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The second officer."""
    pair = _pair(request, pk)
    agrees, why = request.POST.get("answer") == "agree", request.POST.get("why", "")[:500]
    try:
        case = actions.confirm(pair=pair, agrees=agrees, why=why, by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, pair, no=refused)
    if case is None:
        messages.success(request, _("Sent back: the pair is open again."))
        return redirect("matching:one", pk=pk)
    messages.success(request, _("A case is open; the family is heard there, and the card serves until then."))
    return redirect("oversight:case", number=case.number)


@require_POST
@access.needs("judge_pairs")
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a judgement back."""
    pair = _pair(request, pk)
    try:
        actions.take_back(pair=pair, why=request.POST.get("why", "")[:500], by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, pair, no=refused)
    messages.success(request, _("Taken back: the pair is open again."))
    return redirect("matching:one", pk=pk)


def _pair(request: HttpRequest, pk: int) -> Pair:
    return access.one_for(request.user, Pair, pk=pk)


def _shown(request: HttpRequest, pair: Pair, no: Refused | None = None) -> HttpResponse:
    held = queries.fresh(pair)
    name = staff_of(request).get_username()
    is_repeat = actions.is_repeat_for(held, name, at=now())
    left, right = queries.sides(held, on=now().date())
    judged = [] if is_repeat else list(held.judgements.all())
    by_another = bool(judged) and judged[-1].by != name
    context = {
        "pair": held, "left": left, "right": right, "reasons": queries.reasons(held), "map": queries.where(held),
        # A repeat is blind: whoever judges it again does not read what was judged.
        "judged": judged, "is_repeat": is_repeat,
        "may_judge": is_repeat or held.state in (Pair.State.OPEN, Pair.State.UNSURE),
        "may_confirm": held.state == Pair.State.SAME and access.may(request.user, CONFIRM) and by_another,
        "may_take_back": held.state in (Pair.State.SAME, Pair.State.DIFFERENT, Pair.State.UNSURE) and not is_repeat,
        "said": say(no) if no else None,
    }  # fmt: skip
    return render(request, "matching/one.html", context, status=say(no).status if no else 200)
