"""SARAL, as we ask and tell it."""

from rasad.connectors.exchange.client import PortalClient
from rasad.connectors.saral.wire import Application, Decided


class SaralClient(PortalClient):
    """BPL Ration Card Application Management System."""

    name = "saral"
    title = "SARAL"
    pulls = {"applications": Application}
    pushes = {"outcomes": Decided}
