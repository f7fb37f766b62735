"""What a group of sales moves: the beginning of the statement that posts it. The fast way; all else is in `actions`."""

from pathlib import Path

import msgspec
from psycopg import Error

# The beginning of a statement: `asked`, `lifted`, `needed` and `handed` are there for its end.
SELL = Path(__file__).with_name("sell.sql").read_text()
# The state of the error by which `ledger_only_whole` rolls a statement back; its detail names the sales.
NOT_WHOLE = "RS001"


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


def missing(error: Error) -> set[int] | None:
    """The places of the sales that a statement could not post whole; None for another error."""
    if error.sqlstate != NOT_WHOLE:
        return None
    return {int(place) for place in (error.diag.message_detail or "").split(",")}
