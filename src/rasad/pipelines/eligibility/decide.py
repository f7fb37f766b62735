"""Every family of a table judged by the rules of its area.

reads:  families: `family`, `area`, and a column for each fact that is known (policy/packs/*/eligibility.yaml)
writes: one row a family: result, category, codes matched and undecided, near_limit, card_keeps_serving
grain:  family
audit:  rows in = rows out; a row that cannot be judged is `unusable`, never left out

The criteria are worked out by the engine, the decision for each distinct set of them by `Rules.decide`, which also
decides for one family: nothing is decided in two places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from rasad.pipelines.eligibility.criteria import Known, holds, known, untold
from rasad.policy.eligibility import Rules, eligibility, rules
from rasad.values.refused import Refused

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from rasad.policy.criteria import Test

UNUSABLE = "unusable"
# The list of a row that no list can judge; else the area's place among the State's.
NO_LIST = -1
# Rows of a pack told by one whole number: each has its bit.
BITS = 60
DECIDED = pa.schema(
    [
        ("list", pa.int8()),
        ("result", pa.string()),
        ("category", pa.string()),
        ("matched", pa.string()),
        ("undecided", pa.string()),
        ("near_limit", pa.bool_()),
        ("card_keeps_serving", pa.bool_()),
    ]
)


def areas(state: str, *, on: date) -> dict[str, Rules]:
    """The rules of each area of a State on a day. Refused: as `policy.eligibility.rules`."""
    return {one.code: rules(state, one.code, on) for one in eligibility(state).areas}


def marked(families: ir.Table, by_area: Mapping[str, Rules]) -> ir.Table:
    """Which rows of the rules each family meets (`met_0`…) and which are open (`open_0`…), a bit a row.

    Refused: eligibility_column_missing.
    """
    for column in ("family", "area"):
        if column not in families.columns:
            there = ", ".join(families.columns)
            raise Refused("eligibility_column_missing", column=column, columns=there)
    laws = tuple(by_area.values())
    told = known(families, laws[0].law.facts, (row.test for law in laws for row in law.tested))
    families = told.table
    places = [(families.area == area, _whole(place, "int8")) for place, area in enumerate(by_area)]
    columns: dict[str, Any] = {
        "family": families.family,
        "area": families.area,
        # The area whose list the family is judged by.
        "list": ibis.cases((told.unusable, _whole(NO_LIST, "int8")), *places, else_=_whole(NO_LIST, "int8")),
    }
    for name in _masks(by_area):
        columns[name] = ibis.cases(
            *((families.area == area, _mask(name, law, told)) for area, law in by_area.items()),
            else_=_whole(0),
        )
    return families.select(**columns)


def combinations(marks: ir.Table) -> ir.Table:
    """Each set of rows met and open that occurs, once, and how many families have it."""
    kept = [name for name in marks.columns if name not in ("family", "area")]
    return marks.group_by(kept).aggregate(families=lambda one: one.count())


def verdicts(found: pa.Table, by_area: Mapping[str, Rules]) -> pa.Table:
    """The decision for each combination, by the same function that decides for one family."""
    masks = [name for name in found.column_names if name not in ("list", "families")]
    lists = found["list"].to_pylist()
    met, unclear = (
        _together(found, [one for one in masks if one.startswith(kind)]) for kind in ("met", "open")
    )
    laws = tuple(by_area.values())
    told = [_verdict(*one, laws) for one in zip(lists, met, unclear, strict=True)]
    table = pa.Table.from_pylist(told, schema=DECIDED)
    for name in (*masks, "families"):
        table = table.append_column(name, found[name])
    return table


def decided(marks: ir.Table, told: pa.Table) -> ir.Table:
    """The decision on each family: its combination's."""
    told = told.drop_columns("families")
    masks = [name for name in told.column_names if name not in DECIDED.names]
    joined = marks.inner_join(ibis.memtable(told), ["list", *masks])
    return joined.select("family", "area", *(name for name in DECIDED.names if name != "list"))


def _masks(by_area: Mapping[str, Rules]) -> list[str]:
    most = max(len(law.tested) for law in by_area.values())
    return [f"{kind}_{number}" for number in range(-(-most // BITS)) for kind in ("met", "open")]


def _mask(name: str, law: Rules, told: Known) -> ir.IntegerValue:
    kind, number = name.split("_")
    bits: dict[Test, int] = {}
    for place, row in enumerate(law.tested[int(number) * BITS : (int(number) + 1) * BITS]):
        if row.test is not None:
            bits[row.test] = bits.get(row.test, 0) + (1 << place)
    terms = _open_terms(bits, told) if kind == "open" else _met_terms(bits, told)
    return reduce(add, terms, _whole(0))


def _open_terms(bits: Mapping[Test, int], told: Known) -> Iterator[ir.IntegerValue]:
    """The bits of what is open: all tests on one fact are open together."""
    alone: dict[str, int] = {}
    for test, bit in bits.items():
        if test.fact in told.columns and test.test != "any_person":
            alone[test.fact or ""] = alone.get(test.fact or "", 0) + bit
        else:
            yield ibis.ifelse(holds(test, told).open, _whole(bit), _whole(0))
    for fact, bit in alone.items():
        yield ibis.ifelse(untold(told.columns[fact]), _whole(bit), _whole(0))


def _met_terms(bits: Mapping[Test, int], told: Known) -> Iterator[ir.IntegerValue]:
    """The bits of what is met: a family has one answer among several, so only one test of `is` can hold."""
    answers: dict[str, dict[str, int]] = {}
    for test, bit in bits.items():
        if test.fact in told.columns and test.test == "is" and isinstance(test.value, str):
            answers.setdefault(test.fact or "", {})[test.value] = bit
        else:
            yield ibis.ifelse(holds(test, told).met, _whole(bit), _whole(0))
    for fact, values in answers.items():
        column = told.columns[fact]
        yield ibis.cases(*((column == value, _whole(bit)) for value, bit in values.items()), else_=_whole(0))


def _whole(number: int, kind: str = "int64") -> ir.IntegerScalar:
    return ibis.literal(number, kind)


def _together(found: pa.Table, masks: list[str]) -> list[int]:
    """Each row's masks as one number, however many rows the rules have."""
    columns = [found[name].to_pylist() for name in masks]
    return [sum(mask << BITS * place for place, mask in enumerate(row)) for row in zip(*columns, strict=True)]


def _verdict(place: int, met: int, unclear: int, laws: Sequence[Rules]) -> dict[str, Any]:
    if place == NO_LIST:
        return {"list": NO_LIST, "result": UNUSABLE}
    law = laws[place]
    states = {
        one.id: None if unclear >> bit & 1 else bool(met >> bit & 1) for bit, one in enumerate(law.tested)
    }
    found = law.decide(states, in_words=False)
    return {
        "list": place,
        "result": found.result,
        "category": found.category,
        "matched": " ".join(found.matched),
        "undecided": " ".join(found.undecided),
        "near_limit": found.near_limit,
        "card_keeps_serving": found.card_keeps_serving,
    }
