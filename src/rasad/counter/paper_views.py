"""Papers of the counter: the receipt of a sale, and the notice that hangs in the shop."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache

from rasad.accounts import access
from rasad.counter.models import Sale
from rasad.counter.paper import notice as notices
from rasad.counter.paper import receipt
from rasad.counter.receipts import number_of
from rasad.counter.views.frame import Counter, at_counter, page
from rasad.wiring import now


@never_cache
@access.needs("see_sales")
def receipt_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The receipt of a sale for a 58 mm printer, in the reader's language."""
    sale = access.one_for(request.user, Sale, pk=key)
    return _paper(receipt.pdf(sale, at=now()), f"receipt-{number_of(str(sale.pk))}")


@at_counter("see_sales")
def notice(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The procedure, to be read here or printed from here."""
    told = notices.notice(counter.shop, on=counter.at.date())
    return page(request, "notice.html", counter, notice=told)


@at_counter("see_sales")
def notice_pdf(request: HttpRequest, counter: Counter, language: str) -> HttpResponse:
    """The procedure on one sheet of A4 in a language, whatever language the page is in."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        made = notices.pdf(counter.shop, on=counter.at.date())
    return _paper(made, f"notice-{counter.shop.number}-{language}")


def _paper(pdf: bytes, name: str) -> HttpResponse:
    """An answer that a browser shows and prints."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
