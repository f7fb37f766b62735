"""The forms of festival_extras.yaml and overrides.yaml: more for a season, figures from elsewhere."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from rasad.policy.applies import Applies
from rasad.policy.packs import Form, MisplacedError
from rasad.policy.rows import Code, Exact, Quotation, Row, Text
from rasad.policy.scales import Section, Unit


class FestivalExtra(Row):
    """More of a commodity in a festival season; the public was told before its first day."""

    value: Exact
    unit: Unit
    applies: Applies
    section: Section = "state"
    scheme: Code = "STATE"
    announced_on: date

    @model_validator(mode="after")
    def _told_before(self) -> Self:
        if self.announced_on >= self.first_day:
            raise MisplacedError(f"{self.id} begins before the public was told of it", "announced_on")
        return self


class FestivalFile(Form):
    """festival_extras.yaml: the State's promise to tell, and each extra supply as it was told."""

    promise: Text
    source: Quotation
    rows: tuple[FestivalExtra, ...] = ()


class Override(Form):
    """What other sources say than the documents the packs stand on: off unless switched on here.

    One that `replaces` a row has its `value` for these categories in place of the row's, while it holds.
    """

    id: str = Field(pattern=r"^[a-z0-9_.]+$")
    enabled: bool
    what: Text
    reference: str
    first_day: date | None = Field(default=None, alias="from")
    last_day: date | None = Field(default=None, alias="to")
    replaces: str | None = None
    category: tuple[Code, ...] = ()
    value: Exact | None = None

    def holds_on(self, on: date) -> bool:
        """Whether it is switched on and in force on a day."""
        begun = self.first_day is None or self.first_day <= on
        return self.enabled and begun and (self.last_day is None or on <= self.last_day)


class OverrideFile(Form):
    """overrides.yaml."""

    rows: tuple[Override, ...]
