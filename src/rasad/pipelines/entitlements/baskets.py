"""Step 2: what is due to each kind of card. The one place that asks the rules, once a kind.

reads:  the distinct kinds of card: category and choice as written, members, area
writes: kinds, one row a kind with its basket or the code of its refusal; baskets, one row a line of a basket
grain:  kind, line
audit:  every kind has a basket or a refusal
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from rasad.pipelines.entitlements.cards import NOT_TOLD
from rasad.policy.entitlements import Entitlement, entitlement
from rasad.policy.jurisdiction import jurisdiction
from rasad.values.month import Month
from rasad.values.refused import Refused

KIND = ("written_category", "members", "tribal_area", "written_choice")
KINDS = pa.schema(
    [
        ("written_category", pa.string()),
        ("members", pa.int32()),
        ("tribal_area", pa.bool_()),
        ("written_choice", pa.string()),
        ("category", pa.string()),
        ("choice", pa.string()),
        ("basket", pa.int32()),
        ("basket_amount", pa.int64()),
        ("refused", pa.string()),
    ]
)
BASKETS = pa.schema(
    [
        ("basket", pa.int32()),
        ("line", pa.int16()),
        ("commodity", pa.string()),
        ("part", pa.string()),
        ("unit", pa.string()),
        ("quantity", pa.int64()),
        ("price", pa.int64()),
        ("amount", pa.int64()),
        ("scheme", pa.string()),
        ("section", pa.string()),
        ("allocation", pa.string()),
        ("choice_group", pa.string()),
        ("cap_group", pa.string()),
        ("row", pa.string()),
        ("price_row", pa.string()),
    ]
)


@dataclass(frozen=True)
class Baskets:
    """The kinds of card with their baskets, and the lines of the baskets."""

    kinds: pa.Table
    lines: pa.Table


def baskets(kinds: Iterable[Mapping[str, Any]], *, state: str, month: Month) -> Baskets:
    """What the rules give each kind; a kind they refuse has the refusal's code. Numbered in the kinds' order.

    Raises Refused("bad_pack" or "unknown_jurisdiction").
    """
    # A pack that cannot be read is no refusal of a card: it is told before any card is looked at.
    jurisdiction(state)
    settled: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    ordered = sorted(kinds, key=lambda kind: tuple(kind[name] for name in KIND))
    for number, kind in enumerate(ordered):
        category, choice = kind["written_category"].strip().upper(), kind["written_choice"].strip().lower()
        row = {**{name: kind[name] for name in KIND}, "category": category, "choice": choice}
        try:
            due = _due(category, choice, kind, state=state, month=month)
        except Refused as refused:
            settled.append({**row, "refused": refused.code})
        else:
            settled.append({**row, "basket": number, "basket_amount": _amount(due)})
            lines += _lines(number, due)
    return Baskets(pa.Table.from_pylist(settled, schema=KINDS), pa.Table.from_pylist(lines, schema=BASKETS))


def _due(category: str, choice: str, kind: Mapping[str, Any], *, state: str, month: Month) -> Entitlement:
    if not category:
        raise Refused("category_missing")
    if kind["members"] == NOT_TOLD:
        raise Refused("members_unknown")
    return entitlement(
        category,
        members=kind["members"],
        month=month,
        state=state,
        choice=choice or None,
        tribal_area=kind["tribal_area"],
    )


def _amount(due: Entitlement) -> int | None:
    """What the basket costs; None where a price is not known."""
    return None if any(line.amount is None for line in due.lines) else due.amount


def _lines(number: int, due: Entitlement) -> list[dict[str, Any]]:
    return [
        {
            "basket": number,
            "line": place,
            "commodity": line.commodity,
            "part": line.part,
            "unit": "g" if line.unit == "kg" else "ml",
            "quantity": line.quantity,
            "price": line.price,
            "amount": line.amount,
            "scheme": line.scheme,
            "section": line.section,
            "allocation": line.allocation,
            "choice_group": line.choice_group,
            "cap_group": line.cap_group,
            "row": line.reasons[0].row,
            "price_row": line.reasons[1].row,
        }
        for place, line in enumerate(due.lines, 1)
    ]
