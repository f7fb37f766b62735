"""A pair on one screen: both people with their families, what differs sign by sign, and where they live."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

import regex  # type: ignore[import-untyped]
from django.db.models import Count, QuerySet

from rasad.matching.models import Judgement, Pair
from rasad.registry.models import Card, CardCategory, Membership, Person
from rasad.relief import likeness
from rasad.values.aadhaar import mask_card, masked
from rasad.web.language import in_language
from rasad.web.maps import Map, Mark, drawn

# A letter with its vowel signs is one sign to a reader, whatever it is to a computer.
_SIGNS = regex.compile(r"\X")


@dataclass(frozen=True)
class Piece:
    """A part of a text: the same on both sides, or not."""

    text: str
    is_same: bool


@dataclass(frozen=True)
class Side:
    """One person of a pair and the family around."""

    card: str
    category: str
    place: str
    address: str
    name: Sequence[Piece]
    guardian: Sequence[Piece]
    born: Sequence[Piece]
    sex: str
    mobile: str
    aadhaar: str
    since: date | None
    others: Sequence[str]


@dataclass(frozen=True)
class Quality:
    """How often two officers who did not know of each other judged a pair alike."""

    repeats: int
    agreed: int


def difference(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Two texts in pieces, same and different, cut between whole signs of any script."""
    left, right = _SIGNS.findall(one), _SIGNS.findall(other)
    told: tuple[list[Piece], list[Piece]] = ([], [])
    for what, a, b, c, d in SequenceMatcher(
        None, [x.lower() for x in left], [x.lower() for x in right]
    ).get_opcodes():
        for pieces, signs in ((told[0], left[a:b]), (told[1], right[c:d])):
            if signs:
                pieces.append(Piece("".join(signs), what == "equal"))
    return told


def sides(pair: Pair, *, on: date) -> tuple[Side, Side]:
    """Both people, with what differs marked."""
    names = difference(pair.left.name, pair.right.name)
    guardians = difference(pair.left.guardian_name, pair.right.guardian_name)
    births = difference(_born(pair.left), _born(pair.right))
    return (
        _side(pair.left, pair.left_card, names[0], guardians[0], births[0], on),
        _side(pair.right, pair.right_card, names[1], guardians[1], births[1], on),
    )


def reasons(pair: Pair) -> list[likeness.Compared]:
    """What speaks for and against one person, in words."""
    return likeness.compared(pair.reasons)


def where(pair: Pair) -> Map | None:
    """A map of the two homes; nothing where neither has a point."""
    marks = [
        Mark(place.latitude, place.longitude, "shop", in_language(place.name, place.name_hi), label=label)
        for label, place in (("1", pair.left_card.household.place), ("2", pair.right_card.household.place))
        if place.latitude is not None and place.longitude is not None
    ]
    return drawn([], marks) if len(marks) == len((pair.left, pair.right)) else None


def counts(pairs: QuerySet[Pair]) -> dict[str, int]:
    """How many pairs there are in each state; one question."""
    return dict(pairs.order_by().values_list("state").annotate(count=Count("pk")))


def quality(pairs: QuerySet[Pair]) -> Quality:
    """How the blind repeats came out."""
    repeats = Judgement.objects.filter(pair__in=pairs, is_repeat=True).select_related("pair")
    judged = {Judgement.Verdict.SAME: ("same", "confirmed"), Judgement.Verdict.DIFFERENT: ("different",)}
    told = [one.pair.state in judged.get(Judgement.Verdict(one.verdict), ()) for one in repeats]
    return Quality(len(told), sum(told))


def with_all(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with the people, cards and places their page shows."""
    return pairs.select_related(
        "left", "right", "left_card__household__place", "right_card__household__place"
    )


def fresh(pair: Pair) -> Pair:
    """The pair as it is now, with all that its page shows."""
    return with_all(Pair.objects.filter(pk=pair.pk)).get()


def _side(
    person: Person, card: Card, name: list[Piece], guardian: list[Piece], born: list[Piece], on: date
) -> Side:
    home = card.household.place
    living = Membership.objects.filter(household=card.household_id, during__contains=on).select_related(
        "person"
    )
    held = [one for one in living if one.person_id == person.pk]
    category = CardCategory.objects.filter(card=card, during__contains=on).values_list("category", flat=True)
    return Side(
        card=mask_card(card.number), category=category.first() or "", place=in_language(home.name, home.name_hi),
        address=card.household.address, name=name, guardian=guardian, born=born, sex=str(person.get_sex_display()),
        mobile=f"…{person.mobile[-4:]}" if person.mobile else "",
        aadhaar=masked(person.aadhaar_last4) if person.aadhaar_last4 else "",
        since=held[0].during.lower if held else None,
        others=[one.person.name for one in living if one.person_id != person.pk],
    )  # fmt: skip


def _born(person: Person) -> str:
    if person.born_on:
        return f"{person.born_on:%d.%m.%Y}"
    return str(person.birth_year or "")
