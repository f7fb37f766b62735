"""A file of applications: every family ends as an application or with the reason, on one page."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from rasad.accounts import access
from rasad.accounts.access import areas_of, staff_of
from rasad.accounts.models import Area
from rasad.applications import from_file
from rasad.applications.queries import places
from rasad.policy.card_requests import card_requests
from rasad.registry.models import Card
from rasad.values.refused import Refused
from rasad.web.language import active
from rasad.web.refusals import say
from rasad.wiring import now


class File(forms.Form):
    """A CSV file or a workbook."""

    file = forms.FileField(
        label=_("File (CSV or .xlsx)"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv,.xlsx"})
    )


@access.needs("register_applications")
def upload(request: HttpRequest) -> HttpResponse:
    """Take the families of a file in; the page says what became of each."""
    form, at = File(request.POST or None, request.FILES or None), now()
    context: dict[str, object] = {
        "form": form, "headings": from_file.HEADINGS, "needed": from_file.NEEDED,
        "requests": [(one.value, one.name.in_language(active())) for one in card_requests(on=at.date())],
    }  # fmt: skip
    if not form.is_valid():
        return render(request, "applications/file.html", context, status=422 if form.is_bound else 200)
    areas = areas_of(request.user)
    district = areas.get(Area.Kind.DISTRICT, [""])[0] or places.district_of_places(
        areas.get(Area.Kind.PLACE, []), on=at.date()
    )
    person = staff_of(request)
    try:
        told = list(
            from_file.take_in(
                form.cleaned_data["file"].read(from_file.LARGEST_BYTES + 1), district=district,
                places=places.by_code(district, on=at.date()), cards=access.all_for(request.user, Card),
                by=person.get_username(), made_at=person.designation or str(person.get_role_display()), at=at,
            )
        )  # fmt: skip
    except Refused as refused:
        said = say(refused)
        return render(request, "applications/file.html", context | {"said": said}, status=said.status)
    context |= {
        "told": sorted(told, key=lambda one: bool(one.number)),
        "registered": sum(bool(one.number) for one in told), "refused": sum(not one.number for one in told),
    }  # fmt: skip
    return render(request, "applications/file.html", context)
