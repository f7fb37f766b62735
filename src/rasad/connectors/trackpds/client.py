"""TrackPDS, as we ask and tell it."""

from collections.abc import Sequence

from rasad.connectors.exchange.client import ROWS_A_PAGE, PortalClient, Pulled
from rasad.connectors.exchange.wire import Item, Outcome
from rasad.connectors.trackpds.wire import Arrival, Requirement


class TrackpdsClient(PortalClient):
    """TrackPDS."""

    name = "trackpds"
    title = "TrackPDS"
    pulls = {"arrivals": Arrival}
    pushes = {"requirements": Requirement}

    def arrivals(self, *, cursor: str = "", limit: int = ROWS_A_PAGE, within: float) -> Pulled[Arrival]:
        """Grain that reached shops, in grams, in the order it was told; `within` in seconds, as everywhere."""
        return self.pull("arrivals", cursor=cursor, limit=limit, within=within)

    def requirements(self, items: Sequence[Item[Requirement]], *, within: float) -> dict[str, Outcome]:
        """What tokens need by shop and month, in grams. Refused: `shop_unknown`."""
        return self.push("requirements", items, within=within)
