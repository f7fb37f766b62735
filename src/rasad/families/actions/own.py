"""The family itself: card and mobile, a code to the mobile, the own card. Nobody learns whether the two fit."""

from datetime import datetime, timedelta

from rasad.delivery import citizen
from rasad.families.models import AskedPair
from rasad.registry.models import Card, Membership
from rasad.values.refused import Refused

MOST_AN_HOUR = 5


def ask_code(*, number: str, mobile: str, at: datetime) -> None:
    """Send a code to the mobile, whether it stands on the card or not: the answer is the same, and counts the same.

    Refused: card_pairs_too_many, and as `citizen.send_code`.
    """
    number = plain(number)
    # Older ones count no more: what strangers typed is not kept.
    AskedPair.objects.filter(at__lte=at - timedelta(hours=1)).delete()
    asked = set(AskedPair.objects.filter(card=number[:20]).values_list("mobile", flat=True))
    # Who asked already may ask again: a stranger's five numbers do not shut the family out in the middle of it.
    if mobile not in asked:
        if len(asked) >= MOST_AN_HOUR:
            raise Refused("card_pairs_too_many", most=MOST_AN_HOUR)
        AskedPair.objects.create(card=number[:20], mobile=mobile, at=at)
    citizen.send_code(mobile, at=at, template="card_otp")


def enter(*, number: str, mobile: str, code: str, at: datetime) -> Card:
    """The card, for whoever holds a telephone that stands on it.

    Refused: card_mobile_apart, and as `citizen.check_code`.
    """
    citizen.check_code(mobile, code, at=at)
    card = own_card(number=number, mobile=mobile)
    if card is None:
        raise Refused("card_mobile_apart")
    return card


def own_card(*, number: str, mobile: str) -> Card | None:
    """The card of this number if one of its living members has this mobile."""
    card = Card.objects.filter(number=plain(number)).select_related("household__place").first()
    if card is None or not mobile:
        return None
    members = Membership.objects.filter(household=card.household_id, during__upper_inf=True)
    return card if members.filter(person__mobile=mobile).exists() else None


def plain(number: str) -> str:
    """A card's number without what people write between the digits."""
    return "".join(letter for letter in number if letter.isalnum()).upper()
