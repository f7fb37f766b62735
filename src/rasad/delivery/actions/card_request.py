"""A family with a token asks for a regular card: what the token says of it becomes its application."""

from datetime import datetime

from django.db import transaction

from rasad.accounts.models import User
from rasad.delivery.models import RegularCardRequest
from rasad.journal import actions as journal
from rasad.relief import numbers
from rasad.relief.life import LIVING
from rasad.relief.models import Token
from rasad.values.refused import Refused


@transaction.atomic
def ask_for_card(*, token: Token, by: User | str, at: datetime) -> RegularCardRequest:
    """Put the request down, once for a token; asked twice it is answered with the first. Refused: token_has_ended."""
    name = by if isinstance(by, str) else by.get_username()
    if Token.objects.filter(pk=token.pk).exclude(state__in=LIVING).exists():
        raise Refused("token_has_ended", token=numbers.printed(token.number))
    made, is_new = RegularCardRequest.objects.get_or_create(
        token=token, defaults={"district_code": token.district_code, "by": name, "at": at}
    )
    if is_new:
        journal.write("relief.card_asked_for", of_kind="token", of_key=token.number, by=by, at=at)
    return made
