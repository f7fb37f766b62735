"""The dated row with a source that every rule is written as, and which rows are in force on a day."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BeforeValidator, Field, PlainSerializer, PlainValidator, model_validator

from rasad.policy.packs import Form, MisplacedError
from rasad.values.month import Month
from rasad.values.reason import Reason, Source
from rasad.values.refused import Refused


def _exact(given: object) -> object:
    # YAML would read 2.1 as a float, and no float may ever touch a ration or a rupee.
    if isinstance(given, str):
        try:
            return Decimal(given)
        except InvalidOperation:
            raise ValueError(f"{given!r} is not a number") from None
    raise ValueError(f'write the number in quotes: "{given}"')


def _month(given: object) -> Month:
    return given if isinstance(given, Month) else Month.parse(str(given))


Exact = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0)]
MonthText = Annotated[Month, PlainValidator(_month), PlainSerializer(str)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
AnyRow = TypeVar("AnyRow", bound="Row")


class Text(Form):
    """The same words in each language of the product."""

    en: str = Field(min_length=1)
    hi: str = Field(min_length=1)
    bn: str = Field(min_length=1)

    def in_language(self, language: str) -> str:
        """The words in `en`, `hi` or `bn`; English for any other language."""
        return {"hi": self.hi, "bn": self.bn}.get(language, self.en)


class Quotation(Form):
    """The words a rule stands on: the seed document and what it says, white space collapsed."""

    file: str = Field(pattern=r"\.txt$")
    quotation: str = Field(min_length=3)


class Rule(Form):
    """What every rule carries: stated or assumed, the words it stands on, the doubts resolved."""

    basis: Literal["stated", "assumed"]
    source: Quotation
    # The doubts the words left, by their id in the catalogue of requirements, and how each was resolved.
    ambiguity: dict[str, str] = {}

    def reason(self, code: str, row: str, **facts: object) -> Reason:
        """This rule as one step of a decision."""
        return Reason(code, row, Source(self.source.file, self.source.quotation), facts)


class Row(Rule):
    """A rule in force from its first day to its last, both included. No last day: until further order."""

    id: str = Field(pattern=r"^[a-z0-9_.]+$")
    first_day: date = Field(alias="from")
    last_day: date | None = Field(alias="to")
    # A day on which the document says the value held, where it gives no first day.
    observed: date | None = None
    # How exactly the document gives the first day; one that says only "July 2001" begins on the 1st.
    precision: Literal["day", "month", "year", "financial_year", "decade"] = "day"

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.last_day and self.last_day < self.first_day:
            raise MisplacedError(f"{self.id} ends on {self.last_day}, before its first day", "to")
        return self

    def holds_on(self, on: date) -> bool:
        """Whether the row is in force on a day."""
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)

    def because(self, code: str, **facts: object) -> Reason:
        """This row as one step of a decision."""
        return self.reason(code, self.id, **facts)


def in_force(rows: Sequence[AnyRow], *, on: date, subject: str) -> tuple[AnyRow, ...]:
    """The rows in force on a day.

    A day before the first of them is never answered with nothing: Refused("before_first_rule").
    """
    if rows and on < (first := min(row.first_day for row in rows)):
        raise Refused("before_first_rule", subject=subject, on=on, first_day=first)
    return tuple(row for row in rows if row.holds_on(on))


def in_month(
    rows: Sequence[AnyRow], *, month: Month, subject: str, key: Callable[[AnyRow], frozenset[object]]
) -> tuple[AnyRow, ...]:
    """The rows of a month: those in force on its first day, and for what has none then, what begins in it.

    A change in the middle of a month counts from the next. A month before the first row is never answered
    with nothing: Refused("before_first_rule").
    """
    first_day, last_day = month.first_day, month.last_day
    if rows and last_day < (first := min(row.first_day for row in rows)):
        raise Refused("before_first_rule", subject=subject, on=first_day, first_day=first)
    found = [row for row in rows if row.holds_on(first_day)]
    beginning = [row for row in rows if first_day < row.first_day <= last_day]
    if beginning:
        answered = {one for row in found for one in key(row)}
        for row in sorted(beginning, key=lambda row: row.first_day):
            if not key(row) & answered:
                found.append(row)
                answered |= key(row)
        # In the order of the file, as they are read.
        place = {id(row): number for number, row in enumerate(rows)}
        found.sort(key=lambda row: place[id(row)])
    return tuple(found)


def refuse_overlaps(rows: Sequence[AnyRow], keys: Sequence[frozenset[object]], *place: str) -> None:
    """Refuse two rows that would both answer for one thing on one day. Two rows meet when their keys do."""
    for later in range(len(rows)):
        for earlier in range(later):
            one, other = rows[earlier], rows[later]
            if keys[earlier] & keys[later] and (
                one.holds_on(other.first_day) or other.holds_on(one.first_day)
            ):
                problem = (
                    f"{other.id} and {one.id} are in force on the same day: end one before the other begins"
                )
                raise MisplacedError(problem, *place, later)
