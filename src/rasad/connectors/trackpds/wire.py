"""What TrackPDS tells and is told."""

from datetime import date

from msgspec import Struct

from rasad.connectors.exchange.wire import Code, Grams, MonthText, Name, Reference


class Arrival(Struct, frozen=True, kw_only=True):
    """Grain that reached a shop, in grams; `allocation` says for which scheme it came."""

    id: Reference
    shop: Code
    allocation: Code
    commodity: Code
    grams: Grams
    arrived_on: date
    truck: Name = ""


class Requirement(Struct, frozen=True, kw_only=True):
    """What the tokens of a shop need in a month beside its own cards: grams by commodity."""

    scheme: Code
    shop: Code
    month: MonthText
    families: int
    people: int
    lines: dict[Code, Grams]
