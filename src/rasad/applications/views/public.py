"""For everybody: the charter with its forms, how far an application is by its number, how the days were kept."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rasad.applications import clock, coverage
from rasad.applications.moves import S
from rasad.applications.paper import sheets
from rasad.applications.queries import lists, own, story
from rasad.applications.views.files import pdf
from rasad.policy.card_requests import card_request, card_requests
from rasad.values.month import Month
from rasad.web.csv_lines import lines
from rasad.web.language import active
from rasad.wiring import now


def charter(request: HttpRequest) -> HttpResponse:
    """Every service: the days, who decides, who hears the complaint, the papers, the form."""
    on = now().date()
    told = [
        {
            "code": one.value, "name": one.name.in_language(active()), "told": one.told.in_language(active()),
            "charter": story.charter(one, on=on), "by_groups": one.papers == "groups",
        }
        for one in card_requests(on=on)
    ]  # fmt: skip
    return render(request, "applications/charter.html", {"told": told, "groups": story.groups_told(on)})


def form(request: HttpRequest, service: str) -> HttpResponse:
    """The empty form of a service, for filling in by hand."""
    return pdf(sheets.form(card_request(service, on=now().date())), f"form-{service}")


def status(request: HttpRequest) -> HttpResponse:
    """How far an application is, by its number; nobody's name."""
    number = request.GET.get("number", "")[:30]
    found = own.by_number(number)
    context: dict[str, object] = {"number": number, "one": found}
    if found:
        context |= {
            "service": story.service_of(found).name.in_language(active()),
            "stands": clock.stands(found, on=now().date()),
            "in_list": coverage.place_in_list(found) if found.state == S.WAITING else None,
            "steps": [(one.words, one.at, one.tone) for one in story.steps(found)],
        }
    return render(request, "applications/status.html", context, status=404 if number and not found else 200)


def statement(request: HttpRequest) -> HttpResponse:
    """How the days of the charter were kept in a month, by office and service (R-SRV-17)."""
    month = _month(request)
    rows, names = _rows(month), own.district_names()
    context = {
        "month": month, "rows": [(one, names.get(one.district, one.district), _service(one.service)) for one in rows],
        "received": sum(one.received for one in rows), "in_time": sum(one.in_time for one in rows),
        "late": sum(one.late for one in rows), "pending": sum(one.pending for one in rows),
    }  # fmt: skip
    return render(request, "applications/statement.html", context)


def statement_file(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    month, names = _month(request), own.district_names()
    head = [_("Office"), _("Service"), _("Received"), _("Decided in time"), _("Decided late"), _("Pending")]

    def rows() -> Iterator[list[object]]:
        for one in _rows(month):
            yield [
                names.get(one.district, one.district), _service(one.service), one.received, one.in_time, one.late,
                one.pending,
            ]  # fmt: skip

    response = StreamingHttpResponse(lines(head, rows()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="services-{month}.csv"'
    return cast(HttpResponse, response)


def _rows(month: Month) -> list[lists.Kept]:
    return lists.statement(own.everything(), first=month.first_day, last=month.last_day)


def _service(code: str) -> str:
    return card_request(code, on=date.max - timedelta(days=1)).name.in_language(active())


def _month(request: HttpRequest) -> Month:
    try:
        return Month.parse(request.GET.get("month", ""))
    except ValueError:
        return Month.of(now().date())
