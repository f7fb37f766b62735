"""The twin of TrackPDS: grain arrives when a test or a trainer says so."""

from datetime import date

from rasad.connectors.exchange.sandbox import PortalTwin
from rasad.connectors.trackpds.client import TrackpdsClient
from rasad.connectors.trackpds.wire import Arrival


class TrackpdsTwin(PortalTwin):
    """TrackPDS on this machine."""

    client = TrackpdsClient

    def arrive(self, shop: str, commodity: str, grams: int, *, on: date, allocation: str = "NFSA") -> Arrival:
        """A truck reaches a shop."""
        rows = list(self.rows["arrivals"])
        one = Arrival(
            id=f"A-{len(rows) + 1:06d}", shop=shop, allocation=allocation, commodity=commodity, grams=grams,
            arrived_on=on, truck="HR 69 A 0001",
        )  # fmt: skip
        self.rows["arrivals"] = [*rows, one]
        return one
