"""Committees look at the complaints that wait: their sittings, the measures they want, what was done."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import areas_of, staff_of
from rasad.accounts.models import Area
from rasad.grievances import actions, queries
from rasad.grievances.models import Complaint, Measure, Sitting
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now

PAGE, MOST_SHOWN = 30, 200


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class NewSitting(forms.Form):
    """A sitting of a committee."""

    committee = forms.CharField(label=gettext_lazy("Which committee"), max_length=150)
    held_on = _day(gettext_lazy("Day of the sitting"))
    note = forms.CharField(
        label=gettext_lazy("What it found"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class NewMeasure(forms.Form):
    """A measure against a problem that comes again."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of complaint"), choices=Complaint.Kind.choices)
    problem = forms.CharField(label=gettext_lazy("The problem that comes again"), max_length=500)
    measure = forms.CharField(label=gettext_lazy("What is to be done"), max_length=500)
    who = forms.CharField(label=gettext_lazy("By whom"), max_length=150)
    by_when = _day(gettext_lazy("By when"))


@access.needs("see_complaints")
def listed(request: HttpRequest) -> HttpResponse:
    """The sittings of the reader's areas, and measures that are still to be carried out."""
    page = Paginator(access.all_for(request.user, Sitting), PAGE).get_page(request.GET.get("page"))
    open_ = access.all_for(request.user, Measure).filter(done_at=None).select_related("sitting")[:MOST_SHOWN]
    return render(request, "grievances/sittings.html", {"page": page, "open": open_, "on": now().date()})


@access.needs("answer_complaints")
def new(request: HttpRequest) -> HttpResponse:
    """Write a sitting down, with the complaints it looked at."""
    on, no = now().date(), None
    mine = access.all_for(request.user, Complaint)
    waiting = queries.open_ones(mine)[:MOST_SHOWN]
    form = NewSitting(request.POST or None)
    if form.is_valid():
        chosen = [int(key) for key in request.POST.getlist("complaint") if key.isdecimal()]
        district = areas_of(request.user).get(Area.Kind.DISTRICT, [""])[0]
        told = actions.Held(district, **form.cleaned_data, looked_at=chosen)
        try:
            made = actions.hold_sitting(told=told, by=staff_of(request), at=now())
        except Refused as refused:
            no = refused
        else:
            return redirect("grievances:sitting", pk=made.pk)
    said = say(no) if no else None
    context = {
        "form": form, "waiting": waiting, "recurring": queries.recurring(mine, on=on), "said": said, "on": on,
    }  # fmt: skip
    status = said.status if said else 422 if form.is_bound else 200
    return render(request, "grievances/new_sitting.html", context, status=status)


@access.needs("see_complaints")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A sitting: the complaints it looked at, the measures it wants."""
    return _shown(request, access.one_for(request.user, Sitting, pk=pk))


@require_POST
@access.needs("answer_complaints")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a measure down."""
    sitting, form = access.one_for(request.user, Sitting, pk=pk), NewMeasure(request.POST)
    if not form.is_valid():
        return _shown(request, sitting, form=form, status=422)
    try:
        actions.add_measure(sitting=sitting, **form.cleaned_data, by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, sitting, form=form, no=refused)
    messages.success(request, _("The measure is written down."))
    return redirect("grievances:sitting", pk=pk)


@require_POST
@access.needs("answer_complaints")
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was done about a measure."""
    measure = access.one_for(request.user, Measure, pk=pk)
    try:
        actions.finish_measure(
            measure=measure, done=request.POST.get("done", "")[:500], by=staff_of(request), at=now()
        )
    except Refused as refused:
        return _shown(request, measure.sitting, no=refused)
    return redirect("grievances:sitting", pk=measure.sitting_id)


def _shown(
    request: HttpRequest,
    sitting: Sitting,
    *,
    form: NewMeasure | None = None,
    no: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    said = say(no) if no else None
    context = {
        "one": sitting, "complaints": sitting.complaints.order_by("number"), "measures": sitting.measures.all(),
        "form": form or NewMeasure(), "said": said, "on": now().date(),
    }  # fmt: skip
    return render(request, "grievances/sitting.html", context, status=said.status if said else status)
