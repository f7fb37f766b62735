"""Pages of cases: the list, one case with its timeline and what can be done, a new one, the notice on paper."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.accounts.models import Area
from rasad.oversight.actions import cases as actions
from rasad.oversight.actions.cases import About, Said
from rasad.oversight.actions.looking import note_look_up
from rasad.oversight.forms import NewCase, Penal, PenalOutcome
from rasad.oversight.models import Case
from rasad.oversight.paper import notice
from rasad.oversight.queries import cases as queries
from rasad.oversight.views.acts import ACTS, offered
from rasad.registry.models import Card
from rasad.relief.queries.names import district_choices
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now

PAGE = 30


def districts(request: HttpRequest) -> list[tuple[str, str]]:
    """The districts a reader may choose from; none where the areas are smaller."""
    areas = access.areas_of(request.user)
    if Area.Kind.STATE in areas:
        return district_choices(None)
    return district_choices(areas.get(Area.Kind.DISTRICT, []))


@access.needs("see_cases")
def listed(request: HttpRequest) -> HttpResponse:
    """The cases of the reader's areas; those that wait unless others are asked for."""
    mine = access.all_for(request.user, Case)
    asked = {"state": "open", **request.GET.dict()}
    page = Paginator(queries.with_heads(queries.narrowed(mine, asked)), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page, "asked": asked, "counts": queries.by_state(mine), "states": Case.State.choices,
        "grounds": Case.Ground.choices, "districts": districts(request),
    }  # fmt: skip
    return render(request, "oversight/cases.html", context)


@access.needs("open_cases")
def new(request: HttpRequest) -> HttpResponse:
    """Write a suspicion about a card down, with its evidence."""
    number, on = request.GET.get("card", "")[:20], now().date()
    card = access.all_for(request.user, Card).filter(number=number).first() if number else None
    members = queries.lines_of(card, on=on) if card else ()
    form, no = NewCase(request.POST or None, initial={"card": number}, members=members, on=on), None
    if form.is_valid():
        try:
            made = _opened(request, dict(form.cleaned_data))
        except Refused as refused:
            no = refused
        else:
            messages.success(request, _("The case is open. The card serves as before."))
            return redirect("oversight:case", number=made.number)
    context = {"form": form, "said": say(no) if no else None}
    status = say(no).status if no else 422 if form.is_bound else 200
    return render(request, "oversight/new_case.html", context, status=status)


def _opened(request: HttpRequest, told: dict[str, Any]) -> Case:
    at = now()
    card = access.all_for(request.user, Card).select_related("household").filter(number=told["card"]).first()
    if card is None:
        raise Refused("card_unknown", card=told["card"])
    member = queries.member_of(card, told["line"], on=at.date()) if told["line"] else None
    about = About(
        card, told["ground"], told["words"], member, told["to_category"].strip().upper(), told["criterion"]
    )
    said = Said(told["source"], told["says"], told["dated"])
    return actions.open_case(about=about, evidence=[said], by=staff_of(request), at=at)


@access.needs("see_cases")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """A case with its evidence, its timeline, and the acts that come next."""
    case = _case(request, number)
    note_look_up(case=case, by=staff_of(request), at=now())
    return shown(request, case)


@require_POST
@access.needs("see_cases")
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Take one step of a case."""
    case, doing = _case(request, number), ACTS.get(name)
    if doing is None:
        raise Http404
    if not doing.is_open_to(request.user):
        raise Refused("not_for_your_role", capability=doing.needs[0])
    form = doing.form(request.POST)
    if not form.is_valid():
        return shown(request, case, wrong={name: form}, status=422)
    try:
        doing.do(case, form.cleaned_data, staff_of(request), now())
    except Refused as refused:
        case.refresh_from_db()
        return shown(request, case, wrong={name: form}, no=refused, status=say(refused).status)
    messages.success(request, str(doing.done))
    return redirect("oversight:case", number=number)


@access.needs("see_cases")
def notice_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The notice of a case on paper, in the language families are written to."""
    case = _case(request, number)
    if case.noticed_on is None:
        raise Http404
    made = notice.pdf(case, on=case.noticed_on)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{case.number}.pdf"'
    return answer


def _case(request: HttpRequest, number: str) -> Case:
    found = access.all_for(request.user, Case).select_related("card__household__place", "membership__person")
    case = found.filter(number=number).first()
    if case is None:
        raise Http404
    return case


def shown(
    request: HttpRequest,
    case: Case,
    *,
    wrong: dict[str, forms.Form] | None = None,
    no: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a case; `wrong`: forms that could not be read, by act."""
    told = wrong or {}
    context = {
        "case": case,
        "standing": queries.standing(case, on=now().date()),
        "evidence": case.evidence.all(),
        "steps": [(one, ACTS[one.act].label if one.act in ACTS else "") for one in case.steps.all()],
        "arrears": case.arrears.all(),
        "referrals": case.referrals.all(),
        "penal_form": told.get("refer") or Penal(auto_id="refer_%s"),
        "outcome_form": PenalOutcome(),
        "acts": [
            (name, act, told.get(name) or act.form(auto_id=f"{name}_%s"))
            for name, act in offered(case, staff_of(request))
        ],
        "wrong": list(told),
        "said": say(no) if no else None,
    }
    return render(request, "oversight/case.html", context, status=status)
