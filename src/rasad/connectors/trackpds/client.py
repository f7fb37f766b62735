"""TrackPDS, as we ask and tell it."""

from rasad.connectors.exchange.client import PortalClient
from rasad.connectors.trackpds.wire import Arrival, Requirement


class TrackpdsClient(PortalClient):
    """TrackPDS."""

    name = "trackpds"
    title = "TrackPDS"
    pulls = {"arrivals": Arrival}
    pushes = {"requirements": Requirement}
