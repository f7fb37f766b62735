"""The twin of MMPSY."""

from rasad.connectors.exchange.sandbox import PortalTwin
from rasad.connectors.mmpsy.client import MmpsyClient


class MmpsyTwin(PortalTwin):
    """MMPSY on this machine; give it families in `rows["families"]`."""

    client = MmpsyClient
