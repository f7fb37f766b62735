"""Questions of the grey zone: both records side by side, the answer, the second officer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.desk.actions import reviews as actions
from rasad.desk.forms import Why
from rasad.desk.queries import compared
from rasad.relief.models import Review
from rasad.relief.queries.story import told_review
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now

State = Review.State


@access.needs("see_families")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The token's family beside the card, and what was decided so far."""
    return _shown(request, _review(request, pk))


@require_POST
@access.needs("decide_reviews")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The first officer's answer: the same family, or another one."""
    review, form = _review(request, pk), Why(request.POST)
    if not form.is_valid() or request.POST.get("answer") not in ("same", "different"):
        return _shown(request, review, form=form, status=422)
    is_same = request.POST["answer"] == "same"
    try:
        actions.decide_review(
            review=review, is_same=is_same, why=form.cleaned_data["why"], by=staff_of(request), at=now()
        )
    except Refused as refused:
        return _shown(request, review, form=form, no=refused, status=say(refused).status)
    told = (
        _("A second officer has to confirm it; until then the token is good.")
        if is_same
        else _("Settled: another family. The token stays.")
    )
    messages.success(request, told)
    return redirect("desk:review", pk=pk)


@require_POST
@access.needs("confirm_decisions")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The second officer agrees, which ends the token, or sends it back with a reason."""
    review = _review(request, pk)
    agrees = request.POST.get("answer") == "agree"
    why = request.POST.get("why", "")[:500]
    try:
        actions.confirm_review(review=review, agrees=agrees, why=why, by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, review, no=refused, status=say(refused).status)
    messages.success(
        request, _("The token is cancelled.") if agrees else _("Sent back: the question is open again.")
    )
    return redirect("desk:review", pk=pk)


@require_POST
@access.needs("decide_reviews")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an answer back that has ended nothing."""
    review, form = _review(request, pk), Why(request.POST)
    if not form.is_valid():
        return _shown(request, review, form=form, status=422)
    try:
        actions.reopen_review(review=review, why=form.cleaned_data["why"], by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, review, no=refused, status=say(refused).status)
    messages.success(request, _("The question is open again."))
    return redirect("desk:review", pk=pk)


def _review(request: HttpRequest, pk: int) -> Review:
    return access.one_for(request.user, Review, pk=pk)


def _shown(
    request: HttpRequest,
    review: Review,
    *,
    form: Why | None = None,
    no: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "review": review,
        "told": told_review(review),
        "sides": compared.of_review(review, on=now().date()),
        "form": form or Why(),
        "said": say(no) if no else None,
        "is_mine": review.decided_by == staff_of(request).get_username(),
    }
    return render(request, "desk/review.html", context, status=status)
