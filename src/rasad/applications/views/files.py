"""Files of applications: a list as CSV, slip, letter, certificate and card as PDF, the picture of a paper."""

from collections.abc import Iterator
from typing import cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.applications import clock, sealing
from rasad.applications.actions import hand_over
from rasad.applications.models import Application, Document
from rasad.applications.paper import card, sheets
from rasad.applications.queries import lists, story
from rasad.web.csv_lines import lines
from rasad.web.language import active
from rasad.wiring import now


@access.needs("export_lists")
def table(request: HttpRequest) -> HttpResponse:
    """The applications of a heap as CSV."""
    on = now().date()
    found = lists.heap(access.all_for(request.user, Application), request.GET.get("heap", "all"), on=on)
    head = [_("Number"), _("Service"), _("Applicant"), _("Received"), _("Last day"), _("State"), _("Stands")]

    def rows() -> Iterator[list[object]]:
        for one in found.iterator(chunk_size=1000):
            yield [
                one.number, story.service_of(one).name.in_language(active()), one.applicant, one.received_on,
                one.due_on, one.get_state_display(), clock.stands(one, on=on).word,
            ]  # fmt: skip

    response = StreamingHttpResponse(lines(head, rows()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="applications.csv"'
    return cast(HttpResponse, response)


@access.needs("see_applications")
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """The acknowledgement, given on the spot."""
    application = access.one_for(request.user, Application, number=number)
    return pdf(sheets.slip(application), f"{number}-slip")


@access.needs("see_applications")
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """The decision, with its reasons and whom to complain to."""
    application = access.one_for(request.user, Application, number=number)
    return pdf(sheets.letter(application), f"{number}-letter")


@access.needs("register_applications")
def issued(request: HttpRequest, number: str) -> HttpResponse:
    """The card or the certificate, which with this is printed."""
    application = access.one_for(request.user, Application, number=number)
    made = card.of_application(application, on=now().date())
    if request.method == "GET":
        # Whoever only asks whether it is there gets no paper.
        hand_over.printed(application=application, by=staff_of(request), at=now())
    return pdf(made, f"{number}-card")


@access.needs("see_applications")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a paper, opened from under its seal."""
    document = access.one_for(request.user, Document, pk=pk)
    response = HttpResponse(sealing.opened(document), content_type=document.media_type)
    response["Content-Disposition"] = f'inline; filename="{document.kind}"'
    response["Cache-Control"] = "no-store"
    # What a family sent is a picture to look at, and runs nothing.
    response["Content-Security-Policy"] = "sandbox"
    return response


def pdf(contents: bytes, name: str) -> HttpResponse:
    """A PDF that is shown in the browser."""
    response = HttpResponse(contents, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
