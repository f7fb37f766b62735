"""Who may be on a ration card, and which cards must be told apart at a glance."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, StrictBool

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, read
from rasad.policy.rows import Code, Row, Text

NAME = "cards.yaml"


class Holder(Row):
    """Whose a card is. `age_limit` null: nobody is too young or too old to be on it."""

    value: Literal["family_or_individual"]
    unit: Literal["holder"]
    every_member: StrictBool
    age_limit: int | None
    name: Text


class Distinct(Row):
    """Categories whose card looks different, and in what; `colour` null where the document names none."""

    category: tuple[Code, ...]
    by: Literal["colour", "form"]
    colour: str | None
    name: Text


class Colour(Row):
    """The paper a category's card is printed on."""

    category: tuple[Code, ...]
    value: str = Field(pattern=r"^#[0-9a-f]{6}$")
    name: Text


class CardFile(Form):
    """cards.yaml."""

    holder: Holder | None = None
    distinct: tuple[Distinct, ...] = ()
    colours: tuple[Colour, ...] = ()


def distinct(category: str, *, state: str, on: date) -> tuple[Distinct, ...]:
    """The rows of a State and of the Union that make a category's card look different on a day."""
    rows = (*cards("IN").distinct, *cards(state).distinct) if state != "IN" else cards("IN").distinct
    return tuple(row for row in rows if category in row.category and row.holds_on(on))


def colour_of(category: str, *, state: str, on: date) -> Colour | None:
    """The colour of a category's card in a State on a day; the Union's where the State names none."""
    rows = (*cards(state).colours, *cards("IN").colours)
    return next((row for row in rows if category in row.category and row.holds_on(on)), None)


def cards(state: str) -> CardFile:
    """The rules on cards of a jurisdiction; none where its folder has no cards.yaml. Raises Refused("bad_pack")."""
    path = folder_of(state) / NAME
    return _cards(path) if path.is_file() else CardFile()


@cache
def _cards(path: Path) -> CardFile:
    return read(path, CardFile)
