"""Accounts of a month made for many cards in one statement: the same rows that `grants.grant` makes for one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection

from rasad.ledger.grants import Due, kind_of, with_caps

_OPEN = Path(__file__).with_name("ahead.sql").read_text()
_encode = msgspec.json.Encoder().encode

# A card with its category and how many members count.
Holder = tuple[str, str, int]
KindOfCard = tuple[str, int]


def open_month(
    holders: Sequence[Holder], *, month: str, dues: Mapping[KindOfCard, Sequence[Due]], at: datetime
) -> int:
    """Make the accounts of a month for cards by what is due to each kind of card; how many cards got some.

    A card that has them keeps them as they are, and a kind without `dues` gets none. Safe beside sales and visits.
    """
    rows = [
        {
            "category": category, "members": members, "kind": kind_of(one, lines), "commodity": one.commodity,
            "part": one.part, "unit": str(one.unit), "quantity": one.quantity, "cap_group": one.cap_group,
            "choice_group": one.choice_group, "rules": one.rules[:250],
        }
        for (category, members), lines in dues.items()
        for one in with_caps(lines)
    ]  # fmt: skip
    told: dict[str, Any] = {
        "holders": [holder for holder, _, _ in holders],
        "categories": [category for _, category, _ in holders],
        "members": [members for _, _, members in holders],
        "dues": _encode(rows).decode(), "month": month, "at": at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, told)
        (count,) = cursor.fetchone()
    return int(count)
