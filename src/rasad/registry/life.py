"""The life of a card: issued, its members and category changed, moved, ended, opened again. Each with its days.

What ends, ends by a decision of two officers; the database refuses anything else (guards.py).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db import IntegrityError, transaction
from django.db.models import Max

from rasad.policy.card_requests import head_of
from rasad.registry import indexing
from rasad.registry.models import Card, CardCategory, Ending, Household, Membership, Person, Place
from rasad.values.aadhaar import mask_card
from rasad.values.refused import Refused

Dated = Card | Membership | CardCategory


@dataclass(frozen=True)
class Decision:
    """By what something ends or is changed: the application, order or list, and its two officers."""

    ground: Ending.Ground
    key: str
    reason: str
    by: str
    confirmed_by: str
    at: datetime


def issue_card(*, household: Household, number: str, category: str, shop: str, on: date) -> Card:
    """A new card for a household from a day on. Refused: family_has_living_card, card_number_taken."""
    _refuse_second_living(household, on)
    try:
        with transaction.atomic():
            card = Card.objects.create(
                number=number, household=household, shop_number=shop, during=(on, None)
            )
            CardCategory.objects.create(card=card, category=category, during=(on, None))
    except IntegrityError:
        # Another officer was faster: the database keeps one card a household and one household a number.
        _refuse_second_living(household, on)
        raise Refused("card_number_taken", card=mask_card(number)) from None
    card.refresh_from_db()
    return card


def add_member(
    *, household: Household, person: Person, relation: str, on: date, is_head: bool = False
) -> Membership:
    """A person joins a family from a day on. Refused: person_on_other_card, family_is_changing."""
    refuse_second_card(person=person, on=on)
    last = Membership.objects.filter(household=household).aggregate(last=Max("line"))["last"] or 0
    try:
        with transaction.atomic():
            made = Membership.objects.create(
                household=household, person=person, line=last + 1, relation=relation, is_head=is_head,
                during=(on, None),
            )  # fmt: skip
            indexing.refresh([person.pk])
            return made
    except IntegrityError:
        # Two officers in one moment, or two families: the database keeps a person in one family at a time.
        refuse_second_card(person=person, on=on)
        raise Refused("family_is_changing") from None


def refuse_second_card(*, person: Person, on: date) -> None:
    """Let nobody join a second family while still of one (R-CRD-22). Refused: person_on_other_card."""
    held = Membership.objects.filter(person=person, during__overlap=(on, None)).first()
    if held is None:
        return
    card = Card.objects.filter(household=held.household_id, during__overlap=(on, None)).first()
    raise Refused("person_on_other_card", person=person.name, card=mask_card(card.number) if card else "")


def free_from(*, person: Person, on: date) -> date:
    """From which day on a person may join a family: a name or a whole card that ends leaves nobody without one.

    Refused: person_on_other_card.
    """
    day = on
    for held in Membership.objects.filter(person=person, during__overlap=(on, None)):
        cards = Card.objects.filter(household=held.household_id, during__overlap=(on, None))
        # Of a card that ends and the next one of the same family the next one counts.
        card = cards.order_by("-during").first()
        ends = [one for one in (held.during.upper, card.during.upper if card else on) if one is not None]
        if not ends:
            raise Refused(
                "person_on_other_card", person=person.name, card=mask_card(card.number) if card else ""
            )
        day = max(day, min(ends))
    return day


def end_member(membership: Membership, *, on: date, decision: Decision) -> Ending:
    """A person leaves a family; `on` is the first day outside. Of a head another member takes the place.

    Refused: has_ended.
    """
    ended = _end(membership, on, decision, Ending.What.MEMBERSHIP)
    staying = list(
        Membership.objects.filter(household=membership.household_id, during__contains=on)
        .select_related("person")
        .order_by("line")
    )
    if membership.is_head and staying:
        place = head_of([(one.person.sex, _age(one.person, on)) for one in staying], on=on) or 0
        change_head(membership.household, line=staying[place].line, on=on)
    return ended


def _age(person: Person, on: date) -> int | None:
    if person.born_on:
        born = person.born_on
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return on.year - person.birth_year if person.birth_year else None


def end_card(card: Card, *, on: date, decision: Decision) -> Ending:
    """A card ends; `on` is the first day without it. Its people stay one family. Refused: has_ended."""
    ended = _end(card, on, decision, Ending.What.CARD)
    for held in CardCategory.objects.filter(card=card, during__overlap=(on, None)):
        _end(held, on, decision, Ending.What.CATEGORY)
    return ended


def change_category(card: Card, category: str, *, on: date, decision: Decision) -> Ending | None:
    """The card has another category from a day on; None where it has it already. Refused: has_ended."""
    held = CardCategory.objects.select_for_update().filter(card=card, during__contains=on).first()
    if held is None:
        raise Refused("has_ended")
    if held.category == category:
        return None
    ended = _end(held, on, decision, Ending.What.CATEGORY)
    CardCategory.objects.create(card=card, category=category, during=(on, None))
    return ended


def move(household: Household, *, place: Place | None = None, address: str | None = None) -> None:
    """The family lives somewhere else."""
    if place is not None:
        Household.objects.filter(pk=household.pk).update(place=place)
    if address is not None:
        Household.objects.filter(pk=household.pk).update(address=address)


def change_shop(card: Card, shop: str) -> None:
    """The card is tagged to another shop (R-CRD-24)."""
    Card.objects.filter(pk=card.pk).update(shop_number=shop)


def change_head(household: Household, *, line: int, on: date) -> None:
    """Another member is head of the family. Refused: no_such_member."""
    living = Membership.objects.filter(household=household, during__contains=on)
    if not living.filter(line=line).exists():
        raise Refused("no_such_member", line=line)
    living.filter(is_head=True).exclude(line=line).update(is_head=False)
    living.filter(line=line).update(is_head=True)


@transaction.atomic
def take_back(ending: Ending, *, by: str, at: datetime, why: str) -> None:
    """What had ended goes on as if it never had, with everything that ended by the same decision.

    Refused: ending_taken_back, person_on_other_card, family_has_living_card, card_has_other_category.
    """
    together = Ending.objects.filter(ground=ending.ground, key=ending.key, undone_at=None)
    rows = list(together.select_related("card", "membership__person", "category"))
    if together.update(undone_by=by, undone_at=at, undone_why=why) == 0:
        raise Refused("ending_taken_back")
    for one in rows:
        _go_on(one)


def _go_on(ending: Ending) -> None:
    row = cast(Dated, ending.card or ending.membership or ending.category)
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(during=(row.during.lower, None))
            if isinstance(row, Membership) and row.is_head:
                # Who took the place in the meantime gives it back.
                change_head(row.household, line=row.line, on=ending.on)
    except IntegrityError:
        if isinstance(row, Membership):
            refuse_second_card(person=row.person, on=ending.on)
        if isinstance(row, Card):
            _refuse_second_living(row.household, ending.on)
        raise Refused("card_has_other_category") from None


def _refuse_second_living(household: Household, on: date) -> None:
    held = Card.objects.filter(household=household, during__overlap=(on, None)).first()
    if held:
        raise Refused("family_has_living_card", card=mask_card(held.number))


def _end(row: Dated, on: date, decision: Decision, what: Ending.What) -> Ending:
    """Write the decision down, then end the row: the database asks for both in one transaction."""
    made = Ending.objects.create(
        what=what, on=on, ground=decision.ground, key=decision.key, reason=decision.reason, by=decision.by,
        confirmed_by=decision.confirmed_by, at=decision.at, **{str(what): row},
    )  # fmt: skip
    living = type(row)._default_manager.filter(pk=row.pk, during__upper_inf=True)
    if living.update(during=(row.during.lower, on)) != 1:
        raise Refused("has_ended")
    return made
