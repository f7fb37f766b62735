"""What the database of ration cards tells."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from rasad.connectors.exchange.wire import AadhaarRef, Code, Mobile, Name, Reference, Sex


class CardPerson(Struct, frozen=True, kw_only=True):
    """One person on a card."""

    line: Annotated[int, Meta(ge=1, le=200)]
    name: Name
    guardian_name: Name = ""
    sex: Sex = ""
    born_on: date | None = None
    birth_year: int | None = None
    mobile: Mobile = ""
    aadhaar_ref: AadhaarRef = ""


class RegisterCard(Struct, frozen=True, kw_only=True):
    """A ration card with its category, its place and its people. `ended_on`: the first day it no longer served."""

    card_number: Reference
    category: Code
    district: Code
    issued_on: date
    place: Annotated[str, Meta(max_length=12)] = ""
    family_id: Annotated[str, Meta(max_length=20)] = ""
    ended_on: date | None = None
    members: tuple[CardPerson, ...] = ()
