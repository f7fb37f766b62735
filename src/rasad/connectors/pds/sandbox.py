"""The twin of the card database."""

from rasad.connectors.exchange.sandbox import PortalTwin
from rasad.connectors.pds.client import PdsClient


class PdsTwin(PortalTwin):
    """PDS on this machine; give it cards in `rows["cards"]`."""

    client = PdsClient
