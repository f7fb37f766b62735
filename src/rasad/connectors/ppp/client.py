"""PPP, as we ask and tell it."""

from collections.abc import Sequence

from rasad.connectors.exchange.client import PortalClient
from rasad.connectors.exchange.wire import Item, Outcome
from rasad.connectors.ppp.wire import TokenOfFamily


class PppClient(PortalClient):
    """Parivaar Pehchaan Patra (PPP)."""

    name = "ppp"
    title = "PPP"
    pushes = {"tokens": TokenOfFamily}

    def tokens(self, items: Sequence[Item[TokenOfFamily]], *, within: float) -> dict[str, Outcome]:
        """Tokens for their families' pages; about the token's number. Refused: `family_unknown`."""
        return self.push("tokens", items, within=within)
