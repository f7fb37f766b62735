"""What PPP is told."""

from typing import Annotated

from msgspec import Meta, Struct

from rasad.connectors.exchange.wire import Code, MonthText, Name, Text, TokenNumber


class TokenOfFamily(Struct, frozen=True, kw_only=True):
    """A token as the family's page in PPP shows it."""

    token: TokenNumber
    scheme: Code
    family_id: Annotated[str, Meta(max_length=20)]
    holder: Name
    members: int
    months: tuple[MonthText, ...]
    shop: Annotated[str, Meta(max_length=20)]
    shop_name: Name
    state: Code
    link: Text
