"""A card is shown: of this State, or of another one under the menu IMPDS."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from rasad import wiring
from rasad.counter import visitors
from rasad.counter import visits as cards
from rasad.counter.api import answers, bodies, said
from rasad.counter.api.door import device_of
from rasad.counter.api.said import NO
from rasad.counter.at_work import visit_of
from rasad.counter.models import Visit
from rasad.counter.opened import opened, with_offers
from rasad.values.aadhaar import is_aadhaar
from rasad.values.refused import Refused

router = Router()
RESPONSES = {200: answers.VisitShown, NO: answers.Refusal}


@router.post("", response=RESPONSES)
def open_visit(request: HttpRequest, body: bodies.CardShown) -> answers.VisitShown:
    """Open a visit of a card or token of this State; the same id again is the same visit."""
    device, at = device_of(request), wiring.now()
    shown = cards.open_visit(
        id=body.id, shop=device.shop, number=body.number, at=at, device=str(device.device)
    )
    return _shown(shown.visit)


@router.post("/visitor", response=RESPONSES)
def open_visitor_visit(request: HttpRequest, body: bodies.VisitorShown) -> answers.VisitShown:
    """IMPDS, Billing, Bill generation: open a visit of a card of another State. Consent and a finger come next."""
    device, at = device_of(request), wiring.now()
    if bool(body.number.strip()) == bool(body.aadhaar):
        raise Refused("bad_request", problem=_("Either the card's number or an Aadhaar number is needed."))
    if body.aadhaar and not is_aadhaar(body.aadhaar):
        raise Refused("bad_request", problem=_("The Aadhaar number has a wrong digit."))
    visit, home = visitors.open_visit(
        id=body.id, shop=device.shop, number=body.number, aadhaar=body.aadhaar, at=at,
        device=str(device.device),
    )  # fmt: skip
    return said.visit(opened(visit, at=at, home=home), ())


@router.get("/{uuid:key}", response=RESPONSES)
def show_visit(request: HttpRequest, key: UUID) -> answers.VisitShown:
    """A visit of this device as it stands now."""
    return _shown(visit_of(device_of(request), key))


@router.post("/{uuid:key}/consent", response=RESPONSES)
def agree(request: HttpRequest, key: UUID, body: bodies.Agreed) -> answers.VisitShown:
    """The visitor agrees to the use of Aadhaar, or does not: then the visit stops."""
    visit = visit_of(device_of(request), key)
    opened(visit, at=wiring.now())
    visitors.agree(
        visit, is_given=body.is_given, version=body.version, language=body.language, at=wiring.now()
    )
    return _shown(visit)


def _shown(visit: Visit) -> answers.VisitShown:
    at = wiring.now()
    seen = opened(visit, at=at)
    return said.visit(seen, with_offers(seen, at=at))
