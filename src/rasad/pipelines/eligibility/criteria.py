"""The criteria of a pack as table expressions: the same tests that `policy/criteria.py` holds against one family.

Each holds, does not, or stays open because nobody told what it asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import ibis
import ibis.expr.datatypes as dt

from rasad.policy.facts import DECIMALS, LARGEST, NOBODY

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from rasad.policy.criteria import Test
    from rasad.policy.facts import Fact

# As many decimals as a fact may have, and digits for the largest.
EXACT = dt.Decimal(18, DECIMALS)
# Room for the product with a unit's factor: DuckDB counts 18 digits in 64 bits and stops when they are too few.
WIDE = dt.Decimal(26, DECIMALS)
YES, NO = ("true", "yes", "t", "y", "1"), ("false", "no", "f", "n", "0")


@dataclass(frozen=True)
class Known:
    """What a table tells of its families: a column a fact, and which rows are not usable.

    A fact that the table has no column for is not among them. `people` names the columns of `table` that say
    whether a test on a list of people holds.
    """

    table: ir.Table
    columns: Mapping[str, ir.Value]
    unusable: ir.BooleanValue
    people: Mapping[Test, str]


@dataclass(frozen=True)
class State:
    """Whether a test holds for each family, and whether nobody can tell; never both, and never null."""

    met: ir.BooleanValue
    open: ir.BooleanValue


def known(table: ir.Table, asked: Sequence[Fact], tests: Iterable[Test | None]) -> Known:
    """The facts of a table by their names, in types the tests can compare."""
    table, people = _with_people(table, asked, tests)
    columns: dict[str, ir.Value] = {}
    wrong: list[ir.BooleanValue] = []
    for fact in asked:
        if fact.name in table.columns:
            columns[fact.name] = _fact(table[fact.name], fact, wrong)
        for unit in fact.other_units:
            if unit.name in table.columns:
                other = _fact(table[unit.name], fact, wrong).cast(WIDE) * _literal(unit.times)
                # A number told in both units counts in the fact's own.
                own = columns.get(fact.name)
                columns[fact.name] = other if own is None else ibis.coalesce(own.cast(other.type()), other)
    unusable = reduce(or_, wrong, ibis.literal(False)).fill_null(False)
    return Known(table, columns, unusable, people)


def holds(test: Test, told: Known) -> State:
    """Whether a test holds, weighed as `policy/criteria.py` weighs it: `either` and `both`."""
    if test.fact is None:
        states = [holds(one, told) for one in (*test.any_of, *test.all_of)]
        met, possible = [one.met for one in states], [one.met | one.open for one in states]
        weigh = or_ if test.any_of else and_
        return State(reduce(weigh, met), reduce(weigh, possible) & ~reduce(weigh, met))
    if test.fact not in told.columns:
        return State(ibis.literal(False), ibis.literal(True))
    if test.test == "any_person":
        column = told.table[told.people[test]]
        return State(column.fill_null(False), column.isnull())
    column = told.columns[test.fact]
    return State(_compared(column, test).fill_null(False), untold(column))


def untold(column: ir.Value) -> ir.BooleanValue:
    """Whether nothing was told; an empty text is nothing."""
    return (column.isnull() | (column == "")) if column.type().is_string() else column.isnull()


def _compared(column: ir.Value, test: Test) -> ir.BooleanValue:
    match test.test:
        case "is":
            return (
                column == test.value if isinstance(test.value, str) else (column if test.value else ~column)
            )
        case "is_one_of":
            return column.isin(test.values)
        case "is_none_of":
            return column.notin(test.values) & (column != "")
    limit = _literal(test.number)
    match test.test:
        case "above":
            return column > limit
        case "at_least":
            return column >= limit
        case "below":
            return column < limit
        case _:
            return column <= limit


def _with_people(
    table: ir.Table, asked: Sequence[Fact], tests: Iterable[Test | None]
) -> tuple[ir.Table, dict[Test, str]]:
    """The table with a column for each test on a list of people.

    Few lists differ, and taking one apart is dear: each different one is looked at once.
    """
    facts = {fact.name: fact for fact in asked if fact.type == "people" and fact.name in table.columns}
    wanted = dict.fromkeys(part for test in tests if test for part in test.parts if part.fact in facts)
    named = {test: f"people_{number}" for number, test in enumerate(wanted)}
    for name, fact in facts.items():
        mine = {column: test for test, column in named.items() if test.fact == name}
        table = table.mutate(people_=_fact(table[name], fact, []))
        lists = table.select(list_="people_").distinct().filter(lambda one: one.list_.notnull())
        met = {column: _any_person(lists.list_, test, fact) for column, test in mine.items()}
        table = table.left_join(lists.mutate(**met), table.people_ == lists.list_).drop("people_", "list_")
    return table, named


def _any_person(column: ir.StringValue, test: Test, fact: Fact) -> ir.BooleanValue:
    """Whether a person of the list written in a column meets every test; null when one might."""
    places = {part.name: place for place, part in enumerate(fact.parts)}

    def meets(person: ir.StringValue) -> ir.BooleanValue:
        return reduce(and_, [_compared(_part(person, places[one.fact or ""]), one) for one in test.all_of])

    people = column.split(";").filter(lambda person: person != "")
    sure = people.filter(lambda person: meets(person).fill_null(False)).length() > 0
    perhaps = people.filter(lambda person: meets(person).fill_null(True)).length() > 0
    return ibis.cases(
        (column.isnull(), ibis.null("boolean")),
        (sure, ibis.literal(True)),
        (perhaps, ibis.null("boolean")),
        else_=ibis.literal(False),
    )


def _part(person: ir.StringValue, place: int) -> ir.StringValue:
    return person.re_extract("^" + "[^:]*:" * place + "([^:]*)", 1).nullif("")


def _fact(column: ir.Value, fact: Fact, wrong: list[ir.BooleanValue]) -> ir.Value:
    match fact.type:
        case "yes_no":
            return _yes_no(column, wrong)
        case "number":
            return _number(column, wrong)
        case "choice":
            return column.cast("string")
        case "people":
            spaceless = column.cast("string").replace(" ", "")
            return ibis.ifelse(spaceless == NOBODY, "", spaceless.nullif(""))


def _yes_no(column: ir.Value, wrong: list[ir.BooleanValue]) -> ir.BooleanValue:
    if column.type().is_boolean():
        return column
    text = column.cast("string").strip().lower().nullif("")
    told = ibis.cases((text.isin(YES), True), (text.isin(NO), False), else_=ibis.null("boolean"))
    wrong.append(text.notnull() & told.isnull())
    return told


def _number(column: ir.Value, wrong: list[ir.BooleanValue]) -> ir.DecimalValue:
    kind = column.type()
    if kind.is_string():
        column = column.strip().nullif("")
        # What no decimal of this size can be is no number to us; a try would round what is finer.
        written = column.re_search(rf"^[0-9]{{1,12}}(\.[0-9]{{1,{DECIMALS}}}0*)?$")
        wrong.append(column.notnull() & ~written)
        return ibis.ifelse(written, column, ibis.null("string")).cast(EXACT)
    if kind.is_integer() or (kind.is_decimal() and (kind.scale or 0) <= DECIMALS):
        if not _may_be_large(kind):
            wrong.append(column < 0)
            return column.cast(EXACT)
        fits = (column >= 0) & (column < int(LARGEST))
        wrong.append(column.notnull() & ~fits)
        return ibis.ifelse(fits, column, ibis.null(kind)).cast(EXACT)
    column = column.cast("float64")
    fits = (column >= 0.0) & (column < float(LARGEST)) & ~column.isnan()
    wrong.append(column.notnull() & ~fits)
    return ibis.ifelse(fits, column, ibis.null("float64")).cast(EXACT)


def _may_be_large(kind: dt.DataType) -> bool:
    return kind.is_integer() or (kind.precision or 38) - (kind.scale or 0) > LARGEST.adjusted()


def _literal(number: Decimal) -> ir.DecimalScalar:
    return ibis.literal(number, type=_decimal(number))


def _decimal(number: object) -> dt.Decimal:
    digits, decimals = re.fullmatch(r"(\d+)(?:\.(\d+))?", str(number)).groups("")  # type: ignore[union-attr]
    return dt.Decimal(max(len(digits) + len(decimals), 1), len(decimals))
