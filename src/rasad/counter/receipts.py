"""What a family gets in hand: the receipt of a sale."""

from base64 import b32encode
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from rasad.counter.asking import Asked
from rasad.values.aadhaar import mask_card
from rasad.values.month import INDIA


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
    text = b32encode(UUID(sale).bytes[-7:]).decode()[:10]
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
