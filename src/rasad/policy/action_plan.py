"""The Nine Point Action Plan, what was reported on each point, and other counts of the same report."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, model_validator

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, MisplacedError, read
from rasad.policy.rows import Exact, Row, Text

Count = Annotated[int, Field(ge=0)]


class Point(Row):
    """One of the nine points, and what was reported on it."""

    n: Annotated[int, Field(ge=1, le=9)]
    figures: dict[str, Exact]
    all_states: StrictBool = False
    name: Text


class ReportedCount(Row):
    """Another count of the same report."""

    value: Exact
    unit: Literal["states", "shops"]
    states: Count | None = None
    name: Text


class ActionPlanFile(Form):
    """action_plan.yaml."""

    as_on: date
    points: tuple[Point, ...]
    counts: tuple[ReportedCount, ...]

    @model_validator(mode="after")
    def _numbered(self) -> Self:
        for number, point in enumerate(self.points):
            if point.n != number + 1:
                raise MisplacedError(
                    "the points are numbered from 1 on, none left out", "points", number, "n"
                )
        return self


def action_plan() -> ActionPlanFile:
    """The Nine Point Action Plan. Raises Refused("bad_pack")."""
    return _action_plan(folder_of("IN") / "action_plan.yaml")


@cache
def _action_plan(path: Path) -> ActionPlanFile:
    return read(path, ActionPlanFile)
