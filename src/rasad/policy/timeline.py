"""The history of public distribution: what happened when, which programme ruled on a day, and where it worked."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, MisplacedError, read
from rasad.policy.rows import Code, Exact, Row, Rule, Text, in_force
from rasad.values.reason import Reason
from rasad.values.refused import Refused

NAME = "timeline.yaml"
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


def timeline() -> tuple[Event, ...]:
    """Every event of the Union's history, in the order of the document's days."""
    return _timeline(folder_of("IN") / NAME).events


def scheme_on(on: date) -> tuple[Event, tuple[Reason, ...]]:
    """The programme that ruled on a day, the latest begun of those that lasted, and the row that says so.

    Raises Refused("before_first_rule") for a day before the earliest the document dates.
    """
    events = timeline()
    first = min(event.first_day for event in events if event.first_day)
    if on < first:
        raise Refused("before_first_rule", subject="programme", on=on, first_day=first)
    ruled = [event for event in events if event.programme and event.holds_on(on)]
    found = max(ruled, key=lambda event: event.first_day or date.min)
    facts = {"programme": found.name, "on": on}
    return found, (found.reason("programme_ruled", found.id, **facts),)


def programmes_on(on: date) -> tuple[Event, ...]:
    """Every programme that lasted on a day, the one that ruled first: TPDS goes on under the Act."""
    ruled = [event for event in timeline() if event.programme and event.holds_on(on)]
    return tuple(sorted(ruled, key=lambda event: event.first_day or date.min, reverse=True))


def areas(kind: Literal["areas", "special_areas", "features"], *, on: date) -> Sequence[Area]:
    """The area programmes, the special areas or the features of RPDS in force on a day."""
    found: Sequence[Area] = getattr(_timeline(folder_of("IN") / NAME), kind)
    return in_force(found, on=on, subject=kind)


@cache
def _timeline(path: Path) -> TimelineFile:
    return read(path, TimelineFile)
