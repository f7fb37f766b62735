"""Pages of campaigns: the list with late reviews, one campaign with its report and sample, the visit on a phone."""

import secrets
import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.accounts.models import Area
from rasad.oversight.actions import campaigns as actions
from rasad.oversight.actions import suspicions
from rasad.oversight.forms import ListFile, Matched, NewCampaign, SourceSays, Visited, Why
from rasad.oversight.models import Campaign, Reevaluation, Surrender, Suspicion, TakenList
from rasad.oversight.queries import campaigns as queries
from rasad.oversight.queries import lists
from rasad.oversight.views.asked import Act, card_of, done, member_in
from rasad.oversight.views.cases import districts
from rasad.relief.queries.names import names
from rasad.values.refused import Refused
from rasad.web import charts
from rasad.web.charts import Bar, Part
from rasad.web.refusals import say
from rasad.web.templatetags.rasad import indian
from rasad.wiring import now

PAGE = 30
SEEDS = 2**31


@access.needs("see_cases")
def listed(request: HttpRequest) -> HttpResponse:
    """The campaigns of the reader's areas, and the districts whose yearly review is late."""
    page = Paginator(access.all_for(request.user, Campaign), PAGE).get_page(request.GET.get("page"))
    late = queries.overdue(districts(request), on=now().date())
    to_visit = queries.to_visit(access.all_for(request.user, Suspicion))[:PAGE]
    mine = access.all_for(request.user, Campaign)
    context = {
        "page": page, "late": late, "to_visit": to_visit,
        "given_up_in": queries.taking_surrenders(mine, on=now().date())[:PAGE],
        "criteria": queries.unanswered(access.all_for(request.user, Reevaluation))[:PAGE],
    }  # fmt: skip
    return render(request, "oversight/campaigns.html", context)


@access.needs("run_campaigns")
def new(request: HttpRequest) -> HttpResponse:
    """Plan a campaign."""
    is_state = Area.Kind.STATE in access.areas_of(request.user)
    form = NewCampaign(request.POST or None, districts=districts(request), is_state=is_state)
    if form.is_valid():
        made = actions.plan_campaign(told=form.cleaned_data, by=staff_of(request), at=now())
        messages.success(request, _("The campaign is planned."))
        return redirect("oversight:campaign", pk=made.pk)
    return render(
        request, "oversight/new_campaign.html", {"form": form}, status=422 if form.is_bound else 200
    )


@access.needs("see_cases")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A campaign: what was found, whom it would touch, the sample, what came of it by district."""
    return _shown(request, access.one_for(request.user, Campaign, pk=pk))


@require_POST
@access.needs("run_campaigns")
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin it."""
    campaign = access.one_for(request.user, Campaign, pk=pk)
    return _done(request, campaign, lambda: actions.start(campaign=campaign, by=staff_of(request), at=now()))


@require_POST
@access.needs("run_campaigns")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the report and draw the sample."""
    campaign = access.one_for(request.user, Campaign, pk=pk)
    seed = secrets.randbelow(SEEDS)
    return _done(
        request,
        campaign,
        lambda: actions.report_and_draw(campaign=campaign, seed=seed, by=staff_of(request), at=now()),
    )


@require_POST
@access.needs("confirm_orders")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The second officer opens the cases."""
    campaign = access.one_for(request.user, Campaign, pk=pk)
    return _done(
        request, campaign, lambda: actions.publish(campaign=campaign, by=staff_of(request), at=now())
    )


@require_POST
@access.needs("run_campaigns")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End it."""
    campaign = access.one_for(request.user, Campaign, pk=pk)
    return _done(request, campaign, lambda: actions.close(campaign=campaign, by=staff_of(request), at=now()))


@require_POST
@access.needs("run_campaigns")
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a list of another department in; the file itself is not kept."""
    campaign = access.one_for(request.user, Campaign, pk=pk)
    form = ListFile(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, campaign, wrong=form, status=422)
    told = form.cleaned_data
    with tempfile.TemporaryDirectory(prefix="rasad-list-") as scratch:
        file = Path(scratch) / (told["file"].name or "list")[-100:]
        with file.open("wb") as out:
            for piece in told["file"].chunks():
                out.write(piece)
        return _done(
            request,
            campaign,
            lambda: suspicions.take_list(
                campaign=campaign, file=file, source=told["source"], dated=told["dated"], by=staff_of(request),
                at=now(),
            ),
        )  # fmt: skip


