"""The shop's stock: what is there, and what arrived."""

from django.http import HttpRequest
from ninja import Router

from rasad import wiring
from rasad.counter import stock as shelves
from rasad.counter.api import answers, bodies
from rasad.counter.api.door import device_of
from rasad.counter.api.said import NO
from rasad.web.language import active

router = Router()


@router.get("", response={200: answers.StockShown, NO: answers.Refusal})
def stock(request: HttpRequest) -> answers.StockShown:
    """What the shop holds now, by commodity and allocation."""
    return answers.StockShown(at=wiring.now(), lines=_lines(device_of(request).shop.number))


@router.post("/receipts", response={200: answers.Received, NO: answers.Refusal})
def receive(request: HttpRequest, body: bodies.Arrived) -> answers.Received:
    """Take a line of a challan into stock; the same line again changes nothing, with another quantity it is refused."""
    device = device_of(request)
    is_new = shelves.record_receipt(
        shop=device.shop, challan=body.challan, commodity=body.commodity, allocation=body.allocation,
        quantity=body.quantity, by=device.name, at=wiring.now(),
    )  # fmt: skip
    return answers.Received(is_new=is_new, lines=_lines(device.shop.number))


def _lines(shop: str) -> list[answers.StockLine]:
    return [
        answers.StockLine(
            commodity=one.commodity, name=one.name.in_language(active()), allocation=one.allocation,
            unit=one.unit, received=one.received, given=one.given, left=one.left,
        )
        for one in shelves.balances(shop)
    ]  # fmt: skip
