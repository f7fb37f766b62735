"""What a group of sales moves, in one statement. The fast way; everything rarer goes through `actions`."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from psycopg import Cursor

_SELL = Path(__file__).with_name("sell.sql").read_text()
_encode = msgspec.json.Encoder().encode


class SaleLine(msgspec.Struct):
    """One line of a sale: from a shop's stock to a card's month; quantity in grams or ml, price and amount in paise.

    `sale` is its place in the group, `line` counts from 1 within the sale. Money goes into `cash`.
    """

    sale: int
    document: str
    line: int
    entitlement: int
    stock: int
    cash: int
    quantity: int
    price: int
    amount: int


def sell(
    cursor: Cursor[Any], lines: Sequence[SaleLine], *, families: int, at: datetime
) -> dict[int, dict[int, int]]:
    """Move what a group of sales asks; for each sale that came whole, what is left on the account of each line.

    A sale that is missing from the answer, or misses a line, was not possible or was posted before: the caller
    must roll back and post the others without it. `families` is the outside account that money comes from. No
    account of a card may stand twice in a group: `UPDATE ... FROM` would apply one of them only.
    """
    cursor.execute(_SELL, {"lines": _encode(lines).decode(), "families": families, "at": at}, prepare=True)
    left: dict[int, dict[int, int]] = {}
    for sale, line, remaining, in_stock in cursor:
        if in_stock:
            left.setdefault(sale, {})[line] = remaining
    return left