@require_POST
@access.needs("open_cases")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A card that a check on the spot found."""
    campaign = access.one_for(request.user, Campaign, pk=pk)
    form, card = SourceSays(request.POST), card_of(request, request.POST.get("card", ""))
    if not form.is_valid():
        return _shown(request, campaign, status=422)
    told = form.cleaned_data

    def act() -> object:
        return suspicions.add_found(
            campaign=campaign,
            card=card,
            membership=member_in(request, card, on=now().date()),
            says=told["says"],
            source=told["source"],
            by=staff_of(request),
            at=now(),
        )

    return _done(request, campaign, act)


@access.needs("open_cases")
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the visit of a sampled family found: a form for a phone at the door."""
    suspicion, form = access.one_for(request.user, Suspicion, pk=pk), Visited(request.POST or None)
    no = None
    if form.is_valid():
        told = form.cleaned_data
        try:
            campaign = actions.record_visit(
                suspicion=suspicion, visit=told["visit"], note=told["note"], by=staff_of(request), at=now()
            )
        except Refused as refused:
            no = refused
        else:
            is_stopped = campaign.state == Campaign.State.STOPPED
            words = (
                _("Taken down. Too many are real: the campaign is stopped.")
                if is_stopped
                else _("Taken down.")
            )
            messages.success(request, words)
            return redirect("oversight:campaigns")
    context = {"one": suspicion, "form": form, "said": say(no) if no else None}
    status = say(no).status if no else 422 if form.is_bound else 200
    return render(request, "oversight/visit.html", context, status=status)


@require_POST
@access.needs("open_cases")
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """An officer says which card a row is about, or leaves it out with a reason."""
    suspicion = access.one_for(request.user, Suspicion, pk=pk)
    campaign = suspicion.campaign
    if request.POST.get("answer") == "leave":
        form = Why(request.POST)
        why = form.cleaned_data["why"] if form.is_valid() else ""
        return _done(
            request,
            campaign,
            lambda: actions.leave_out(suspicion=suspicion, why=why, by=staff_of(request), at=now()),
        )
    card, at = card_of(request, request.POST.get("card", "")), now()

    def act() -> object:
        member = member_in(request, card, on=at.date()) or suspicion.membership
        return suspicions.match(
            suspicion=suspicion, card=card, membership=member, by=staff_of(request), at=at
        )

    return _done(request, campaign, act)


def _done(request: HttpRequest, campaign: Campaign, act: Act) -> HttpResponse:
    return done(request, act, of=campaign, shown=_shown, back="oversight:campaign", key=campaign.pk)


def _shown(
    request: HttpRequest,
    campaign: Campaign,
    *,
    no: Refused | None = None,
    wrong: ListFile | None = None,
    status: int = 200,
) -> HttpResponse:
    mine = access.all_for(request.user, Suspicion).filter(campaign=campaign).select_related("card", "case")
    by_district = queries.results(campaign)
    named = names(districts={one.district for one in by_district})
    sample = mine.filter(place_in_sample__isnull=False).order_by("place_in_sample")
    context = {
        "campaign": campaign,
        "found": mine.count(),
        "waiting": mine.filter(matched_by="", dropped="")[:PAGE],
        "lists": lists.with_ends(access.all_for(request.user, TakenList).filter(campaign=campaign)),
        "surrenders": access.all_for(request.user, Surrender)
        .filter(campaign=campaign)
        .select_related("card", "application")[:PAGE],
        "takes_surrenders": campaign.state in queries.TAKES_SURRENDERS,
        "sample": sample,
        "unvisited": sample.filter(visit="").count(),
        "real": actions.real_in_sample(campaign),
        "results": [(named.district(one.district), one) for one in by_district],
        "picture": _picture(campaign),
        "file_form": wrong or ListFile(),
        "add_form": SourceSays(auto_id="add_%s"),
        "match_form": Matched(),
        "said": say(no) if no else None,
        "is_mine": campaign.opened_by == staff_of(request).get_username(),
    }
    return render(request, "oversight/campaign.html", context, status=status)


def _picture(campaign: Campaign) -> object:
    """How many cards by category, as bars."""
    counted: dict[str, int] = campaign.impact.get("by_category", {})
    if not counted:
        return ""
    told = [Bar(name, [Part("wait", number)], indian(number)) for name, number in sorted(counted.items())]
    said = ", ".join(f"{name}: {indian(number)}" for name, number in sorted(counted.items()))
    return charts.bars(told, title=_("Cards by category"), description=said)
