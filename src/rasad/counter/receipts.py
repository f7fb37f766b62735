"""What a family gets in hand: the receipt of a sale."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from rasad.counter.asking import Asked
from rasad.values.aadhaar import mask_card
from rasad.values.month import INDIA

# Base 32, ten bits at once: the standard library's encoder was the dearest part of a receipt.
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TWO_LETTERS = [one + other for one in _LETTERS for other in _LETTERS]


class ReceiptLine(msgspec.Struct):
    """Grams or ml, paise a kg or litre, paise; `left` is what the card may still take of it this month."""

    line: str
    quantity: int
    unit: str
    price: int
    amount: int
    left: int


class Receipt(msgspec.Struct):
    """A sale as it stands in the books. `is_replay`: it stood there before this request came."""

    id: str
    number: str
    at: datetime
    shop: str
    card: str
    member: int | None
    mode: str
    why: str
    ekyc_asked: bool
    lines: list[ReceiptLine]
    amount: int
    is_replay: bool = False


def number_of(sale: str) -> str:
    """The number on paper: ten characters of the sale's id, in two groups, for reading out."""
    bits = int(sale.replace("-", "")[-14:], 16) >> 6
    text = "".join([_TWO_LETTERS[bits >> place & 1023] for place in (40, 30, 20, 10, 0)])
    return f"{text[:5]}-{text[5:]}"


def receipt_of(sale: Asked, *, left: Sequence[int], at: datetime, is_replay: bool = False) -> Receipt:
    """The receipt of a sale that was posted, with what is left on each of its lines."""
    allowed = sale.allowed
    lines = [
        ReceiptLine(line.of.key, line.quantity, line.of.unit, line.of.price, line.amount, rest)
        for line, rest in zip(sale.lines, left, strict=True)
    ]
    return Receipt(
        sale.id, number_of(sale.id), at.astimezone(INDIA), allowed.shop, mask_card(allowed.holder),
        allowed.member, allowed.mode, allowed.why, allowed.ekyc_asked, lines, sale.amount, is_replay,
    )  # fmt: skip
