"""The form of timeline.yaml: events, the programmes they began, areas and features."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from rasad.policy.packs import Form, MisplacedError
from rasad.policy.rows import Code, Exact, Row, Rule, Text

Precision = Literal["day", "month", "year", "financial_year", "decade"]
Programme = Literal["general_pds", "rpds", "tpds", "nfsa"]


class Event(Rule):
    """Something that happened. `from: null` where the document gives no beginning."""

    id: str = Field(pattern=r"^[a-z0-9_.]+$")
    name: Text
    first_day: date | None = Field(alias="from")
    last_day: date | None = Field(alias="to")
    precision: Precision = "day"
    # The programme that ruled from this event on.
    programme: Programme | None = None
    figures: dict[str, Exact] = {}

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise MisplacedError(f"{self.id} ends on {self.last_day}, before its first day", "to")
        return self

    def holds_on(self, on: date) -> bool:
        """Whether the event lasts on a day; one without a beginning always did."""
        return (self.first_day is None or self.first_day <= on) and (
            self.last_day is None or on <= self.last_day
        )


class Area(Row):
    """A kind of area, or a feature of the programme, that other rows can refer to by its code."""

    value: Code
    unit: Literal["programme", "special_area", "feature"]
    name: Text


class TimelineFile(Form):
    """timeline.yaml."""

    events: tuple[Event, ...]
    areas: tuple[Area, ...]
    special_areas: tuple[Area, ...]
    features: tuple[Area, ...]

    @model_validator(mode="after")
    def _one_programme_after_the_other(self) -> Self:
        began: date | None = None
        for number, event in enumerate(self.events):
            if event.programme is None:
                continue
            if event.first_day is None and began is not None:
                problem = "only the first programme may be without a first day"
                raise MisplacedError(problem, "events", number, "from")
            if began and event.first_day and event.first_day <= began:
                problem = f"{event.id} begins before the programme in front of it"
                raise MisplacedError(problem, "events", number, "from")
            began = event.first_day or date.min
        return self
