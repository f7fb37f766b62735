"""Staff, for those who appoint them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from rasad.accounts import actions, areas, queries
from rasad.accounts.access import all_for, needs, one_for, staff_of
from rasad.accounts.forms import NewStaff, StaffSearch, Why
from rasad.accounts.models import User
from rasad.accounts.tables import StaffTable
from rasad.values.refused import Refused
from rasad.web.refusals import say


@needs("manage_staff")
def staff(request: HttpRequest) -> HttpResponse:
    """All staff, found by name and role."""
    form = StaffSearch(request.GET)
    form.is_valid()
    found = queries.staff_list(all_for(staff_of(request), User), **form.cleaned_data)
    table = StaffTable(found)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    table.name_areas()
    return render(request, "accounts/staff.html", {"form": form, "table": table})


@never_cache
@needs("manage_staff")
def new_staff(request: HttpRequest) -> HttpResponse:
    """Make an account; its first password is shown once."""
    form = NewStaff(request.POST or None)
    if not form.is_valid():
        return render(
            request, "accounts/new_staff.html", {"form": form}, status=422 if form.is_bound else 200
        )
    given = dict(form.cleaned_data)
    area = (given.pop("area_kind"), given.pop("area_code"))
    try:
        made = actions.create_staff(**given, areas=[area], by=staff_of(request), at=timezone.now())
    except Refused as refused:
        said = say(refused)
        return render(request, "accounts/new_staff.html", {"form": form, "said": said}, status=said.status)
    return render(request, "accounts/provision.html", {"made": made})


@needs("manage_staff")
def member(request: HttpRequest, username: str) -> HttpResponse:
    """One member of staff."""
    person = one_for(staff_of(request), User, username=username)
    shown = {
        "person": person,
        "areas": areas.named(person.areas.order_by("kind", "code")).get(person.pk, []),
        "enrolled": queries.has_second_factor(person),
        "form": Why(),
    }
    return render(request, "accounts/member.html", shown)


@require_POST
@needs("manage_staff")
def close(request: HttpRequest, username: str) -> HttpResponse:
    """Close an account."""
    return _changed(request, username, actions.close_account, _("The account is closed."))


@require_POST
@needs("manage_staff")
def reopen(request: HttpRequest, username: str) -> HttpResponse:
    """Open a closed account again."""
    return _changed(request, username, actions.reopen_account, _("The account is open again."))


@require_POST
@never_cache
@needs("manage_staff")
def reset(request: HttpRequest, username: str) -> HttpResponse:
    """A new first password for somebody who lost password or phone, shown once."""
    person = one_for(staff_of(request), User, username=username)
    reason = request.POST.get("reason", "")
    made = actions.reset_access(user=person, by=staff_of(request), at=timezone.now(), reason=reason)
    return render(request, "accounts/provision.html", {"made": made})


def _changed(request: HttpRequest, username: str, act: Callable[..., None], done: str) -> HttpResponse:
    person = one_for(staff_of(request), User, username=username)
    act(user=person, by=staff_of(request), at=timezone.now(), reason=request.POST.get("reason", ""))
    messages.success(request, done)
    return redirect("accounts:member", username=username)
