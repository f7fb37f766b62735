"""A criterion as data: a test on what is known of a family. It holds, it does not, or nobody can tell yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, model_validator

from rasad.policy.facts import CODE, NAME, Fact, Known
from rasad.policy.packs import Form, MisplacedError
from rasad.policy.rows import Row, Text

TestName = Literal["is", "is_one_of", "is_none_of", "above", "at_least", "below", "at_most", "any_person"]
ORDERED = ("above", "at_least", "below", "at_most")


def _quoted(given: object) -> object:
    if isinstance(given, int | float) and not isinstance(given, bool):
        raise ValueError(f'write the number in quotes: "{given}"')
    return given


class Test(Form):
    """A test on one fact, or several tests of which any or all must hold.

    `any_person` asks whether one person of a list meets every test of `all_of` on his or her own parts.
    """

    __test__ = False  # not one of pytest's

    fact: str | None = Field(default=None, pattern=NAME)
    test: TestName | None = None
    value: Annotated[StrictBool | str | None, BeforeValidator(_quoted)] = None
    values: tuple[str, ...] = ()
    any_of: tuple["Test", ...] = ()
    all_of: tuple["Test", ...] = ()

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if (self.fact is None) != (self.test is None):
            raise MisplacedError("a test on a fact needs both `fact` and `test`")
        several = bool(self.any_of) + (bool(self.all_of) and self.test != "any_person")
        if several + (self.fact is not None) != 1:
            raise MisplacedError("write either `fact` and `test`, or `any_of`, or `all_of`")
        if (self.value is not None) != (self.test in ("is", *ORDERED)):
            raise MisplacedError(
                f"the test {self.test} {'needs a' if self.value is None else 'has no'} `value`"
            )
        if bool(self.values) != (self.test in ("is_one_of", "is_none_of")):
            raise MisplacedError(
                f"the test {self.test} {'has no' if self.values else 'needs'} `values`", "test"
            )
        if self.test == "any_person" and not self.all_of:
            raise MisplacedError("any_person needs `all_of`, the tests one person must meet", "test")
        return self

    @cached_property
    def number(self) -> Decimal:
        """The number an ordered test compares with."""
        return Decimal(str(self.value))

    @property
    def parts(self) -> Iterator["Test"]:
        """This test and every test inside it that looks at a fact of the family."""
        if self.fact is not None:
            yield self
        else:
            for one in (*self.any_of, *self.all_of):
                yield from one.parts

    def holds(self, facts: Any) -> bool | None:
        """Whether the test holds on these facts; None when what is not told could decide it."""
        if self.any_of:
            return either(one.holds(facts) for one in self.any_of)
        if self.fact is None:
            return both(one.holds(facts) for one in self.all_of)
        known: Known = facts[self.fact]
        if known is None:
            return None
        if self.test == "any_person":
            assert isinstance(known, tuple)
            return either(both(one.holds(person) for one in self.all_of) for person in known)
        return self._compared(known)

    def _compared(self, known: Any) -> bool:
        match self.test:
            case "is":
                return bool(known == self.value)
            case "is_one_of":
                return known in self.values
            case "is_none_of":
                return known not in self.values
            case "above":
                return bool(known > self.number)
            case "at_least":
                return bool(known >= self.number)
            case "below":
                return bool(known < self.number)
            case _:
                return bool(known <= self.number)


def either(told: Iterable[bool | None]) -> bool | None:
    """One yes is a yes; without one, one that nobody can tell leaves the whole untold."""
    found = set(told)
    return True if True in found else (None if None in found else False)


def both(told: Iterable[bool | None]) -> bool | None:
    """One no is a no; without one, one that nobody can tell leaves the whole untold."""
    found = set(told)
    return False if False in found else (None if None in found else True)


class Criterion(Row):
    """One line of a list of criteria: its code in the order, the group it stands in, the test on a family.

    An open-ended line (`open_ended`) has no test: later orders write rows of the same code with their `order`.
    """

    code: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")
    area: str = Field(default="any", pattern=NAME)
    group: str = Field(pattern=NAME)
    test: Test | None = None
    open_ended: StrictBool = False
    order: str | None = Field(default=None, min_length=3)
    category: str | None = Field(default=None, pattern=CODE)
    # A short name, where the line is one answer among several; the group then has the sentence.
    name: Text | None = None
    sentence: Text | None = None

    @model_validator(mode="after")
    def _has_a_test(self) -> Self:
        if (self.test is None) != self.open_ended:
            raise MisplacedError("a criterion has a `test`, and an open-ended one has none", "id")
        if self.name is None and self.sentence is None:
            raise MisplacedError("a criterion needs a `name` or a `sentence` for the family", "id")
        return self

    def holds(self, facts: Any) -> bool | None:
        """Whether a family meets the criterion. An open-ended line alone is met by nobody."""
        return False if self.test is None else self.test.holds(facts)

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts the test looks at, each once."""
        return tuple(dict.fromkeys(part.fact for part in self.test.parts if part.fact)) if self.test else ()

    @property
    def answers(self) -> frozenset[str]:
        """The choices the test names."""
        parts = tuple(self.test.parts) if self.test else ()
        return frozenset(str(one) for part in parts for one in (part.value, *part.values) if one is not None)


def refuse_misfits(rows: Sequence[tuple[Test | None, tuple[str | int, ...]]], asked: Sequence[Fact]) -> None:
    """Refuse a test on a fact nobody is asked for, or one that does not fit the fact's type or choices."""
    names: dict[str, Fact] = {}
    for number, fact in enumerate(asked):
        for name in fact.names:
            if name in names:
                raise MisplacedError(f"two facts have the name {name}", "facts", number)
            names[name] = fact
    own = {fact.name: fact for fact in asked}
    for test, place in rows:
        for part in test.parts if test else ():
            if part.fact not in own:
                raise MisplacedError(f"no fact {part.fact} is written in this file", *place)
            if problem := _misfit(part, own[part.fact]):
                raise MisplacedError(problem, *place)


def _misfit(test: Test, fact: Fact) -> str | None:
    fits: Mapping[str, tuple[str, ...]] = {
        "yes_no": ("is",),
        "choice": ("is", "is_one_of", "is_none_of"),
        "number": ORDERED,
        "people": ("any_person",),
    }
    if test.test not in fits[fact.type]:
        return f"{fact.name} is {fact.type}: the test {test.test} does not fit it"
    if fact.type == "yes_no" and not isinstance(test.value, bool):
        return f"{fact.name} is {fact.type}: write true or false"
    if fact.type == "number":
        return None if _is_number(test.value) else f"{test.value!r} is not a number"
    wanted = (test.value,) if test.test == "is" else test.values
    if fact.type == "choice" and (unknown := set(wanted) - {one.code for one in fact.choices}):
        return f"{fact.name} has no choice {', '.join(map(str, sorted(unknown, key=str)))}"
    return _misfit_of_people(test, fact) if fact.type == "people" else None


def _misfit_of_people(test: Test, fact: Fact) -> str | None:
    parts = {part.name: {one.code for one in part.choices} for part in fact.parts}
    for one in test.all_of:
        if one.fact not in parts or one.test not in ("is", "is_one_of", "is_none_of"):
            return f"a person of {fact.name} has no {one.fact} for the test {one.test}"
        wanted = {one.value} if one.test == "is" else set(one.values)
        if unknown := wanted - parts[one.fact]:
            return f"{one.fact} has no choice {', '.join(map(str, sorted(unknown, key=str)))}"
    return None


def _is_number(written: object) -> bool:
    try:
        return Decimal(str(written)).is_finite()
    except InvalidOperation:
        return False
