"""Figures of the review by district and period: what was eliminated, what restored, penal actions; no names."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rasad.accounts import access
from rasad.oversight.forms import day
from rasad.oversight.models import Case, PenalReferral
from rasad.oversight.queries import figures as queries
from rasad.relief.queries.names import names
from rasad.values.refused import Refused
from rasad.web import charts
from rasad.web.charts import Bar, Part
from rasad.web.csv_lines import lines
from rasad.web.templatetags.rasad import indian
from rasad.wiring import now


class Period(forms.Form):
    """From which day to which."""

    since = day(gettext_lazy("From"), needed=False)
    until = day(gettext_lazy("Until"), needed=False)

    def clean(self) -> dict[str, Any]:
        """Nothing is counted of days that have not come."""
        given = super().clean() or {}
        if given.get("until"):
            given["until"] = min(given["until"], now().date())
        return given


def page(request: HttpRequest) -> HttpResponse:
    """The figures as a table and a picture."""
    form, rows = _asked(request)
    told = _named(rows)
    bars = [
        Bar(name, [Part("bad", one.cards), Part("good", one.restored)], indian(one.cards))
        for name, one in told
    ]
    said = "; ".join(f"{name}: {indian(one.cards)}, {indian(one.restored)}" for name, one in told)
    picture = charts.bars(bars, title=_("Cards ended and restored"), description=said) if told else ""
    context = {
        "form": form,
        "rows": told,
        "total": queries.total(rows),
        "picture": picture,
        "asked": request.GET.urlencode(),
    }
    return render(request, "oversight/figures.html", context)


def file(request: HttpRequest) -> HttpResponse:
    """The figures as a CSV file."""
    _form, rows = _asked(request)
    header = [label for label, _name in _columns()]
    cells = ([name, *(getattr(one, key) for _label, key in _columns()[1:])] for name, one in _named(rows))
    response = StreamingHttpResponse(lines(header, cells), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="reviews.csv"'
    return response  # type: ignore[return-value]  # Django's types keep the two apart


def _columns() -> list[tuple[str, str]]:
    return [
        (_("District"), "district"), (_("Cases opened"), "opened"), (_("Cleared"), "cleared"),
        (_("Cards ended"), "cards"), (_("Members ended"), "members"), (_("Categories changed"), "categories"),
        (_("Restored"), "restored"), (_("Penal actions"), "referred"),
    ]  # fmt: skip


def _asked(request: HttpRequest) -> tuple[Period, list[queries.Row]]:
    if not (access.may(request.user, "see_cases") or access.may(request.user, "see_case_figures")):
        raise Refused("not_for_your_role", capability="see_case_figures")
    today = now().date()
    given: dict[str, Any] = {
        "since": date(today.year, 1, 1).isoformat(),
        "until": today.isoformat(),
        **request.GET.dict(),
    }
    form = Period(given)
    told = form.cleaned_data if form.is_valid() else {}
    rows = queries.by_district(
        access.all_for(request.user, Case), access.all_for(request.user, PenalReferral),
        since=told.get("since") or date(today.year, 1, 1), until=told.get("until") or today,
    )  # fmt: skip
    return form, rows


def _named(rows: list[queries.Row]) -> list[tuple[str, queries.Row]]:
    known = names(districts={one.district for one in rows})
    return [(known.district(one.district), one) for one in rows]
