"""A member's mobile changed at the desk: an officer saw a paper, and the code of the new number is right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.families.actions import mobiles
from rasad.families.forms import CodeTyped, NewMobileByPaper
from rasad.families.models import MobileChange
from rasad.families.queries import looks
from rasad.families.queries.record import record
from rasad.registry.looking import look
from rasad.registry.models import Card
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now


@access.needs("register_applications")
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Which member, which number, which paper; then a code goes to the new number."""
    card = access.one_for(request.user, Card, number=number)
    told, at, no = record(card, on=now().date()), now(), None
    look(card=card, why=looks.MOBILE, by=staff_of(request), at=at)
    members = [(one.line, one.name) for one in told.members]
    form = NewMobileByPaper(request.POST or None, members=members)
    if form.is_valid():
        given = form.cleaned_data
        try:
            change = mobiles.ask_change(
                card=card, line=given["line"], mobile=given["mobile"], proof=MobileChange.Proof.PAPER,
                proof_shown=given["paper"], by=staff_of(request), at=at,
            )  # fmt: skip
        except Refused as refused:
            no = refused
        else:
            return redirect("families:mobile_code", number=number, pk=change.pk)
    context = {"record": told, "form": form, "said": say(no) if no else None}
    return render(request, "families/mobile.html", context, status=say(no).status if no else 200)


@access.needs("register_applications")
def code(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The code that came to the new number."""
    change = access.one_for(request.user, MobileChange, pk=pk, card__number=number)
    form, no = CodeTyped(request.POST or None), None
    if form.is_valid():
        try:
            done = mobiles.finish_change(
                change=change, code=form.cleaned_data["code"], by=staff_of(request), at=now()
            )
        except Refused as refused:
            no = refused
        else:
            messages.success(request, _("The new mobile number stands on the card."))
            if done.told_old is False:
                messages.warning(request, _("The old number could not be told; it is noted."))
            return redirect("families:one", number=number)
    context = {"number": number, "mobile": change.mobile[-4:], "form": form, "said": say(no) if no else None}
    return render(request, "families/mobile_code.html", context, status=say(no).status if no else 200)
