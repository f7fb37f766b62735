"""A citizen shows a telephone by a code sent to it, and sees the tokens of that telephone, on the web or in the app."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest, digest

import structlog
from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.db.models import F

from rasad import wiring
from rasad.delivery import texts
from rasad.delivery.models import Code
from rasad.desk.queries.nearby import Candidate, candidates, place_of
from rasad.relief import printing
from rasad.relief.models import Token
from rasad.relief.paper import press
from rasad.shops.models import Shop
from rasad.values.refused import OutsideError, Refused

log = structlog.get_logger()
DIGITS = 6
GOOD_FOR = timedelta(minutes=10)
WRONG_ALLOWED = 3
# A telephone gets a code a minute, five in an hour: nobody's telephone is made to ring all day.
PAUSE = timedelta(minutes=1)
MOST_AN_HOUR = 5
WITHIN_SECONDS = 10.0
TICKET_SECONDS = 600
_SALT = "rasad.delivery.citizen"
NEAREST = 3
# On one telephone: a helper's may stand on the tokens of many families.
MOST_TOKENS = 20


@dataclass(frozen=True)
class Own:
    """A token as its holder sees it."""

    token: Token
    shop: Shop | None
    nearest: Sequence[Candidate]


def send_code(mobile: str, *, at: datetime, template: str = "citizen_otp") -> int:
    """Send a code to a telephone; the seconds after which another may be asked for. `template`: what it says.

    The same answer whether the telephone has a token or not: who asks about another's learns nothing. Refused:
    own_code_too_soon, codes_too_many, code_not_sent.
    """
    with transaction.atomic():
        _alone(mobile)
        _check_pace(mobile, at)
        # Only the newest counts: whoever could keep several would have three tries with each.
        Code.objects.filter(mobile=mobile, used_at=None).update(used_at=at)
        made = Code.objects.create(mobile=mobile, sent_at=at)
    client = wiring.sms()
    try:
        if client is None:
            raise OutsideError("no gateway", permanent=True)
        text = wiring.sms_templates().template(template, texts.language())
        client.send(mobile=mobile, template=text, variables={"code": _code_of(made)}, within=WITHIN_SECONDS)
    except OutsideError:
        raise Refused("code_not_sent") from None
    return int(PAUSE.total_seconds())


def check_code(mobile: str, given: str, *, at: datetime) -> None:
    """Let a code pass that was sent to the telephone lately and not used yet.

    Three wrong ones end it. Refused: code_over, own_code_wrong.
    """
    with transaction.atomic():
        _alone(mobile)
        made = (
            Code.objects.select_for_update()
            .filter(mobile=mobile, used_at=None, wrong__lt=WRONG_ALLOWED, sent_at__gt=at - GOOD_FOR)
            .order_by("-sent_at")
            .first()
        )
        if made is None:
            raise Refused("code_over")
        is_right = compare_digest(_code_of(made), given.strip())
        if is_right:
            Code.objects.filter(pk=made.pk).update(used_at=at)
        else:
            Code.objects.filter(pk=made.pk).update(wrong=F("wrong") + 1)
    # Outside: a wrong try has to be counted, and a refusal would take the count back.
    if not is_right:
        raise Refused("own_code_wrong", left=WRONG_ALLOWED - made.wrong - 1)


def own_tokens(mobile: str, *, at: datetime) -> list[Own]:
    """The tokens on which a telephone stands, the newest first, each with its shop and the shops near."""
    tokens = list(Token.objects.filter(mobile=mobile).order_by("-issued_on", "number")[:MOST_TOKENS])
    numbers = {token.shop_number for token in tokens}
    shops = {one.number: one for one in Shop.objects.select_related("place").filter(number__in=numbers)}
    places = {(token.place_code, token.district_code) for token in tokens if token.place_code}
    near = {place: _near(*place, at=at) for place in places}
    return [
        Own(token, shops.get(token.shop_number), near.get((token.place_code, token.district_code), ()))
        for token in tokens
    ]


def _near(place: str, district: str, *, at: datetime) -> Sequence[Candidate]:
    return candidates(Shop.objects.filter(district_code=district), place_of(place), on=at.date())[:NEAREST]


def own_token(mobile: str, number: str) -> Token:
    """The token of this number if it stands on this telephone. Refused: not_your_token."""
    token = Token.objects.filter(number=number, mobile=mobile).first() if mobile else None
    if token is None:
        raise Refused("not_your_token")
    return token


def paper(token: Token) -> bytes:
    """The PDF of a citizen's own token."""
    return press.render(list(printing.papers(printing.to_print(Token.objects.filter(pk=token.pk)))))


def ticket(token: Token) -> str:
    """What opens the paper of a token for ten minutes, without the code."""
    return signing.dumps(token.number, salt=_SALT)


def token_of(given: str, number: str) -> Token:
    """The token a ticket was made for. Refused: ticket_over."""
    try:
        said = signing.loads(given, salt=_SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        raise Refused("ticket_over") from None
    token = Token.objects.filter(number=number).first() if said == number else None
    if token is None:
        raise Refused("ticket_over")
    return token


def _alone(mobile: str) -> None:
    """Let nobody else ask for or try a code of this telephone until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"citizen {mobile}"])


def _check_pace(mobile: str, at: datetime) -> None:
    lately = Code.objects.filter(mobile=mobile, sent_at__gt=at - timedelta(hours=1))
    if lately.filter(sent_at__gt=at - PAUSE).exists():
        raise Refused("own_code_too_soon", seconds=int(PAUSE.total_seconds()))
    if lately.count() >= MOST_AN_HOUR:
        raise Refused("codes_too_many")


def _code_of(made: Code) -> str:
    """The code of a row: made of the row's own facts and a secret, so that it need not be kept."""
    said = f"citizen code\n{made.pk}\n{made.mobile}\n{made.sent_at.timestamp()}".encode()
    number = int.from_bytes(digest(settings.PASS_KEY, said, sha256)[:8])
    return f"{number % 10**DIGITS:0{DIGITS}d}"
