"""Worked cases of Haryana: what is due to a card in a month."""

from collections.abc import Mapping
from typing import Any

from rasad.examples.written import kg, rs
from rasad.policy.entitlements import Line, entitlement
from rasad.values.month import Month
from rasad.values.refused import Refused
from rasad.web.refusals import short

GIVEN = frozenset(["category", "commodity", "jurisdiction", "members", "month"])


def play(given: Mapping[str, Any]) -> dict[str, Any]:
    """The lines and their total, or why not."""
    try:
        due = entitlement(
            given["category"],
            members=int(given.get("members", 1)),
            month=Month.parse(given["month"]),
            state=given.get("jurisdiction", "IN-HR"),
            commodity=given.get("commodity"),
        )
    except Refused as refused:
        return {"allowed": False, "reason": short(refused), "lines": []}
    return {"allowed": True, "lines": [written(line) for line in due.lines], "total": rs(due.amount)}


def written(line: Line, name: str | None = None) -> list[str]:
    """A line as the cases write it: commodity, quantity, price, amount."""
    if line.price is None or line.amount is None:
        return [name or line.name, kg(line.quantity), "unknown", "unknown"]
    return [name or line.name, kg(line.quantity), rs(line.price), rs(line.amount)]
