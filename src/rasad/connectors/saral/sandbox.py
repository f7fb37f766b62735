"""The twin of SARAL."""

from rasad.connectors.exchange.sandbox import PortalTwin
from rasad.connectors.saral.client import SaralClient


class SaralTwin(PortalTwin):
    """SARAL on this machine; give it applications in `rows["applications"]`."""

    client = SaralClient
