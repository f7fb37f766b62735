"""The twin's made-up cards: the form of cards.yaml."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import yaml
from msgspec import Struct

from rasad.connectors.aadhaar.residents import vid
from rasad.connectors.impds.wire import HomeMember, Lift
from rasad.values.month import INDIA, Month

CARDS = Path(__file__).with_name("cards.yaml")


class MadeUpMember(Struct, frozen=True, forbid_unknown_fields=True):
    """A person on a made-up card; `uid` is a published test number of UIDAI."""

    name: str
    uid: str = ""
    is_linked: bool = True
    is_validated: bool = True


class MadeUpLift(Struct, frozen=True, forbid_unknown_fields=True):
    """Something lifted every month before the first question is asked."""

    state: str
    shop: str
    commodity: str
    grams: int
    on: Literal["first_of_month", "yesterday"] = "first_of_month"


class MadeUpCard(Struct, frozen=True, forbid_unknown_fields=True):
    """A made-up card: `foodgrain` and `other` are grams a month by commodity."""

    state: str
    number: str
    category: str
    shop: str
    members: tuple[MadeUpMember, ...]
    foodgrain: dict[str, int]
    other: dict[str, int] = {}
    is_nfsa: bool = True
    is_linked: bool = True
    is_validated: bool = True
    is_active: bool = True
    lifted: tuple[MadeUpLift, ...] = ()
    about: str = ""


@cache
def made_up_cards(path: Path = CARDS) -> tuple[MadeUpCard, ...]:
    """The cards of a file."""
    return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), tuple[MadeUpCard, ...])


def uid_token(uid: str) -> str:
    """What a home State gives out for a number: the twin of Aadhaar knows the person by it."""
    return vid(uid) if uid else ""


def member(line: int, one: MadeUpMember) -> HomeMember:
    """A member as another State may see them."""
    return HomeMember(
        line=line,
        name=" ".join(masked(part) for part in one.name.split()),
        is_linked=one.is_linked,
        is_validated=one.is_validated,
        uid_token=uid_token(one.uid) if one.is_linked else "",
    )


def masked(part: str) -> str:
    """A part of a name as another State may see it: its first two letters."""
    return part[:2] + "*" * max(len(part) - 2, 0)


def made_up(lift: MadeUpLift, month: Month, at: datetime) -> Lift:
    """A lift of every month in this one."""
    yesterday = at.astimezone(INDIA).date() - timedelta(days=1)
    within = month.first_day <= yesterday <= month.last_day
    on = yesterday if lift.on == "yesterday" and within else month.first_day
    return Lift(on=on, state=lift.state, shop=lift.shop, commodity=lift.commodity, grams=lift.grams)
