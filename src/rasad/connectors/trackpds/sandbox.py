"""The twin of TrackPDS: grain arrives when a test or a trainer says so."""

from datetime import date
from typing import Any

from rasad.connectors.exchange.sandbox import KEY, PortalTwin
from rasad.connectors.exchange.wire import Item, Outcome
from rasad.connectors.trackpds.client import TrackpdsClient
from rasad.connectors.trackpds.wire import Arrival


class TrackpdsTwin(PortalTwin):
    """TrackPDS on this machine. What a shop of `unknown_shops` needs is refused."""

    client = TrackpdsClient

    def __init__(self, *, port: int = 0, key: bytes = KEY) -> None:
        super().__init__(port=port, key=key)
        self.unknown_shops: set[str] = set()

    def take(self, kind: str, item: Item[Any]) -> Outcome:
        """The requirement goes into the next round of trucks."""
        shop = item.body.shop
        if shop in self.unknown_shops:
            return Outcome(id=item.id, outcome="refused", code="shop_unknown", detail=shop)
        return Outcome(id=item.id, outcome="accepted")

    def arrive(self, shop: str, commodity: str, grams: int, *, on: date, allocation: str = "NFSA") -> Arrival:
        """A truck reaches a shop."""
        rows = list(self.rows["arrivals"])
        one = Arrival(
            id=f"A-{len(rows) + 1:06d}", shop=shop, allocation=allocation, commodity=commodity, grams=grams,
            arrived_on=on, truck="HR 69 A 0001",
        )  # fmt: skip
        self.rows["arrivals"] = [*rows, one]
        return one
