"""Where other States ask for our cards (connectors/impds/openapi.yaml): signed requests, signed answers."""

import time
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from msgspec import Struct

from rasad import wiring
from rasad.connectors.exchanged import note_exchange
from rasad.connectors.impds import home_side
from rasad.connectors.impds.home_side import Answer, Asked, Home, Nonces, SignedRequest
from rasad.connectors.impds.wire import CardAsked, PostAsked, ReserveAsked, VoidAsked
from rasad.counter.elsewhere import actions, cards
from rasad.values.month import Month
from rasad.values.refused import Refused

# Of this process: what is asked again in another one changes nothing, it is only answered again.
NONCES = Nonces()


@csrf_exempt
def asked(request: HttpRequest, name: str) -> HttpResponse:
    """One request of another State; `name`: card, reserve, post or void."""
    home = wiring.impds_home()
    if home is None:
        raise Http404(name)
    begun = time.monotonic()
    answer = _answer(home, request)
    note_exchange(
        system="IMPDS", direction="in", path=request.path, said=request.body, answered=answer.body,
        result=answer.status, seconds=time.monotonic() - begun,
    )  # fmt: skip
    return HttpResponse(
        answer.body, status=answer.status, headers=answer.headers, content_type="application/json"
    )


def _answer(home: Home, request: HttpRequest) -> Answer:
    said = SignedRequest(request.method or "", request.path, dict(request.headers), request.body)
    try:
        # Signatures are made by the real clock, the books go by their own.
        found = home.verify(said, at=datetime.now(UTC), is_new=NONCES.is_new)
        _check_month(found)
    except home_side.UnsignedError as error:
        return home_side.unsigned(error)
    except home_side.UnreadableError as error:
        return home_side.unreadable(error)
    try:
        return home.accepted(found, _done(found, at=wiring.now()))
    except Refused as no:
        return home.refused(found, no)


def _check_month(found: Asked) -> None:
    month = getattr(found.ask, "month", None)
    try:
        Month.parse(month) if month else None
    except ValueError as error:
        raise home_side.UnreadableError(str(error)) from None


def _done(found: Asked, *, at: datetime) -> Struct:
    match found.ask:
        case CardAsked() as ask:
            return cards.card(ask, at=at)
        case ReserveAsked() as ask:
            return actions.reserve(ask, sender=found.state, at=at)
        case PostAsked() as ask:
            return actions.post(ask, sender=found.state, at=at)
        case VoidAsked() as ask:
            return actions.void(ask, sender=found.state, at=at)
    raise AssertionError(f"nobody answers {found.ask}")
