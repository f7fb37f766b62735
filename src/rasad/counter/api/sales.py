"""Sales of a shop: made, listed, printed again, taken back."""

import time
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from rasad import wiring
from rasad.counter import asking, sales_of_day, selling
from rasad.counter.answers import accepted
from rasad.counter.api import answers, bodies, said
from rasad.counter.api.door import device_of
from rasad.counter.api.said import NO

router = Router()


@router.post("", response={200: answers.ReceiptShown, NO: answers.Refusal})
def sell(request: HttpRequest, body: bodies.SaleAsked) -> HttpResponse:
    """Sell what is handed over. The same id again is answered with the same receipt; with other contents it is refused.

    Where the server's quick road is on, it takes this path before the rest is asked; the answers are the same.
    """
    device = device_of(request)
    # Read once more from the bytes: quick road and this one price and refuse alike.
    asked = asking.read(request.body, session=device.session, now=time.time())
    status, content = accepted(selling.post(asked, at=wiring.now()))
    return HttpResponse(content, status=status, content_type="application/json")


@router.get("", response={200: answers.SalesOfDay, NO: answers.Refusal})
def sales_of_today(request: HttpRequest) -> answers.SalesOfDay:
    """The sales of the shop today, the newest first, those of its other devices among them."""
    day = timezone.localdate(wiring.now())
    sales = sales_of_day.sales_on(device_of(request).shop, day)
    return answers.SalesOfDay(day=day, sales=[said.sold(one) for one in sales])


@router.get("/{uuid:key}", response={200: answers.SoldShown, NO: answers.Refusal})
def receipt(request: HttpRequest, key: UUID) -> answers.SoldShown:
    """A receipt once more; `left` is what is left now."""
    return said.sold(sales_of_day.again(sales_of_day.sale_of(device_of(request).shop, key)))


@router.post("/{uuid:key}/reversal", response={200: answers.TakenBack, NO: answers.Refusal})
def take_back(request: HttpRequest, key: UUID, body: bodies.Back) -> answers.TakenBack:
    """Take a sale of today back, with the reason: everything moves back, nothing is deleted."""
    device = device_of(request)
    sale = sales_of_day.sale_of(device.shop, key)
    made = selling.reverse(sale, reason=body.reason, by=device.name, at=wiring.now())
    return answers.TakenBack(id=sale.pk, reason=made.reason, at=made.at)
