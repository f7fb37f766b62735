"""What the Help Me app's server asks in a citizen's name (connectors/help_me/openapi.yaml): signed both ways."""

import time
from datetime import UTC, datetime
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from msgspec import Struct

from rasad import wiring
from rasad.connectors.exchange import offered
from rasad.connectors.exchange.offered import Answer, Asked, Offered, UnreadableError
from rasad.connectors.exchange.signing import Sender, UnsignedError
from rasad.connectors.exchanged import note_exchange
from rasad.connectors.help_me.wire import (
    CodeAsked,
    CodeSent,
    OwnToken,
    OwnTokens,
    PaperAsked,
    ShopNear,
    TokensAsked,
)
from rasad.delivery import citizen
from rasad.delivery.citizen import Own
from rasad.delivery.models import Hand
from rasad.delivery.views.citizen import taken
from rasad.desk.queries.nearby import Candidate, distance_m, place_of
from rasad.relief import schemes
from rasad.values.refused import Refused
from rasad.web.refusals import say

FORMS: dict[str, type[Struct]] = {"codes": CodeAsked, "tokens": TokensAsked, "pdf": PaperAsked}
LARGEST_BODY = 10_000


@cache
def _door(key: bytes) -> Offered:
    """Remembers the nonces of the app's server, in this process."""
    return Offered({"help_me": key})


@csrf_exempt
def asked(request: HttpRequest, name: str) -> HttpResponse:
    """One request of the app's server; `name`: codes, tokens or pdf."""
    key = wiring.portal_keys().get("help_me")
    if key is None or name not in FORMS or request.method != "POST":
        raise Http404(name)
    begun = time.monotonic()
    answer = _answer(_door(key), request, name)
    # A telephone or a code could be guessed from a hash.
    note_exchange(
        system="Help Me", direction="in", path=request.path, said=None, answered=None, result=answer.status,
        seconds=time.monotonic() - begun,
    )  # fmt: skip
    return HttpResponse(
        answer.body, status=answer.status, headers=dict(answer.headers), content_type=answer.content_type
    )


def _answer(door: Offered, request: HttpRequest, name: str) -> Answer:
    said = Asked("POST", request.get_full_path(), dict(request.headers), request.body[: LARGEST_BODY + 1])
    try:
        sender = door.verify(said, at=datetime.now(UTC))
    except UnsignedError as error:
        return offered.unsigned(error)
    try:
        ask = offered.read(said.body, FORMS[name])
        return _done(door, sender, ask)
    except UnreadableError:
        return door.refused(sender, "unreadable", offered.UNREADABLE_STATUS)
    except Refused as refused:
        return door.refused(sender, refused.code, say(refused).status)


def _done(door: Offered, sender: Sender, ask: Struct) -> Answer:
    at = wiring.now()
    match ask:
        case CodeAsked(mobile=mobile):
            return door.accepted(sender, CodeSent(sent=True, wait_seconds=citizen.send_code(mobile, at=at)))
        case TokensAsked(mobile=mobile, code=code):
            citizen.check_code(mobile, code, at=at)
            own = citizen.own_tokens(mobile, at=at)
            return door.accepted(sender, OwnTokens(tokens=tuple(_told(one) for one in own)))
        case PaperAsked(token=number, ticket=ticket):
            token = citizen.token_of(ticket, number)
            sheet = citizen.paper(token)
            taken(token, Hand.APP)
            return door.of(sender, 200, sheet, "application/pdf")
    raise AssertionError(f"nobody answers {ask}")


def _told(own: Own) -> OwnToken:
    token = own.token
    return OwnToken(
        token=token.number, scheme=token.scheme, scheme_title=schemes.title(token.scheme), holder=token.holder_name,
        members=token.member_count, months=tuple(token.months), state=token.state,
        state_words=str(token.get_state_display()), shop=_shop(own), nearest=tuple(map(_near, own.nearest)),
        ticket=citizen.ticket(token),
    )  # fmt: skip


def _shop(own: Own) -> ShopNear | None:
    if own.shop is None:
        return None
    return ShopNear(
        number=own.shop.number, name=own.shop.name, address=own.shop.address, mobile=own.shop.dealer_mobile,
        distance_m=distance_m(own.shop, place_of(own.token.place_code)),
    )  # fmt: skip


def _near(one: Candidate) -> ShopNear:
    return ShopNear(number=one.number, name=one.name, distance_m=one.distance_m)
