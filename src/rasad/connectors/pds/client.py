"""PDS, as we ask and tell it."""

from rasad.connectors.exchange.client import ROWS_A_PAGE, PortalClient, Pulled
from rasad.connectors.pds.wire import RegisterCard


class PdsClient(PortalClient):
    """Public Distribution System (PDS)."""

    name = "pds"
    title = "PDS"
    pulls = {"cards": RegisterCard}

    def cards(self, *, cursor: str = "", limit: int = ROWS_A_PAGE, within: float) -> Pulled[RegisterCard]:
        """Ration cards with their people, ended ones too; `within` in seconds."""
        return self.pull("cards", cursor=cursor, limit=limit, within=within)
