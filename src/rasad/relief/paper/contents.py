"""What a printed token says, as plain facts. Both languages where a text is in both."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise

Layout = Literal["a5", "a4-two-up"]
Point = tuple[float, float]


@dataclass(frozen=True)
class Words:
    """One thing said in Hindi and in English; where only one is known it stands for both."""

    hi: str
    en: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "hi", self.hi or self.en)
        object.__setattr__(self, "en", self.en or self.hi)


@dataclass(frozen=True)
class Edition:
    """What is the same on every token of a scheme."""

    title: Words
    government: Words
    first_day: date
    last_day: date
    helpline: str
    # The officer who hears complaints and names a shop where none was found.
    officer: Words


@dataclass(frozen=True)
class Member:
    """A person on the token. `relation` as the source wrote it; no age where none is known."""

    name: str
    relation: str
    age: int | None


@dataclass(frozen=True)
class Ration:
    """A commodity and, for each month of the token, its quantity and its price a kilogram."""

    commodity: Words
    per_month: tuple[tuple[Grams, Paise], ...]


@dataclass(frozen=True)
class ShopOnPaper:
    """Where to go. Points are (latitude, longitude); the distance is in metres as the crow flies."""

    number: str
    name: Words
    place: Words
    address: str
    at: Point | None = None
    home: Point | None = None
    distance_m: int | None = None
    is_own_place: bool = False


@dataclass(frozen=True)
class TokenPaper:
    """One token to print. Without a shop it says who will name one. `signed` is the text of its QR code."""

    number: str
    edition: Edition
    holder: str
    members: tuple[Member, ...]
    place: Words
    district: Words
    months: tuple[Month, ...]
    issued_on: date
    rations: tuple[Ration, ...]
    shop: ShopOnPaper | None
    signed: str
