"""What other apps show of a family and offer to do with it: each registers its own, in the order they are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from rasad.accounts import access
from rasad.accounts.models import User
from rasad.registry.models import Card


@dataclass(frozen=True)
class Row:
    """One thing in a panel: what it is, how it stands (`tone`: good, wait or plain), where to read on."""

    text: str
    status: str = ""
    tone: str = "plain"
    on: date | datetime | None = None
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Panel:
    """A heading and its rows, the newest first; `empty` is said where there is none."""

    title: Promise | str
    rows: tuple[Row, ...]
    empty: Promise | str


@dataclass(frozen=True)
class Act:
    """Something to do with a family: an address made from its card, for whoever holds the capability."""

    label: Promise | str
    url: Callable[[Card], str]
    needs: str


# `reader` is None on the family's own page. None for an answer: nothing is shown, not even that there is nothing.
PANELS: dict[str, Callable[[Card, User | None], Panel | None]] = {}
ACTS: list[Act] = []
# What the family itself may do from its own page: label and address.
OWN_ACTS: list[Act] = []


def panels(card: Card, reader: User | None) -> list[Panel]:
    """The panels of a card for one reader."""
    made = (make(card, reader) for make in PANELS.values())
    return [panel for panel in made if panel is not None]


def acts(card: Card, reader: User) -> list[tuple[str, str]]:
    """Label and address of all that this reader may do with a card."""
    return [(str(act.label), act.url(card)) for act in ACTS if access.may(reader, act.needs)]


def own_acts(card: Card) -> list[tuple[str, str]]:
    """Label and address of all that the family itself may do."""
    return [(str(act.label), act.url(card)) for act in OWN_ACTS]
