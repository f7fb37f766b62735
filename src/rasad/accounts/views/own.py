"""One's own account."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rasad.accounts import actions, areas
from rasad.accounts.access import staff_of
from rasad.accounts.forms import NewPassword
from rasad.accounts.queries import recovery_codes_left


def my_account(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I am bound to, how I log in."""
    user = staff_of(request)
    shown = {
        "areas": areas.named(user.areas.order_by("kind", "code")).get(user.pk, []),
        "codes_left": recovery_codes_left(user),
    }
    return render(request, "accounts/my_account.html", shown)


@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Change my password; asked for at the first log-in."""
    user = staff_of(request)
    form = NewPassword(user, request.POST or None)
    if form.is_valid():
        actions.change_password(user=user, password=form.cleaned_data["new"], at=timezone.now())
        # Without this the present session would end with all the others.
        update_session_auth_hash(request, user)
        messages.success(
            request, _("Your password is changed. Other devices on which you were logged in are logged out.")
        )
        return redirect("home")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@never_cache
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes, shown once."""
    codes = actions.renew_recovery_codes(user=staff_of(request), at=timezone.now())
    return render(request, "accounts/recovery_codes.html", {"codes": codes})
