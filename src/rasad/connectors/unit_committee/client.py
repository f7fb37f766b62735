"""Unit Committee portal, as we ask and tell it."""

from collections.abc import Sequence

from rasad.connectors.exchange.client import ROWS_A_PAGE, PortalClient, Pulled
from rasad.connectors.exchange.wire import Item, Outcome
from rasad.connectors.unit_committee.wire import HandOver, Surveyed, TokenToHandOver


class UnitCommitteeClient(PortalClient):
    """Unit/Local Committee Portal."""

    name = "unit_committee"
    title = "Unit Committee portal"
    pulls = {"surveys": Surveyed, "hand_overs": HandOver}
    pushes = {"tokens": TokenToHandOver}

    def surveys(self, *, cursor: str = "", limit: int = ROWS_A_PAGE, within: float) -> Pulled[Surveyed]:
        """Families of the Local Committees' surveys, passed on or not; `within` in seconds."""
        return self.pull("surveys", cursor=cursor, limit=limit, within=within)

    def hand_overs(self, *, cursor: str = "", limit: int = ROWS_A_PAGE, within: float) -> Pulled[HandOver]:
        """What committees did with tokens, in the order they told it; `within` in seconds."""
        return self.pull("hand_overs", cursor=cursor, limit=limit, within=within)

    def tokens(self, items: Sequence[Item[TokenToHandOver]], *, within: float) -> dict[str, Outcome]:
        """Tokens for the committee of the family's place, which is told in `facts`. Refused: `committee_unknown`."""
        return self.push("tokens", items, within=within)
