"""What the app's server is told, and what it asks us in a citizen's name."""

from typing import Annotated

from msgspec import Meta, Struct

from rasad.connectors.exchange.wire import Code, MonthText, Name, TokenNumber

CitizenMobile = Annotated[str, Meta(pattern=r"^[6-9][0-9]{9}$", max_length=10)]


class Notice(Struct, frozen=True, kw_only=True):
    """A line for the citizen's telephone, in English and Hindi."""

    token: TokenNumber
    scheme: Code
    mobile: CitizenMobile
    state: Code
    shop_name: Name
    message_en: Annotated[str, Meta(max_length=500)]
    message_hi: Annotated[str, Meta(max_length=500)]


class CodeAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Send a code to a telephone."""

    mobile: CitizenMobile


class CodeSent(Struct, frozen=True, kw_only=True):
    """Whether one went out, and after how many seconds another may be asked for."""

    sent: bool
    wait_seconds: int


class TokensAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tokens of a telephone, shown by the code it was sent."""

    mobile: CitizenMobile
    code: Annotated[str, Meta(pattern=r"^[0-9]{6}$")]


class ShopNear(Struct, frozen=True, kw_only=True):
    """A shop near the family: metres away, where that is known."""

    number: Code
    name: Name
    address: Annotated[str, Meta(max_length=250)] = ""
    mobile: Annotated[str, Meta(max_length=10)] = ""
    distance_m: int | None = None


class OwnToken(Struct, frozen=True, kw_only=True):
    """A citizen's own token. `ticket` opens its paper for some minutes."""

    token: TokenNumber
    scheme: Code
    scheme_title: str
    holder: Name
    members: int
    months: tuple[MonthText, ...]
    state: Code
    state_words: str
    shop: ShopNear | None
    nearest: tuple[ShopNear, ...]
    ticket: str


class OwnTokens(Struct, frozen=True, kw_only=True):
    """All of them."""

    tokens: tuple[OwnToken, ...]


class PaperAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The paper of a token, by the ticket that came with it."""

    token: TokenNumber
    ticket: Annotated[str, Meta(max_length=200)]
