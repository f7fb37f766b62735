"""Changes of a card's mobiles."""

from rasad.families.models import MobileChange
from rasad.registry.models import Card


def change_of(card: Card, key: int | None) -> MobileChange | None:
    """A change the family itself asked for on this card."""
    if key is None:
        return None
    return MobileChange.objects.filter(card=card, by="citizen", pk=key).select_related("card").first()
