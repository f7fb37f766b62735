"""MMPSY, as we ask and tell it."""

from rasad.connectors.exchange.client import ROWS_A_PAGE, PortalClient, Pulled
from rasad.connectors.mmpsy.wire import MmpsyFamily


class MmpsyClient(PortalClient):
    """Mukhya Mantri Parivaar Samridhy Yojna (MMPSY)."""

    name = "mmpsy"
    title = "MMPSY"
    pulls = {"families": MmpsyFamily}

    def families(self, *, cursor: str = "", limit: int = ROWS_A_PAGE, within: float) -> Pulled[MmpsyFamily]:
        """Registered families in the order they were registered; `within` in seconds."""
        return self.pull("families", cursor=cursor, limit=limit, within=within)
