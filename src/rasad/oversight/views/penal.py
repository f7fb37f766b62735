"""Penal action after an order: somebody is referred, and what became of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.oversight.actions import penal as actions
from rasad.oversight.forms import Penal, PenalOutcome
from rasad.oversight.models import Case, PenalReferral
from rasad.oversight.views.cases import shown
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now


@require_POST
@access.needs("hear_cases")
def refer(request: HttpRequest, number: str) -> HttpResponse:
    """Refer a holder, a dealer or an official for an offence under the Control Order."""
    case, form = access.one_for(request.user, Case, number=number), Penal(request.POST)
    if not form.is_valid():
        return shown(request, case, wrong={"refer": form}, status=422)
    try:
        actions.refer(case=case, **form.cleaned_data, by=staff_of(request), at=now())
    except Refused as refused:
        return shown(request, case, wrong={"refer": form}, no=refused, status=say(refused).status)
    messages.success(request, _("Referred. What becomes of it is written down here."))
    return redirect("oversight:case", number=number)


@require_POST
@access.needs("hear_cases")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what became of a referral."""
    referral, form = access.one_for(request.user, PenalReferral, pk=pk), PenalOutcome(request.POST)
    if form.is_valid():
        actions.end_referral(
            referral=referral, outcome=form.cleaned_data["outcome"], by=staff_of(request), at=now()
        )
    return redirect("oversight:case", number=referral.case.number)
