"""The family changes a mobile of its card itself: it has shown an old one, and shows the new one by a code."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rasad.families.actions import mobiles
from rasad.families.forms import CodeTyped, NewMobile
from rasad.families.models import MobileChange
from rasad.families.queries.changes import change_of
from rasad.families.queries.record import record
from rasad.families.views.own import SHOWN, holder_of
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now

CHANGE = "own_mobile_change"


def ask(request: HttpRequest) -> HttpResponse:
    """Which member, which number; then a code goes to the new number."""
    holder = holder_of(request)
    if holder is None:
        return redirect("families:my_card")
    told, no = record(holder.card, on=now().date()), None
    form = NewMobile(request.POST or None, members=[(one.line, one.name) for one in told.members])
    if form.is_valid():
        given = form.cleaned_data
        try:
            change = mobiles.ask_change(
                card=holder.card, line=given["line"], mobile=given["mobile"],
                proof=MobileChange.Proof.OLD_MOBILE, proof_shown=holder.mobile, by="citizen", at=now(),
            )  # fmt: skip
        except Refused as refused:
            no = refused
        else:
            request.session[CHANGE] = change.pk
            return redirect("families:my_mobile_code")
    context = {"record": told, "form": form, "said": say(no) if no else None}
    return render(request, "families/my_mobile.html", context, status=say(no).status if no else 200)


def code(request: HttpRequest) -> HttpResponse:
    """The code that came to the new number."""
    holder = holder_of(request)
    change = change_of(holder.card, request.session.get(CHANGE)) if holder else None
    if holder is None or change is None:
        return redirect("families:my_card")
    form, no = CodeTyped(request.POST or None), None
    if form.is_valid():
        try:
            mobiles.finish_change(change=change, code=form.cleaned_data["code"], by="citizen", at=now())
        except Refused as refused:
            no = refused
        else:
            del request.session[CHANGE]
            if change.before == holder.mobile:
                # The page goes on with the number that stands on the card now.
                request.session[SHOWN] = {**request.session[SHOWN], "mobile": change.mobile}
            messages.success(request, _("The new mobile number stands on the card."))
            return redirect("families:my_card")
    context = {"mobile": change.mobile[-4:], "form": form, "said": say(no) if no else None}
    return render(request, "families/my_mobile_code.html", context, status=say(no).status if no else 200)
