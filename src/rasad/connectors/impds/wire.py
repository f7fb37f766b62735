"""What States say to each other about a card: the form of every request and answer. Described in openapi.yaml."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

StateCode = Annotated[str, Meta(pattern=r"^IN-[A-Z]{2}$")]
MonthText = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}$")]
# What others write goes into tables and onto receipts: no control characters, and nothing without end.
_PLAIN = r"^[^\x00-\x1f\x7f]*\Z"
Number = Annotated[str, Meta(min_length=1, max_length=20, pattern=_PLAIN)]
Words = Annotated[str, Meta(max_length=200, pattern=_PLAIN)]
Commodity = Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,40}$")]
Some = Annotated[int, Meta(gt=0, le=10_000_000)]
Quantity = Annotated[int, Meta(ge=0, le=10_000_000)]
Moment = Annotated[datetime, Meta(tz=True)]


class Ask(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a State may ask another one."""


class CardAsked(Ask, frozen=True, kw_only=True):
    """Which card, and what is left on it in a month? By its number, or by a member's reference."""

    number: Number | None = None
    aadhaar_ref: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")] | None = None
    month: MonthText

    def __post_init__(self) -> None:
        if (self.number is None) == (self.aadhaar_ref is None):
            raise ValueError("either number or aadhaar_ref")


class ReserveAsked(Ask, frozen=True, kw_only=True):
    """Keep so many grams of each commodity for a shop until a moment, which is the first at which they are free.

    `at` is now by the asking State's clock: its clock and the home State's need not agree.
    """

    reservation: UUID
    state: StateCode
    card: Number
    month: MonthText
    lines: Annotated[dict[Commodity, Some], Meta(min_length=1, max_length=20)]
    shop: Annotated[str, Meta(min_length=1, max_length=120, pattern=_PLAIN)]
    at: Moment
    until: Moment

    @property
    def keep_for(self) -> timedelta:
        """How long from its arrival on."""
        return self.until - self.at

    @property
    def is_for(self) -> tuple[object, ...]:
        """What makes two requests with one id the same reservation: all but the hours."""
        return self.state, self.card, self.month, self.lines, self.shop


class PostAsked(Ask, frozen=True, kw_only=True):
    """What was reserved has been sold."""

    reservation: UUID
    at: Moment


class VoidAsked(Ask, frozen=True, kw_only=True):
    """What was reserved will not be sold, and is free again."""

    reservation: UUID


class HomeMember(Struct, frozen=True, kw_only=True):
    """A member of a card. The token stands for the Aadhaar number when a finger is compared; empty: not linked."""

    line: Annotated[int, Meta(ge=1, le=99)]
    name: Words
    is_linked: bool
    is_validated: bool
    uid_token: Annotated[str, Meta(max_length=80, pattern=r"^[!-~]*\Z")] = ""


class HomeLine(Struct, frozen=True, kw_only=True):
    """What a card has of a commodity in a month, and what is left of it, in grams (or ml)."""

    commodity: Commodity
    kind: Literal["foodgrain", "other"]
    full: Quantity
    left: Quantity


class Lift(Struct, frozen=True, kw_only=True):
    """A part of the month that was lifted already: when, in which State, at which shop."""

    on: date
    state: StateCode
    shop: Words
    commodity: Commodity
    grams: Quantity


class HomeCard(Struct, frozen=True, kw_only=True):
    """A card as its home State knows it. Facts only: whether it is served is for the State of the shop to say."""

    state: StateCode
    number: Number
    category: Annotated[str, Meta(max_length=12, pattern=_PLAIN)]
    is_nfsa: bool
    is_linked: bool
    is_validated: bool
    is_active: bool
    month: MonthText
    members: Annotated[tuple[HomeMember, ...], Meta(max_length=99)]
    lines: Annotated[tuple[HomeLine, ...], Meta(max_length=50)]
    lifts: tuple[Lift, ...] = ()
    # The last day on which anything was lifted outside the home State, in this month or before.
    last_away_on: date | None = None

    def line(self, commodity: str) -> HomeLine | None:
        """What the card has of a commodity; None if it has none."""
        return next((line for line in self.lines if line.commodity == commodity), None)


class Reserved(Struct, frozen=True, kw_only=True):
    """So much is kept, and what is left beside it."""

    reservation: UUID
    state: StateCode
    card: Number
    month: MonthText
    lines: dict[Commodity, Quantity]
    left: dict[Commodity, Quantity]
    until: Moment


class Settled(Struct, frozen=True, kw_only=True):
    """How a reservation ended."""

    reservation: UUID
    outcome: Literal["posted", "voided"]


class NoSaid(Struct, frozen=True, kw_only=True):
    """An expected no: its code, and for `impds_balance_changed` the grams left of each commodity asked for."""

    code: str
    balance: dict[Commodity, Quantity] = {}


ASKS: dict[str, type[Ask]] = {
    "card": CardAsked,
    "reserve": ReserveAsked,
    "post": PostAsked,
    "void": VoidAsked,
}
ROOT = "/impds/v1/"


def path_of(ask: Ask) -> str:
    """Where an ask is sent."""
    return ROOT + next(name for name, form in ASKS.items() if type(ask) is form)


def form_of(path: str) -> type[Ask] | None:
    """What may be asked at a path; None for a path that is not ours."""
    head, _, name = path.rpartition("/")
    return ASKS.get(name) if f"{head}/".endswith(ROOT) else None


def encoded(message: Struct) -> bytes:
    """A message as it is sent."""
    return msgspec.json.encode(message)
