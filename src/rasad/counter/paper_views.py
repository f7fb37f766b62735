"""Papers of the counter: the receipt of a sale, and the notice that hangs in the shop."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from rasad.accounts import access
from rasad.counter.models import Sale
from rasad.counter.paper import receipt
from rasad.counter.receipts import number_of
from rasad.wiring import now


@never_cache
@access.needs("see_sales")
def receipt_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The receipt of a sale for a 58 mm printer, in the reader's language."""
    sale = access.one_for(request.user, Sale, pk=key)
    return paper(receipt.pdf(sale, at=now()), f"receipt-{number_of(str(sale.pk))}")


def paper(pdf: bytes, name: str) -> HttpResponse:
    """An answer that a browser shows and prints."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
