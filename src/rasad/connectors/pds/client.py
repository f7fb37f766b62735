"""PDS, as we ask and tell it."""

from rasad.connectors.exchange.client import PortalClient
from rasad.connectors.pds.wire import RegisterCard


class PdsClient(PortalClient):
    """Public Distribution System (PDS)."""

    name = "pds"
    title = "PDS"
    pulls = {"cards": RegisterCard}
