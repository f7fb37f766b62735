"""PPP, as we ask and tell it."""

from rasad.connectors.exchange.client import PortalClient
from rasad.connectors.ppp.wire import TokenOfFamily


class PppClient(PortalClient):
    """Parivaar Pehchaan Patra (PPP)."""

    name = "ppp"
    title = "PPP"
    pushes = {"tokens": TokenOfFamily}
