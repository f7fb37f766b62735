"""Log-in in two steps: the password, then the second factor; and setting the latter up."""

from base64 import b32encode
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rasad.accounts import actions
from rasad.accounts.access import is_verified, staff_of
from rasad.accounts.forms import CodeStep, FirstCode, PasswordStep
from rasad.accounts.models import Role
from rasad.accounts.queries import has_second_factor
from rasad.accounts.roles import BEGINS_AT
from rasad.values.refused import Refused
from rasad.web.qr import qr_svg
from rasad.web.refusals import say


@never_cache
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """The first step: user name and password."""
    if request.user.is_authenticated:
        return _onward(request)
    form = PasswordStep(request.POST or None)
    shown: dict[str, object] = {"form": form, "next": _next(request)}
    if form.is_valid():
        try:
            actions.check_password(request=request, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            said = say(refused)
            return render(request, "accounts/log_in.html", shown | {"said": said}, status=said.status)
        return _step("accounts:code", request)
    return render(request, "accounts/log_in.html", shown, status=422 if form.is_bound else 200)


@never_cache
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the app, or a recovery code."""
    user = staff_of(request)
    if is_verified(user):
        return _onward(request)
    if not has_second_factor(user):
        return _step("accounts:set_up", request)
    form = CodeStep(request.POST or None)
    shown: dict[str, object] = {"form": form, "next": _next(request)}
    if form.is_valid():
        try:
            actions.check_code(request=request, user=user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            said = say(refused)
            return render(request, "accounts/code.html", shown | {"said": said}, status=said.status)
        return _onward(request)
    return render(request, "accounts/code.html", shown, status=422 if form.is_bound else 200)


@never_cache
@sensitive_post_parameters("code")
def set_up(request: HttpRequest) -> HttpResponse:
    """Setting up the app: a QR code to scan, and the first code to prove that it worked."""
    user = staff_of(request)
    if has_second_factor(user):
        return _step("accounts:code", request)
    form = FirstCode(request.POST or None)
    status = 200
    if form.is_valid():
        codes = actions.enrol(request=request, user=user, code=form.cleaned_data["code"], at=timezone.now())
        if codes is not None:
            return render(request, "accounts/recovery_codes.html", {"codes": codes, "next": _next(request)})
        form.add_error(
            "code", _("This is not the code your app shows now. Wait for the next one and type that.")
        )
    if form.is_bound:
        status = 422
    device = actions.open_enrolment(user=user)
    secret = b32encode(device.bin_key).decode()
    shown = {
        "form": form,
        "next": _next(request),
        "qr": qr_svg(device.config_url),
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
    }
    return render(request, "accounts/set_up.html", shown, status=status)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session, and say so."""
    actions.leave(request=request, user=staff_of(request), at=timezone.now())
    messages.success(request, _("You are logged out."))
    return redirect("accounts:log_in")


def _next(request: HttpRequest) -> str:
    """Where the reader wanted to go, if that is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=here, require_https=request.is_secure()):
        return wanted
    return ""


def _onward(request: HttpRequest) -> HttpResponse:
    begins_at = BEGINS_AT.get(Role(staff_of(request).role), "home")
    return HttpResponseRedirect(_next(request) or reverse(begins_at))


def _step(name: str, request: HttpRequest) -> HttpResponse:
    wanted = _next(request)
    return HttpResponseRedirect(reverse(name) + (f"?{urlencode({'next': wanted})}" if wanted else ""))
