"""The form of what portals say to each other: pages of rows, pushed items, an answer for each."""

from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

T = TypeVar("T")

Code = Annotated[str, Meta(min_length=1, max_length=40)]
Text = Annotated[str, Meta(max_length=250)]
Name = Annotated[str, Meta(max_length=120)]
# What families gave is as untidy here as in a file: one bad telephone must not stop a State's list. The run that
# reads it reports what it cannot use.
Mobile = Annotated[str, Meta(max_length=30)]
Sex = Annotated[str, Meta(max_length=10)]
Category = Annotated[str, Meta(max_length=30)]
District = Annotated[str, Meta(max_length=80)]
Age = Annotated[int, Meta(ge=-1_000, le=10_000)]
Reference = Annotated[str, Meta(min_length=1, max_length=80)]
MonthText = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}$")]
TokenNumber = Annotated[str, Meta(pattern=r"^\d{14}$")]
AadhaarRef = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$")]
Moment = Annotated[datetime, Meta(tz=True)]
Grams = Annotated[int, Meta(ge=0, le=10_000_000_000)]


class Page(Struct, Generic[T], frozen=True, kw_only=True):
    """Rows in their order, where the next page begins, and whether there is one now.

    `next` is to be kept also after the last page: rows that come later follow there.
    """

    rows: list[T]
    next: str
    more: bool = False


class Item(Struct, Generic[T], frozen=True, kw_only=True):
    """One thing that is pushed. `id` makes it one, however often it comes; `about` keeps an order.

    `version` grows with each item about the same thing: one that comes after a later one is not taken. 0: not counted.
    """

    id: Annotated[str, Meta(min_length=8, max_length=64)]
    about: Reference
    body: T
    version: Annotated[int, Meta(ge=0)] = 0


class Pushed(Struct, Generic[T], frozen=True, kw_only=True):
    """A batch, of each thing one item at most."""

    items: Annotated[list[Item[T]], Meta(min_length=1, max_length=500)]


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one item."""

    id: str
    outcome: Literal["accepted", "already", "refused"]
    code: str = ""
    detail: str = ""
    facts: dict[str, str] = {}


class Outcomes(Struct, frozen=True, kw_only=True):
    """What became of every item of a batch."""

    outcomes: list[Outcome]


class NoSaid(Struct, frozen=True, kw_only=True):
    """A request that is not taken at all."""

    code: Annotated[str, Meta(max_length=60)]


class Person(Struct, frozen=True, kw_only=True):
    """One person of a family. Of an Aadhaar number only the reference travels."""

    line: Annotated[int, Meta(ge=1, le=200)]
    name: Name
    guardian_name: Name = ""
    relation: Annotated[str, Meta(max_length=30)] = ""
    sex: Sex = ""
    born_on: date | None = None
    age: Age | None = None
    mobile: Mobile = ""
    aadhaar_ref: AadhaarRef = ""


class Family(Struct, frozen=True, kw_only=True):
    """A family as a portal has it: its own reference, where it lives, who belongs to it."""

    reference: Reference
    district: District
    place: Annotated[str, Meta(max_length=12)] = ""
    place_name: Name = ""
    address: Text = ""
    received_on: date | None = None
    mobile: Mobile = ""
    family_id: Annotated[str, Meta(max_length=20)] = ""
    card_number: Annotated[str, Meta(max_length=20)] = ""
    members: tuple[Person, ...] = ()


# Any: what is made of a form while running has no type before.
_PAGE: Any = Page
_PUSHED: Any = Pushed


def pages(form: type[Struct]) -> Any:
    """The form of a page of such rows."""
    return _PAGE[form]


def pushes(form: type[Struct]) -> Any:
    """The form of a batch of such things."""
    return _PUSHED[form]


def encoded(message: Struct) -> bytes:
    """A message as it is sent."""
    return msgspec.json.encode(message)
