"""What the committees' portal tells and is told."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from rasad.connectors.exchange.wire import (
    Category,
    Code,
    Family,
    Moment,
    MonthText,
    Name,
    Reference,
    Text,
    TokenNumber,
)


class TokenToHandOver(Struct, frozen=True, kw_only=True):
    """A token with all that a committee needs to find its family, and the link to its paper."""

    token: TokenNumber
    scheme: Code
    district: Code
    place: Annotated[str, Meta(max_length=12)]
    place_name: Name
    holder: Name
    address: Text
    members: int
    months: tuple[MonthText, ...]
    shop: Annotated[str, Meta(max_length=20)]
    shop_name: Name
    state: Code
    link: Text


class Surveyed(Family, frozen=True, kw_only=True):
    """A family of a Local Committee's survey: what it opted for, and whether the record was passed on."""

    ration_option: Category = ""
    forwarded: bool
    forwarded_on: date | None = None


class HandOver(Struct, frozen=True, kw_only=True):
    """What a committee did with a token. `id` makes it one, however often it is told."""

    id: Reference
    token: TokenNumber
    committee: Code
    outcome: Literal["downloaded", "printed", "handed_over", "not_found", "moved", "dead"]
    at: Moment
    by: Name
    proof: Literal["", "signature", "mark", "otp", "photo"] = ""
    note: Text = ""
