"""What AePDS tells and is told."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from rasad.connectors.exchange.wire import Code, Grams, Moment, MonthText, Name, Reference, TokenNumber


class TokenForSale(Struct, frozen=True, kw_only=True):
    """A token as a shop's device has to know it."""

    token: TokenNumber
    scheme: Code
    shop: Annotated[str, Meta(max_length=20)]
    months: tuple[MonthText, ...]
    holder: Name
    members: int
    inherits: Code
    state: Code


class TokenSale(Struct, frozen=True, kw_only=True):
    """Grain given on a token at a device of AePDS: grams by commodity."""

    id: Reference
    token: TokenNumber
    shop: Code
    month: MonthText
    lines: dict[Code, Grams]
    at: Moment
    mode: Literal["biometric", "otp", "unauthenticated"]
