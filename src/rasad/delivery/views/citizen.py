"""A citizen's own token on the web: the telephone, the code, the token, its paper, a regular card. No JavaScript."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rasad.delivery import citizen
from rasad.delivery.actions.card_request import ask_for_card
from rasad.delivery.actions.steps import Who, hand_over, note
from rasad.delivery.models import Hand, Step
from rasad.delivery.queries.way import TO_HAND_OVER
from rasad.policy import relief as policy
from rasad.relief import schemes
from rasad.relief.models import Token
from rasad.values.refused import Refused
from rasad.web.mobile import MobileField
from rasad.web.refusals import say
from rasad.wiring import now

# In the session: whose telephone was shown, until when the log-in lasts.
SHOWN = "citizen_mobile"


class Mobile(forms.Form):
    """A telephone."""

    mobile = MobileField(
        label=gettext_lazy("Mobile number"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel-national", "autofocus": True}),
        help_text=gettext_lazy("The one you gave when you asked for ration."),
    )


class CodeTyped(forms.Form):
    """The code that came by SMS."""

    code = forms.RegexField(
        r"^[0-9]{6}\Z",
        strip=True,
        label=gettext_lazy("Code from the SMS"),
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "code-input",
                "autofocus": True,
            }
        ),
    )


def my_token(request: HttpRequest) -> HttpResponse:
    """The first step: the telephone; for whom has shown one already, the tokens."""
    if request.session.get(SHOWN):
        return _tokens(request)
    form, no = Mobile(request.POST or None), None
    if form.is_valid():
        mobile = form.cleaned_data["mobile"]
        try:
            citizen.send_code(mobile, at=now())
        except Refused as refused:
            no = refused
        if no is None or no.code == "own_code_too_soon":
            request.session["citizen_asked"] = mobile
            return redirect("delivery:my_code")
    context = {"form": form, "said": say(no) if no else None}
    return render(request, "delivery/my_mobile.html", context, status=say(no).status if no else 200)


def my_code(request: HttpRequest) -> HttpResponse:
    """The second step: the code."""
    mobile = request.session.get("citizen_asked")
    if not mobile:
        return redirect("delivery:my_token")
    form, no = CodeTyped(request.POST or None), None
    if form.is_valid():
        try:
            citizen.check_code(mobile, form.cleaned_data["code"], at=now())
        except Refused as refused:
            no = refused
        else:
            # A new session: what was known of the one before is nobody's now.
            request.session.cycle_key()
            request.session[SHOWN] = mobile
            del request.session["citizen_asked"]
            return redirect(request.session.pop("citizen_next", "delivery:my_token"))
    context = {"form": form, "mobile": mobile[-4:], "said": say(no) if no else None}
    return render(request, "delivery/my_code.html", context, status=say(no).status if no else 200)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave this telephone's page."""
    request.session.flush()
    return redirect("delivery:my_token")


def paper(request: HttpRequest, number: str) -> HttpResponse:
    """The own token on paper: with it the token is in its family's hand."""
    token = _own(request, number)
    sheet = citizen.paper(token)
    taken(token, Hand.WEB)
    response = HttpResponse(sheet, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return response


@require_POST
def card(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a regular card with what the token says of the family."""
    ask_for_card(token=_own(request, number), by="citizen", at=now())
    messages.success(
        request, _("Your request for a ration card is with the office. It writes to your telephone.")
    )
    return redirect("delivery:my_token")


def taken(token: Token, hand: str) -> None:
    """The holder has the paper: handed over by this hand, or noted where it was handed over before."""
    who = Who(hand, "citizen")
    if token.state in TO_HAND_OVER:
        hand_over(token=token, who=who, proof=Step.Proof.OTP, at=now())
    else:
        note(tokens=[token], kind=Step.Kind.DOWNLOADED, who=who, at=now())


def _own(request: HttpRequest, number: str) -> Token:
    return citizen.own_token(request.session.get(SHOWN, ""), number)


def _tokens(request: HttpRequest) -> HttpResponse:
    at = now()
    told = []
    for own in citizen.own_tokens(request.session[SHOWN], at=at):
        scheme = schemes.recorded(own.token.run)
        told.append(
            {
                "own": own,
                "title": schemes.title(own.token.scheme),
                "state": policy.state_on(scheme, own.token.state, on=at.date())
                if scheme
                else own.token.state,
                "asked_for_card": hasattr(own.token, "card_request"),
                "last_day": scheme.last_day if scheme else None,
                "helpline": scheme.helpline_numbers[0] if scheme else "",
            }
        )
    return render(request, "delivery/my_tokens.html", {"told": told, "mobile": request.session[SHOWN][-4:]})
