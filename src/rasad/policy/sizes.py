"""Numbers that depend on how many members a card has."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from rasad.policy.packs import Form, MisplacedError
from rasad.policy.rows import Exact


@dataclass(frozen=True)
class Sizes:
    """Cards from `first` members on, to `last`; None: and more."""

    first: int
    last: int | None


class Table(Form):
    """A number for each size of card from 1 on, and what holds beyond the last that is written.

    `beyond` left out: the rule does not speak of larger cards.
    """

    members: dict[int, Exact] = Field(min_length=1)
    beyond: Exact | None = None

    @model_validator(mode="after")
    def _no_gap(self) -> Self:
        if sorted(self.members) != list(range(1, len(self.members) + 1)):
            raise MisplacedError("write each size once, from 1 on, without a gap", "members")
        return self

    def at(self, members: int) -> Decimal | None:
        """The number for a card of this size; None where the rule does not speak of it."""
        return self.members.get(members, self.beyond)

    def sizes_like(self, members: int) -> Sizes:
        """The sizes around this one that have the same number."""
        last_written = len(self.members)
        first = min(members, last_written + 1)
        same = self.at(members)
        while first > 1 and self.at(first - 1) == same:
            first -= 1
        last = members
        while last <= last_written and self.at(last + 1) == same:
            last += 1
        return Sizes(first, None if last > last_written else last)
