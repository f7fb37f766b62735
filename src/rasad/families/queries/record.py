"""A card as the register has it on a day: category, members with their seeding, place, shop; and its history."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.utils.translation import gettext as _

from rasad.registry.models import Card, CardCategory, Ending, Membership, Place
from rasad.registry.queries import ancestors
from rasad.shops.models import Shop
from rasad.values.aadhaar import mask_card, masked
from rasad.web.language import in_language


@dataclass(frozen=True)
class Member:
    """One person on the card on that day. Of numbers only their ends."""

    line: int
    name: str
    relation: str
    is_head: bool
    age: int | None
    since: date | None
    is_linked: bool
    validated_on: date | None
    aadhaar: str
    mobile_end: str


@dataclass(frozen=True)
class Record:
    """A card on one screen, as of a day."""

    number: str
    masked: str
    on: date
    category: str
    is_living: bool
    issued_on: date | None
    ended_on: date | None
    family_id: str
    address: str
    place: str
    district: str
    shop: Shop | None
    shop_name: str
    members: tuple[Member, ...]

    @property
    def head(self) -> str:
        """The name of the head of the family, else of whoever stands first."""
        heads = [one.name for one in self.members if one.is_head] or [one.name for one in self.members]
        return heads[0] if heads else ""

    @property
    def linked(self) -> int:
        """How many members have Aadhaar seeded."""
        return sum(one.is_linked for one in self.members)

    @property
    def validated(self) -> int:
        """How many members' Aadhaar was confirmed by eKYC."""
        return sum(one.validated_on is not None for one in self.members)

    @property
    def with_mobile(self) -> int:
        """How many members have a mobile seeded."""
        return sum(bool(one.mobile_end) for one in self.members)


def record(card: Card, *, on: date) -> Record:
    """The card as it stood on a day; of one that had ended, or not begun, what stands about it."""
    home = card.household
    category = CardCategory.objects.filter(card=card, during__contains=on).values_list("category", flat=True)
    shop = Shop.objects.filter(number=card.shop_number).first() if card.shop_number else None
    above = [one for one in [home.place, *ancestors(home.place, on)] if one.kind == Place.Kind.DISTRICT]
    return Record(
        number=card.number, masked=mask_card(card.number), on=on, category=category[0] if category else "",
        is_living=on in card.during, issued_on=card.during.lower, ended_on=card.during.upper,
        family_id=home.family_id or "", address=home.address,
        place=in_language(home.place.name, home.place.name_hi),
        district=in_language(above[0].name, above[0].name_hi) if above else "",
        shop=shop, shop_name=in_language(shop.name, shop.name_hi) if shop else "",
        members=_members(home.pk, on),
    )  # fmt: skip


def _members(household: int, on: date) -> tuple[Member, ...]:
    rows = Membership.objects.filter(household=household, during__contains=on).select_related("person")
    return tuple(_member(row, on) for row in rows.order_by("line"))


def _member(row: Membership, on: date) -> Member:
    person = row.person
    born = person.born_on.year if person.born_on else person.birth_year
    confirmed = person.aadhaar_validated_on
    before_birthday = person.born_on is not None and (on.month, on.day) < (
        person.born_on.month,
        person.born_on.day,
    )
    return Member(
        line=row.line, name=person.name, relation=row.relation, is_head=row.is_head,
        age=on.year - born - before_birthday if born else None, since=row.during.lower,
        is_linked=person.aadhaar_ref is not None,
        validated_on=confirmed if confirmed and confirmed <= on else None,
        aadhaar=masked(person.aadhaar_last4) if person.aadhaar_last4 else "", mobile_end=person.mobile[-4:],
    )  # fmt: skip


@dataclass(frozen=True)
class Event:
    """Something that happened to a card on a day; `why` and `by_whom` where it was decided."""

    on: date
    what: str
    why: str = ""
    by_whom: str = ""
    is_end: bool = False


def history(card: Card) -> list[Event]:
    """The dated facts of a card, its categories and its members, the newest first."""
    endings = _endings(card)
    told = _span(card, _("Card issued"), _("Card ended"), endings)
    for one in CardCategory.objects.filter(card=card):
        told += _span(
            one,
            _("Category %(category)s") % {"category": one.category},
            _("End of category %(category)s") % {"category": one.category},
            endings,
        )
    for row in Membership.objects.filter(household=card.household_id).select_related("person"):
        name = {"name": row.person.name}
        told += _span(
            row, _("%(name)s is on the card") % name, _("%(name)s is no longer on the card") % name, endings
        )
    return sorted(told, key=lambda event: event.on, reverse=True)


def _endings(card: Card) -> dict[tuple[type, int], Ending]:
    found = (
        Ending.objects.filter(card=card)
        | Ending.objects.filter(membership__household=card.household_id)
        | Ending.objects.filter(category__card=card)
    )
    return {
        (type(row), row.pk): one
        for one in found.filter(undone_at=None).select_related("card", "membership", "category")
        if (row := one.card or one.membership or one.category)
    }


def _span(
    row: Card | CardCategory | Membership, began: str, ended: str, endings: dict[tuple[type, int], Ending]
) -> list[Event]:
    told = []
    if row.during.lower is not None:
        told.append(Event(cast(date, row.during.lower), began))
    if row.during.upper is not None:
        decided = endings.get((type(row), row.pk))
        why = decided.reason if decided else ""
        who = f"{decided.by}, {decided.confirmed_by}" if decided else ""
        told.append(Event(cast(date, row.during.upper), ended, why, who, is_end=True))
    return told
