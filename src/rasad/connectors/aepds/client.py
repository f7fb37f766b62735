"""AePDS, as we ask and tell it."""

from rasad.connectors.aepds.wire import TokenForSale, TokenSale
from rasad.connectors.exchange.client import PortalClient


class AepdsClient(PortalClient):
    """Aadhaar enabled Public Distribution System."""

    name = "aepds"
    title = "AePDS"
    pulls = {"sales": TokenSale}
    pushes = {"tokens": TokenForSale}
