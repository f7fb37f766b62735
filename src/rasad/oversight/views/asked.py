"""What a page of oversight was asked about."""

from django.http import HttpRequest

from rasad.accounts import access
from rasad.registry.models import Card
from rasad.values.refused import Refused


def card_of(request: HttpRequest, number: str) -> Card:
    """The card of a number, within the areas of the reader. Refused: card_unknown."""
    cards = access.all_for(request.user, Card).select_related("household")
    found = cards.filter(number=number.strip()).first()
    if found is None:
        raise Refused("card_unknown", card=number)
    return found
