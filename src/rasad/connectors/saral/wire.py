"""What SARAL tells and is told."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from rasad.connectors.exchange.wire import Family, Reference


class Application(Family, frozen=True, kw_only=True):
    """An application for a BPL card, and whether the District Administration has verified it."""

    verified: bool
    verified_on: date | None = None


class Decided(Struct, frozen=True, kw_only=True):
    """What became of an application: outcome, reason and sentence; the token's number where there is one."""

    reference: Reference
    outcome: Literal["token", "linked", "refused", "in_review"]
    reason: Annotated[str, Meta(max_length=40)]
    sentence: Annotated[str, Meta(max_length=1000)] = ""
    token: Annotated[str, Meta(max_length=20)] = ""
