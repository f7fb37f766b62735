"""What the rules ask of a family: each fact with its question, and the reading of what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from rasad.policy.packs import Form, MisplacedError
from rasad.policy.rows import Exact, Text
from rasad.values.refused import Refused

Name = str
# What is known of a family: yes or no, a number, one of some choices, a list of people. None: nobody told.
Known = bool | Decimal | str | tuple[Mapping[str, str | None], ...] | None

# Finer or larger than this no fact is told, so that a table of any size counts it as exactly as we do.
DECIMALS = 6
LARGEST = Decimal(10) ** 12
# How a list of people is written when there is nobody on it; an empty cell is an answer not given.
NOBODY = "none"
NAME = r"^[a-z][a-z0-9_]*$"
CODE = r"^[A-Za-z][A-Za-z0-9_]*$"


class Choice(Form):
    """One answer among several."""

    code: str = Field(pattern=CODE)
    name: Text


class Part(Form):
    """What is asked of each person in a list of people, `kind` of employment say."""

    name: str = Field(pattern=NAME)
    question: Text
    choices: tuple[Choice, ...] = Field(min_length=1)


class OtherUnit(Form):
    """The same number told in another unit; `times` turns it into the fact's own."""

    name: str = Field(pattern=NAME)
    unit: Text
    times: Exact


class Fact(Form):
    """Something the rules may ask of a family."""

    name: str = Field(pattern=NAME)
    type: Literal["yes_no", "number", "choice", "people"]
    question: Text
    unit: Text | None = None
    other_units: tuple[OtherUnit, ...] = ()
    choices: tuple[Choice, ...] = ()
    parts: tuple[Part, ...] = ()

    @model_validator(mode="after")
    def _has_what_its_type_needs(self) -> Self:
        for field, kind in (("choices", "choice"), ("parts", "people"), ("unit", "number")):
            if bool(getattr(self, field)) != (self.type == kind):
                problem = f"a fact of type {self.type} {'needs' if self.type == kind else 'has no'} `{field}`"
                raise MisplacedError(problem, "type")
        if self.other_units and self.type != "number":
            raise MisplacedError("only a number has other units", "other_units")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which the fact may be told: its own, and those in other units."""
        return (self.name, *(unit.name for unit in self.other_units))


@dataclass(frozen=True)
class Facts:
    """What is known of a family, by the names of facts; `converted` are numbers told in another unit."""

    values: Mapping[Name, Known]
    converted: Mapping[Name, Decimal]

    def __getitem__(self, name: Name) -> Known:
        return self.values.get(name)


def read_facts(asked: Sequence[Fact], given: Mapping[str, Any]) -> Facts:
    """What a family told, in the types the rules compare. A fact that is not told is None, never no.

    What no rule asks for is left out. Raises Refused("fact_not_usable").
    """
    values: dict[Name, Known] = {}
    converted: dict[Name, Decimal] = {}
    for fact in asked:
        told = given.get(fact.name)
        values[fact.name] = None if told in (None, "") else _read(fact, told)
        for unit in fact.other_units:
            # A number told in both units counts in the fact's own.
            if values[fact.name] is None and given.get(unit.name) is not None:
                converted[fact.name] = _number(unit.name, given[unit.name]) * unit.times
                values[fact.name] = converted[fact.name]
    return Facts(values, converted)


def _read(fact: Fact, told: object) -> Known:
    match fact.type:
        case "number":
            return _number(fact.name, told)
        case "yes_no":
            if not isinstance(told, bool):
                raise Refused("fact_not_usable", fact=fact.name, value=told, wanted="true or false")
            return told
        case "choice":
            if not isinstance(told, str):
                raise Refused("fact_not_usable", fact=fact.name, value=told, wanted="text")
            return told
        case "people":
            return people(fact, told)


def people(fact: Fact, told: object) -> tuple[Mapping[str, str | None], ...]:
    """The people of a list; as text `university:contractual; board:regular`, the parts in their order."""
    if isinstance(told, str):
        if told.strip() == NOBODY:
            return ()
        return tuple(_person(fact, one) for one in told.replace(" ", "").split(";") if one)
    if not isinstance(told, list | tuple) or not all(isinstance(one, Mapping) for one in told):
        raise Refused("fact_not_usable", fact=fact.name, value=told, wanted="a list of people")
    return tuple({part.name: one.get(part.name) for part in fact.parts} for one in told)


def _person(fact: Fact, told: str) -> Mapping[str, str | None]:
    written: list[str | None] = [one or None for one in told.split(":")]
    filled = [*written, *([None] * len(fact.parts))]
    return {part.name: one for part, one in zip(fact.parts, filled, strict=False)}


def _number(name: Name, told: object) -> Decimal:
    wanted = f"a number from 0, with at most {DECIMALS} decimals"
    try:
        # A float is read as it is written: 4.95, not its nearest binary fraction.
        number = Decimal(str(told)) if not isinstance(told, bool) else Decimal("NaN")
    except InvalidOperation:
        raise Refused("fact_not_usable", fact=name, value=told, wanted=wanted) from None
    if not number.is_finite() or not 0 <= number < LARGEST or number != round(number, DECIMALS):
        raise Refused("fact_not_usable", fact=name, value=told, wanted=wanted)
    return number
