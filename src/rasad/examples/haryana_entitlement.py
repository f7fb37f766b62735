"""Worked cases of Haryana: what is due to a card in a month."""

from collections.abc import Mapping
from typing import Any

from rasad.examples.written import kg, rs
from rasad.policy import relief
from rasad.policy.entitlements import Entitlement, Line, entitlement
from rasad.values.month import Month
from rasad.values.refused import Refused
from rasad.web.refusals import short

GIVEN = frozenset(["category", "commodity", "jurisdiction", "members", "month"])

# A case that names no month is about the page as it was last seen.
MONTH_OF_THE_PAGE = "2015-01"
RELIEF = "drt_2020"
NOTHING_DUE = frozenset(["no_entitlement_rule", "commodity_not_due"])


def play(given: Mapping[str, Any]) -> dict[str, Any]:
    """The lines and their total, or why not."""
    try:
        due = _due(given)
    except Refused as refused:
        told = {"allowed": False, "reason": short(refused), "lines": []}
        # Nothing is due and so nothing to pay; of a month without rules nobody can say that.
        return told | ({"total": rs(0)} if refused.code in NOTHING_DUE else {})
    return {"allowed": True, "lines": [written(line) for line in due.lines], "total": rs(due.amount)}


def _due(given: Mapping[str, Any]) -> Entitlement:
    members = int(given.get("members", 1))
    month = Month.parse(given.get("month", MONTH_OF_THE_PAGE))
    scheme = relief.scheme(RELIEF)
    if given["category"] == scheme.token:
        # Of a token its own scheme says why nothing is due.
        relief.due(scheme, members=members, month=month)
    return entitlement(
        given["category"],
        members=members,
        month=month,
        state=given.get("jurisdiction", "IN-HR"),
        commodity=given.get("commodity"),
    )


def written(line: Line, name: str | None = None) -> list[str]:
    """A line as the cases write it: commodity, quantity, price, amount."""
    if line.price is None or line.amount is None:
        return [name or line.name, kg(line.quantity), "unknown", "unknown"]
    return [name or line.name, kg(line.quantity), rs(line.price), rs(line.amount)]
