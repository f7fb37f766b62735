"""The plan to run the programme by computer: components, money, and who watches over it."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, MisplacedError, read
from rasad.policy.rows import Code, Exact, Row, Text

FinancialYear = Annotated[str, Field(pattern=r"^\d{4}-\d{2}(\d{2})?$")]
Count = Annotated[int, Field(ge=0)]


class Plan(Row):
    """The plan and its years."""

    value: FinancialYear
    unit: Literal["financial_years"]
    name: Text


class Activity(Row):
    """One activity of a component."""

    value: Code
    unit: Literal["activity", "pilot"]
    component: Literal[1, 2] | None = None
    name: Text


class Funding(Row):
    """A part of the money needed, or the whole of it."""

    value: Exact
    unit: Literal["crore rupees"]
    share: Literal["central", "states", "total"]
    name: Text


class Region(Form):
    """Which States a share of cost is for."""

    region: Literal["north_east", "other"]
    # The States meant, which the document does not list: those of the North Eastern Council.
    states: tuple[str, ...] = ()


class CostShare(Row):
    """How the Centre and a State share the cost."""

    applies: Region
    central_percent: Exact
    state_percent: Exact
    name: Text

    @model_validator(mode="after")
    def _all_of_it(self) -> Self:
        if self.central_percent + self.state_percent != 100:
            raise MisplacedError("the two shares do not make 100 percent", "state_percent")
        return self


class Release(Row):
    """Money allocated in a year, and released by a day."""

    value: Exact
    unit: Literal["crore rupees"]
    year: FinancialYear
    estimate: Literal["RE"]
    released: Exact | None
    as_on: date | None = None
    states: Count
    states_of_year_before: Count | None
    others: tuple[str, ...] = ()
    name: Text


class Publicity(Row):
    """Money sanctioned in a year to make the programme known."""

    value: Exact
    unit: Literal["lakh rupees"]
    year: FinancialYear
    states: Count
    north_east_states: Count | None = None
    named: tuple[str, ...] = ()
    name: Text


class Body(Row):
    """Who watches over the plan, and under whom."""

    level: Literal["central", "state"]
    head: Text | None
    name: Text


class Approval(Row):
    """An approval and its day, or month."""

    value: str
    unit: Literal["day"]
    name: Text


class ProgrammeFile(Form):
    """programme.yaml."""

    plan: Plan
    components: tuple[Activity, ...]
    funding: tuple[Funding, ...]
    cost_shares: tuple[CostShare, ...]
    releases: tuple[Release, ...]
    publicity: tuple[Publicity, ...]
    governance: tuple[Body, ...]
    pilots: tuple[Activity, ...]
    approvals: tuple[Approval, ...]


def cost_share(crore: Decimal, *, north_east: bool) -> tuple[Decimal, Decimal]:
    """What the Centre and the State pay of a project, in the unit given: 90:10 in the North East, else 50:50."""
    region = "north_east" if north_east else "other"
    row = next(row for row in programme().cost_shares if row.applies.region == region)
    return crore * row.central_percent / 100, crore * row.state_percent / 100


def is_north_east(state: str) -> bool:
    """Whether a State, by the name of Annex-II, is one of the North East."""
    return any(state in row.applies.states for row in programme().cost_shares)


def recipients() -> int:
    """How many States and Union Territories got money of the plan, each once: 7 + 19 - 3."""
    return sum(row.states - (row.states_of_year_before or 0) for row in programme().releases)


def programme() -> ProgrammeFile:
    """The plan of computerisation. Raises Refused("bad_pack")."""
    return _programme(folder_of("IN") / "programme.yaml")


@cache
def _programme(path: Path) -> ProgrammeFile:
    return read(path, ProgrammeFile)
