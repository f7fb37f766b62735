"""What a page of oversight was asked about."""

from datetime import date

from django.http import HttpRequest

from rasad.accounts import access
from rasad.oversight.queries.cases import member_of
from rasad.registry.models import Card, Membership
from rasad.values.refused import Refused

LONGEST_NUMBER = 18


def card_of(request: HttpRequest, number: str) -> Card:
    """The card of a number, within the areas of the reader. Refused: card_unknown."""
    cards = access.all_for(request.user, Card).select_related("household")
    found = cards.filter(number=number.strip()).first()
    if found is None:
        raise Refused("card_unknown", card=number)
    return found


def member_in(request: HttpRequest, card: Card, *, on: date) -> Membership | None:
    """The living member of a card on the line that was sent; None where none was. Refused: no_such_member."""
    told = request.POST.get("line", "").strip()
    if not told:
        return None
    line = number_in(told)
    if line is None:
        raise Refused("no_such_member", line=told[:20])
    return member_of(card, line, on=on)


def number_in(text: str) -> int | None:
    """A number as a form sends it, of a size the database knows; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None
