"""Two records side by side: what a family says of itself, and the card that stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from rasad.registry.models import Card, CardCategory, Membership
from rasad.relief.models import Review, RowPerson, SourceRow, TokenMember
from rasad.relief.queries.names import in_language, names
from rasad.values.aadhaar import mask_card


@dataclass(frozen=True)
class PersonTold:
    """One person of a record. `is_shared`: the same Aadhaar reference stands on both records."""

    name: str
    guardian: str
    sex: str
    age: int | None
    is_shared: bool


@dataclass(frozen=True)
class Record:
    """One side: what it is called, where the family lives, and who belongs to it."""

    title: str
    place: str
    address: str
    mobile: str
    family_id: str
    people: Sequence[PersonTold]


@dataclass(frozen=True)
class Sides:
    """Both sides; without a card where none was found or it is no longer in the register."""

    family: Record
    card: Record | None
    category: str


def of_row(row: SourceRow, *, on: date) -> Sides:
    """A refused row beside the card it was found on."""
    people = list(row.people.all())
    known, category, references = _card(
        row.found_card, on, {bytes(one.aadhaar_ref) for one in people if one.aadhaar_ref}
    )
    found = names(districts=[row.district_code], places=[row.place_code])
    family = Record(
        row.reference,
        _place(
            found.place(row.place_code) if row.place_code else row.place_name,
            found.district(row.district_code),
        ),
        row.address,
        row.mobile,
        row.family_id,
        [_of_row(one, on, references) for one in people],
    )
    return Sides(family, known, category)


def of_review(review: Review, *, on: date) -> Sides:
    """A token beside the card its family resembles."""
    token = review.token
    people = list(token.members.all())
    known, category, references = _card(
        review.card_number, on, {bytes(one.aadhaar_ref) for one in people if one.aadhaar_ref}
    )
    found = names(districts=[token.district_code], places=[token.place_code])
    family = Record(
        token.number,
        _place(
            found.place(token.place_code) if token.place_code else token.place_name,
            found.district(token.district_code),
        ),
        token.address,
        token.mobile,
        "",
        [_of_token(one, references) for one in people],
    )
    return Sides(family, known, category or review.card_category)


def _card(number: str, on: date, others: set[bytes]) -> tuple[Record | None, str, set[bytes]]:
    """The card, its category on the day, and the references that stand on it."""
    card = Card.objects.select_related("household__place").filter(number=number).first() if number else None
    if card is None:
        return None, "", set()
    living = Membership.objects.filter(household=card.household_id, during__contains=on)
    members = list(living.select_related("person").order_by("line"))
    references = {bytes(one.person.aadhaar_ref) for one in members if one.person.aadhaar_ref}
    home = card.household.place
    record = Record(
        mask_card(card.number),
        in_language(home.name, home.name_hi),
        card.household.address,
        next((one.person.mobile for one in members if one.person.mobile), ""),
        card.household.family_id or "",
        [
            PersonTold(
                one.person.name,
                one.person.guardian_name,
                one.person.sex,
                _age(one.person.born_on.year if one.person.born_on else one.person.birth_year, on),
                bool(one.person.aadhaar_ref) and bytes(one.person.aadhaar_ref or b"") in others,
            )
            for one in members
        ],
    )
    held = Q(card=card, during__contains=on)
    category = CardCategory.objects.filter(held).values_list("category", flat=True).first() or ""
    return record, category, references


def _of_row(one: RowPerson, on: date, shared: set[bytes]) -> PersonTold:
    year = one.born_on.year if one.born_on else one.birth_year
    return PersonTold(one.name, one.guardian_name, one.sex, _age(year, on), _is_in(one.aadhaar_ref, shared))


def _of_token(one: TokenMember, shared: set[bytes]) -> PersonTold:
    return PersonTold(one.name, one.relation, one.sex, one.age, _is_in(one.aadhaar_ref, shared))


def _is_in(reference: bytes | memoryview | None, shared: set[bytes]) -> bool:
    return reference is not None and bytes(reference) in shared


def _age(year: int | None, on: date) -> int | None:
    return on.year - year if year else None


def _place(place: str, district: str) -> str:
    return ", ".join(part for part in (place, district) if part)
