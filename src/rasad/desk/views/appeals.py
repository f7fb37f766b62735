"""Appeals against refusals: taken down, listed, heard side by side, confirmed by a second officer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.desk.actions import appeals as actions
from rasad.desk.forms import AppealWords, Why
from rasad.desk.models import Appeal
from rasad.desk.queries import compared
from rasad.relief.models import SourceRow
from rasad.relief.privacy import sight
from rasad.relief.queries.rows import story
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now

PAGE = 50


@access.needs("see_families")
def listed(request: HttpRequest) -> HttpResponse:
    """The appeals of the reader's areas; the open ones unless others are asked for."""
    state = request.GET.get("state", Appeal.State.OPEN)
    found = access.all_for(request.user, Appeal).select_related("row")
    if state in Appeal.State.values:
        found = found.filter(state=state)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": Appeal.State.choices, "reader": sight(request.user)}
    return render(request, "desk/appeals.html", context)


@access.needs("open_appeals")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a family's appeal down."""
    row = access.one_for(request.user, SourceRow, pk=pk)
    form, no = AppealWords(request.POST or None), None
    if form.is_valid():
        try:
            made = actions.open_appeal(row=row, **form.cleaned_data, by=staff_of(request), at=now())
        except Refused as refused:
            no = refused
        else:
            messages.success(request, _("The appeal is taken down; the DFSC decides it."))
            return redirect("desk:appeal", pk=made.pk)
    context = {"row": story(row, sight(request.user)), "form": form, "said": say(no) if no else None}
    status = say(no).status if no else 422 if form.is_bound else 200
    return render(request, "desk/new_appeal.html", context, status=status)


@access.needs("see_families")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The appeal, the row beside the card, and what was decided so far."""
    return _shown(request, access.one_for(request.user, Appeal, pk=pk))


@require_POST
@access.needs("decide_reviews")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The first officer: the refusal stands, or a token is proposed."""
    appeal, form = access.one_for(request.user, Appeal, pk=pk), Why(request.POST)
    if not form.is_valid() or request.POST.get("answer") not in ("grant", "refuse"):
        return _shown(request, appeal, form=form, status=422)
    grants = request.POST["answer"] == "grant"
    try:
        actions.decide_appeal(
            appeal=appeal, grants=grants, why=form.cleaned_data["why"], by=staff_of(request), at=now()
        )
    except Refused as refused:
        return _shown(request, appeal, form=form, no=refused, status=say(refused).status)
    told = _("A second officer has to confirm the token.") if grants else _("Decided: the refusal stands.")
    messages.success(request, told)
    return redirect("desk:appeal", pk=pk)


@require_POST
@access.needs("confirm_decisions")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The second officer agrees, which issues the token, or sends it back with a reason."""
    appeal = access.one_for(request.user, Appeal, pk=pk)
    agrees = request.POST.get("answer") == "agree"
    why = request.POST.get("why", "")[:500]
    try:
        token = actions.confirm_appeal(appeal=appeal, agrees=agrees, why=why, by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, appeal, no=refused, status=say(refused).status)
    if token is None:
        messages.success(request, _("Sent back: the appeal is open again."))
        return redirect("desk:appeal", pk=pk)
    messages.success(request, _("The token is issued; the DFSC chooses its shop."))
    return redirect("relief:token", number=token.number)


def _shown(
    request: HttpRequest,
    appeal: Appeal,
    *,
    form: Why | None = None,
    no: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    reader = sight(request.user)
    context = {
        "appeal": appeal,
        "row": story(appeal.row, reader),
        "sides": compared.of_row(appeal.row, on=now().date()),
        "form": form or Why(),
        "said": say(no) if no else None,
        "is_mine": appeal.decided_by == staff_of(request).get_username(),
    }
    return render(request, "desk/appeal.html", context, status=status)
