"""SARAL, as we ask and tell it."""

from collections.abc import Sequence

from rasad.connectors.exchange.client import ROWS_A_PAGE, PortalClient, Pulled
from rasad.connectors.exchange.wire import Item, Outcome
from rasad.connectors.saral.wire import Application, Decided


class SaralClient(PortalClient):
    """BPL Ration Card Application Management System."""

    name = "saral"
    title = "SARAL"
    pulls = {"applications": Application}
    pushes = {"outcomes": Decided}

    def applications(
        self, *, cursor: str = "", limit: int = ROWS_A_PAGE, within: float
    ) -> Pulled[Application]:
        """Applications for a BPL card, verified or not; `within` in seconds."""
        return self.pull("applications", cursor=cursor, limit=limit, within=within)

    def outcomes(self, items: Sequence[Item[Decided]], *, within: float) -> dict[str, Outcome]:
        """What became of applications, with the sentence the family reads; about the application's reference."""
        return self.push("outcomes", items, within=within)
