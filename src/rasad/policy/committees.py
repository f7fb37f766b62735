"""Vigilance committees of a State, what makes one valid, when a seat turns over; the bodies for grievances."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, MisplacedError, read
from rasad.policy.rows import Code, Row, Text
from rasad.policy.spans import Span, after
from rasad.values.reason import Reason
from rasad.values.refused import Refused

NAME = "committees.yaml"
Count = Annotated[int, Field(ge=0)]
Level = Literal["area", "district", "state", "block", "village_or_ward", "shop"]


class Range(Form):
    """At least and at most so many."""

    min: Count
    max: Count | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.max is not None and self.max < self.min:
            raise MisplacedError(f"at most {self.max} is less than at least {self.min}", "max")
        return self

    def holds(self, number: int) -> bool:
        """Whether a number is within."""
        return self.min <= number and (self.max is None or number <= self.max)


class Seat(Range):
    """A kind of member, how many of it, from whom, and after what time another is chosen."""

    seat: Literal["card_holder", "social_worker", "official", "journalist"]
    selected_from: Code | None = None
    replaced_every: Span | None = None
    # The rule as the charter puts it, for a committee that does not fit it.
    said: Text | None = None


class Chair(Form):
    """Who presides, and after what time another does."""

    who: Text
    rotated_every: Span | None = None


class Committee(Row):
    """One level of committee. `advisory` is the range outside which a warning is given, no refusal."""

    level: Level
    seats: tuple[Seat, ...] = ()
    members_about: Count | None = None
    advisory: Range | None = None
    categories: tuple[Code, ...] = ()
    drawn_from: tuple[Code, ...] = ()
    chair: Chair
    covers_shops: Range | None = None
    reports_to: Text | None = None
    review_every: Span | None = None
    name: Text

    @model_validator(mode="after")
    def _each_seat_once(self) -> Self:
        seen: set[str] = set()
        for number, one in enumerate(self.seats):
            if one.seat in seen:
                raise MisplacedError(f"the seat {one.seat} is written twice", "seats", number, "seat")
            seen.add(one.seat)
        return self

    def seat(self, kind: str) -> Seat:
        """The seat of a kind. Raises Refused("unknown_seat")."""
        for one in self.seats:
            if one.seat == kind:
                return one
        raise Refused("unknown_seat", seat=kind, committee=self.name)


class GrievanceBody(Row):
    """A body that hears grievances, and whether it is there yet."""

    status: Literal["nominated", "to_be_created", "created"]
    levels: tuple[Level, ...] = ()
    holder: Text | None
    name: Text


class CommitteeFile(Form):
    """committees.yaml."""

    committees: tuple[Committee, ...] = ()
    grievance_bodies: tuple[GrievanceBody, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Whether a committee is made up as the charter wants; `wrong` refuses, `warnings` only tell."""

    wrong: tuple[Refused, ...]
    warnings: tuple[Reason, ...]

    @property
    def is_valid(self) -> bool:
        """Nothing is wrong with it."""
        return not self.wrong


def committee(level: str, *, state: str) -> Committee:
    """The committee of a level. Raises Refused("unknown_committee")."""
    for row in committees(state).committees:
        if row.level == level:
            return row
    raise Refused("unknown_committee", level=level, state=state)


def made_up(
    found: Committee,
    *,
    seats: Mapping[str, int] | None = None,
    members: int | None = None,
    shops: int | None = None,
) -> Standing:
    """Whether what is known of a committee fits: members by seat, members in all, shops it covers.

    Raises Refused("unknown_seat") for a seat that the committee does not have.
    """
    wrong: list[Refused] = []
    for kind, number in (seats or {}).items():
        seat = found.seat(kind)
        if not seat.holds(number):
            facts = {
                "given": number,
                "min": seat.min,
                "max": seat.max or "",
                "wanted": seat.said or seat.seat,
            }
            wrong.append(Refused("committee_seats", committee=found.name, **facts, **_facts(found)))
    covers = found.covers_shops
    if shops is not None and covers and not covers.holds(shops):
        bounds = {"given": shops, "min": covers.min, "max": covers.max or ""}
        wrong.append(Refused("committee_shops", committee=found.name, **bounds, **_facts(found)))
    warnings: list[Reason] = []
    if members is not None and found.advisory and not found.advisory.holds(members):
        warnings.append(found.because("committee_about", given=members, about=found.members_about))
    return Standing(tuple(wrong), tuple(warnings))


def seat_until(found: Committee, kind: str, *, since: date) -> date:
    """The day from which another holds a seat. Refused: unknown_seat, seat_without_term."""
    seat = found.seat(kind)
    if seat.replaced_every is None:
        raise Refused("seat_without_term", seat=kind, committee=found.name)
    return after(since, seat.replaced_every)


def chair_until(found: Committee, *, since: date) -> date:
    """The day from which another presides. Raises Refused("seat_without_term")."""
    if found.chair.rotated_every is None:
        raise Refused("seat_without_term", seat="chair", committee=found.name)
    return after(since, found.chair.rotated_every)


def next_review(found: Committee, *, last: date) -> date:
    """By when the committee reviews again. Raises Refused("no_review_period")."""
    if found.review_every is None:
        raise Refused("no_review_period", committee=found.name)
    return after(last, found.review_every)


def committees(state: str) -> CommitteeFile:
    """The committees and grievance bodies of a State. Raises Refused("unknown_jurisdiction" or "bad_pack")."""
    return _committees(folder_of(state) / NAME)


def _facts(row: Committee) -> dict[str, object]:
    return {"rule": row.id, "document": row.source.file, "quotation": row.source.quotation}


@cache
def _committees(path: Path) -> CommitteeFile:
    return read(path, CommitteeFile)
