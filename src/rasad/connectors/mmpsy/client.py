"""MMPSY, as we ask and tell it."""

from rasad.connectors.exchange.client import PortalClient
from rasad.connectors.mmpsy.wire import MmpsyFamily


class MmpsyClient(PortalClient):
    """Mukhya Mantri Parivaar Samridhy Yojna (MMPSY)."""

    name = "mmpsy"
    title = "MMPSY"
    pulls = {"families": MmpsyFamily}
