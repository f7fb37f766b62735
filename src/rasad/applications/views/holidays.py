"""The days on which the offices are closed: by year, for all who work with applications; kept by headquarters."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.applications.actions import holidays as actions
from rasad.applications.models import Holiday
from rasad.applications.queries import holidays as queries
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now


class NewHoliday(forms.Form):
    """A day and what it is called."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    name = forms.CharField(label=gettext_lazy("Name in English"), max_length=actions.LONGEST)
    name_hi = forms.CharField(label=gettext_lazy("Name in Hindi"), max_length=actions.LONGEST, required=False)


class HolidayFile(forms.Form):
    """A list of holidays."""

    file = forms.FileField(
        label=gettext_lazy("File (CSV or .xlsx)"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv,.xlsx"}),
        help_text=gettext_lazy("Columns: on (the day), name, name_hi (in Hindi)."),
    )  # fmt: skip


@access.needs("see_applications")
def listed(request: HttpRequest) -> HttpResponse:
    """The holidays of a year."""
    return _shown(request)


@require_POST
@access.needs("manage_holidays")
def add(request: HttpRequest) -> HttpResponse:
    """Write one down."""
    form = NewHoliday(request.POST)
    if not form.is_valid():
        return _shown(request, form=form, status=422)
    try:
        made = actions.add(**form.cleaned_data, by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, form=form, no=refused, year=form.cleaned_data["on"].year)
    messages.success(request, _("The holiday is written down. What was promised before stays as it is."))
    return redirect(f"{reverse('applications:holidays')}?year={made.on.year}")


@require_POST
@access.needs("manage_holidays")
def remove(request: HttpRequest) -> HttpResponse:
    """Take one out that has not come yet."""
    on = parse_date(request.POST.get("on", "")[:10]) or now().date()
    try:
        actions.remove(on=on, by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, no=refused, year=on.year)
    messages.success(request, _("The holiday is taken out. What was promised before stays as it is."))
    return redirect(f"{reverse('applications:holidays')}?year={on.year}")


@require_POST
@access.needs("manage_holidays")
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file in; the page says what became of each line."""
    form = HolidayFile(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, file_form=form, status=422)
    try:
        read = form.cleaned_data["file"].read(actions.LARGEST_BYTES + 1)
        told = actions.take_in(read, by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, no=refused)
    return _shown(request, told=sorted(told, key=lambda one: one.word != "refused"))


def _shown(
    request: HttpRequest,
    *,
    form: NewHoliday | None = None,
    file_form: HolidayFile | None = None,
    told: list[actions.Outcome] | None = None,
    no: Refused | None = None,
    year: int = 0,
    status: int = 200,
) -> HttpResponse:
    on, asked = now().date(), request.GET.get("year", "")
    there = access.all_for(request.user, Holiday)
    years = queries.years(there, on=on)
    known = {one for one, _count in years}
    year = year or (int(asked) if asked.isdecimal() and len(asked) == 4 else on.year)
    said = say(no) if no else None
    context = {
        "years": years, "year": year if year in known else on.year, "today": on, "said": said,
        "form": form or NewHoliday(), "file_form": file_form or HolidayFile(auto_id="file_%s"), "told": told,
        "counts": [(word, sum(one.word == word for one in told or ())) for word in ("added", "known", "refused")],
    }  # fmt: skip
    context["holidays"] = queries.of_year(there, int(str(context["year"])))
    return render(request, "applications/holidays.html", context, status=said.status if said else status)
