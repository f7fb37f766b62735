"""Pages of Antyodaya lists: made for a village or ward, put before the Gram Sabha, objected to, made final."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.accounts.models import Area
from rasad.oversight.actions import antyodaya as actions
from rasad.oversight.facts import questions
from rasad.oversight.forms import NewList, ObjectionTaken, Resolution, Why
from rasad.oversight.models import AayEntry, AayList, Objection
from rasad.oversight.paper import gram_sabha
from rasad.oversight.queries import antyodaya as queries
from rasad.oversight.views.asked import Act, card_of, done, number_in
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now

PAGE = 30


@access.needs("see_cases")
def listed(request: HttpRequest) -> HttpResponse:
    """The Antyodaya lists of the reader's areas."""
    found = access.all_for(request.user, AayList).select_related("place")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "oversight/aay_lists.html", {"page": page})


@access.needs("open_cases")
def new(request: HttpRequest) -> HttpResponse:
    """Begin the list of a village or ward."""
    form, areas, at = NewList(request.POST or None), access.areas_of(request.user), now()
    if form.is_valid():
        told = form.cleaned_data
        own = None if Area.Kind.STATE in areas else areas.get(Area.Kind.DISTRICT, [])
        place = queries.place_of(
            told["place"], districts=own, places=areas.get(Area.Kind.PLACE, []), on=at.date()
        )
        if place is not None:
            made = actions.make_list(
                place=place, places=told["places"], source=told["places_source"], by=staff_of(request), at=at
            )
            return redirect("oversight:aay_list", number=made.number)
        form.add_error("place", _("There is no village or ward of this code in your area."))
    return render(
        request, "oversight/new_aay_list.html", {"form": form}, status=422 if form.is_bound else 200
    )


@access.needs("see_cases")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """A list: candidates by their evidence, the resolution, objections, what comes next."""
    return _shown(request, _list(request, number))


@access.needs("see_cases")
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The list on paper, for the Gram Sabha."""
    of = _list(request, number)
    answer = HttpResponse(gram_sabha.pdf(of, on=now().date()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{of.number}.pdf"'
    return answer


@access.needs("open_cases")
def candidate(request: HttpRequest, number: str) -> HttpResponse:
    """Put a BPL card before the Gram Sabha, with the facts of its family."""
    of, at = _list(request, number), now()
    form, no = questions(request.POST or None, on=at.date()), None
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            card, evidence = card_of(request, told.pop("card")), told.pop("evidence")
            actions.add_candidate(
                of=of, card=card, facts=told, evidence=evidence, by=staff_of(request), at=at
            )
        except Refused as refused:
            no = refused
        else:
            messages.success(request, _("The family is on the list."))
            return redirect("oversight:aay_list", number=number)
    context = {"list": of, "form": form, "said": say(no) if no else None}
    status = say(no).status if no else 422 if form.is_bound else 200
    return render(request, "oversight/candidate.html", context, status=status)


@require_POST
@access.needs("hear_cases")
def resolve(request: HttpRequest, number: str) -> HttpResponse:
    """Record whom the Gram Sabha named."""
    of, form = _list(request, number), Resolution(request.POST)
    if not form.is_valid():
        return _shown(request, of, form=form, status=422)
    named = {number_in(key) for key in request.POST.getlist("entry")}
    chosen = [key for key in of.entries.values_list("pk", flat=True) if key in named]
    return _done(
        request,
        of,
        lambda: actions.resolve(of=of, chosen=chosen, **form.cleaned_data, by=staff_of(request), at=now()),
    )


@require_POST
@access.needs("open_cases")
def object_(request: HttpRequest, number: str) -> HttpResponse:
    """Write an objection down."""
    of, form = _list(request, number), ObjectionTaken(request.POST)
    if not form.is_valid():
        return _shown(request, of, status=422)
    return _done(
        request, of, lambda: actions.object_to(of=of, **form.cleaned_data, by=staff_of(request), at=now())
    )


@require_POST
@access.needs("hear_cases")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide an objection with its reason."""
    objection = access.one_for(request.user, Objection, pk=pk)
    of, key = objection.list, number_in(request.POST.get("entry", ""))
    entry = access.one_for(request.user, AayEntry, pk=key, list=of) if key is not None else None

    def act() -> object:
        return actions.decide_objection(
            objection=objection, upheld=request.POST.get("answer") == "upheld", why=request.POST.get("why", "")[:500],
            entry=entry, by=staff_of(request), at=now(),
        )  # fmt: skip

    return _done(request, of, act)


@require_POST
@access.needs("hear_cases")
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """Put the list before a second officer."""
    of = _list(request, number)
    return _done(request, of, lambda: actions.propose(of=of, by=staff_of(request), at=now()))


@require_POST
@access.needs("confirm_orders")
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """The second officer makes it final, or sends it back with a reason."""
    of, by, at = _list(request, number), staff_of(request), now()
    if request.POST.get("answer") == "back":
        form = Why(request.POST)
        why = form.cleaned_data["why"] if form.is_valid() else ""
        return _done(request, of, lambda: actions.send_back(of=of, why=why, by=by, at=at))
    return _done(request, of, lambda: actions.confirm(of=of, by=by, at=at))


@require_POST
@access.needs("hear_cases")
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The Antyodaya card of a family was printed."""
    entry = access.one_for(request.user, AayEntry, pk=pk)
    return _done(
        request, entry.list, lambda: actions.note_printed(entry=entry, by=staff_of(request), at=now())
    )


def _list(request: HttpRequest, number: str) -> AayList:
    return access.one_for(request.user, AayList, number=number)


def _done(request: HttpRequest, of: AayList, act: Act) -> HttpResponse:
    return done(request, act, of=of, shown=_shown, back="oversight:aay_list", key=of.number)


def _shown(
    request: HttpRequest,
    of: AayList,
    *,
    form: forms.Form | None = None,
    no: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "list": of, "candidates": queries.candidates(of, on=now().date()), "objections": of.objections.all(),
        "form": form or Resolution(), "objection_form": ObjectionTaken(), "said": say(no) if no else None,
        "is_mine": of.proposed_by == staff_of(request).get_username(),
    }  # fmt: skip
    return render(request, "oversight/aay_list.html", context, status=status)
