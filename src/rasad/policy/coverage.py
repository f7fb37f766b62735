"""How many persons a State may cover, how many more, and whether a family can be taken in or waits its turn."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, MisplacedError, read
from rasad.policy.rows import Exact, Row, in_force, refuse_overlaps
from rasad.values.reason import Reason
from rasad.values.refused import Refused

Area = Literal["rural", "urban", "total"]
AREAS: tuple[Area, ...] = ("rural", "urban", "total")


class Ceiling(Row):
    """The most persons that may be covered in an area: as enforced, and as printed where that differs."""

    area: Area
    value: Exact
    printed: Exact
    unit: Literal["persons"]
    census: int
    population: Exact
    percent_printed: Exact

    @property
    def persons(self) -> int:
        """The ceiling in persons."""
        return int(self.value)


class Current(Row):
    """How many were covered on a day, and how many more could be."""

    value: Exact
    unit: Literal["persons"]
    ceiling: Exact
    additional: Exact

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.additional != self.ceiling - self.value:
            raise MisplacedError(
                f"{self.ceiling} less {self.value} is not {self.additional}; correct it, or tell the doubt",
                "additional",
            )
        return self


class National(Row):
    """A ceiling for the country as a whole, as a share of its population."""

    area: Literal["rural", "urban"]
    value: Exact
    unit: Literal["percent of the population of all India"]


class CoverageFile(Form):
    """coverage.yaml."""

    rows: tuple[Ceiling, ...] = ()
    current: tuple[Current, ...] = ()
    national: tuple[National, ...] = ()

    @model_validator(mode="after")
    def _one_ceiling_a_day(self) -> Self:
        refuse_overlaps(self.rows, [frozenset([row.area]) for row in self.rows], "rows")
        refuse_overlaps(self.national, [frozenset([row.area]) for row in self.national], "national")
        return self


@dataclass(frozen=True)
class Admission:
    """Whether a family is taken in. One that is not stays eligible and waits: it is no refusal."""

    admit: bool
    would_be: int
    ceiling: int
    place: Literal["admitted", "waiting_list"]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Sum:
    """Whether the rows of a table of coverage add up. `difference` is what they give more than the total."""

    consistent: bool
    sum: int
    difference: int
    # The rural figure that gives the total; the one given, where the rows add up.
    resolved_rural: int


def ceiling(state: str, area: Area, *, on: date) -> Ceiling:
    """The ceiling of an area of a State on a day.

    Refused: unknown_jurisdiction, no_coverage_rule, before_first_rule.
    """
    rows = [row for row in coverage(state).rows if row.area == area]
    found = in_force(rows, on=on, subject=f"coverage {state} {area}")
    if not found:
        raise Refused("no_coverage_rule", state=state, area=area)
    return found[0]


def headroom(covered: int, most: int) -> int:
    """How many persons more may be covered; below zero when there are too many."""
    return most - covered


def admit(
    *, state: str, area: Area, covered: int, members: int, on: date, most: int | None = None
) -> Admission:
    """Whether a family of so many members can be taken in where so many persons are covered already.

    All of it or none: a family that would exceed the ceiling waits, and smaller ones do not pass it in silence.
    Refused: unknown_jurisdiction, no_coverage_rule, before_first_rule, no_members.
    """
    if members < 1:
        raise Refused("no_members", members=members)
    row = ceiling(state, area, on=on)
    most = row.persons if most is None else most
    would_be = covered + members
    facts = {"area": area, "ceiling": most, "covered": covered, "members": members, "would_be": would_be}
    if would_be <= most:
        return Admission(True, would_be, most, "admitted", (row.because("below_ceiling", **facts),))
    return Admission(False, would_be, most, "waiting_list", (row.because("ceiling_reached", **facts),))


def percent(persons: int | Decimal, population: int | Decimal) -> Decimal:
    """The share of a population in percent, two decimals, rounded half up."""
    return (Decimal(persons) * 100 / Decimal(population)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def consistent(*, rural: int, urban: int, total: int) -> Sum:
    """Whether rural and urban give the total, and what rural would have to be (A-HR-01)."""
    return Sum(rural + urban == total, rural + urban, rural + urban - total, total - urban)


def printed_table(state: str, *, on: date) -> Sum:
    """The printed ceilings of a State's table held against each other. Refused: as `ceiling`."""
    rural, urban, total = (int(ceiling(state, area, on=on).printed) for area in AREAS)
    return consistent(rural=rural, urban=urban, total=total)


def within_national(area: Literal["rural", "urban"], *, covered: int, population: int, on: date) -> bool:
    """Whether the sum of all States keeps to the Act's ceiling for the country. Never asked of one State.

    Refused: before_first_rule.
    """
    rows = [row for row in coverage("IN").national if row.area == area]
    found = in_force(rows, on=on, subject=f"coverage IN {area}")[0]
    return Decimal(covered) * 100 <= found.value * population


def coverage(state: str) -> CoverageFile:
    """The ceilings of a jurisdiction. Refused: unknown_jurisdiction, no_coverage_rule, bad_pack."""
    file = folder_of(state) / "coverage.yaml"
    if not file.is_file():
        raise Refused("no_coverage_rule", state=state, area="")
    return _file(file)


@cache
def _file(file: Path) -> CoverageFile:
    return read(file, CoverageFile)
