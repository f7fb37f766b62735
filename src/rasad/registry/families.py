"""A card as it stands on a day, for whoever serves it: its family, who is linked with Aadhaar, who has a mobile."""

from dataclasses import dataclass
from datetime import date

from rasad.registry.models import Card, CardCategory, Household, Membership
from rasad.values.refused import Refused


@dataclass(frozen=True)
class Member:
    """One person on a card. `is_linked`: an Aadhaar number is seeded; `is_validated`: eKYC has confirmed it."""

    line: int
    person: int
    name: str
    is_head: bool
    is_linked: bool
    is_validated: bool
    last_four: str
    has_mobile: bool
    mobile_end: str


@dataclass(frozen=True)
class Family:
    """A living card with its category of the day, its members and the shop it is tagged to."""

    card: str
    household: int
    category: str
    shop: str
    members: tuple[Member, ...]

    def member(self, line: int) -> Member:
        """The member on a line of the card. Raises Refused("no_such_member")."""
        for one in self.members:
            if one.line == line:
                return one
        raise Refused("no_such_member", line=line)


def family(number: str, *, on: date) -> Family:
    """The family of a card on a day. Refused: card_unknown, card_not_living (with the day it ended)."""
    card = Card.objects.filter(number=number).first()
    if card is None:
        raise Refused("card_unknown", card=number)
    if on not in card.during:
        raise Refused("card_not_living", card=number, on=card.during.upper or on)
    category = CardCategory.objects.filter(card=card, during__contains=on).values_list("category", flat=True)
    if not category:
        raise Refused("card_without_category", card=number)
    return Family(
        card.number, card.household_id, category[0], card.shop_number, _members(card.household_id, on)
    )


def living_card_of(ref: bytes, *, on: date) -> str:
    """The number of the living card a person is on, by the reference of the Aadhaar number. Refused: card_unknown."""
    household = Household.objects.filter(
        memberships__person__aadhaar_ref=ref, memberships__during__contains=on
    )
    found = Card.objects.filter(household__in=household, during__contains=on).values_list("number", flat=True)
    if not found:
        raise Refused("card_unknown", card="")
    return str(found[0])


def _members(household: int, on: date) -> tuple[Member, ...]:
    rows = (
        Membership.objects.filter(household=household, during__contains=on)
        .select_related("person")
        .order_by("line")
    )
    return tuple(
        Member(
            line=row.line, person=row.person_id, name=row.person.name, is_head=row.is_head,
            is_linked=row.person.aadhaar_ref is not None,
            is_validated=row.person.aadhaar_validated_on is not None and row.person.aadhaar_validated_on <= on,
            last_four=row.person.aadhaar_last4, has_mobile=bool(row.person.mobile),
            mobile_end=row.person.mobile[-4:],
        )
        for row in rows
    )  # fmt: skip
