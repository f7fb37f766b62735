"""AePDS, as we ask and tell it."""

from collections.abc import Sequence

from rasad.connectors.aepds.wire import TokenForSale, TokenSale
from rasad.connectors.exchange.client import ROWS_A_PAGE, PortalClient, Pulled
from rasad.connectors.exchange.wire import Item, Outcome


class AepdsClient(PortalClient):
    """Aadhaar enabled Public Distribution System."""

    name = "aepds"
    title = "AePDS"
    pulls = {"sales": TokenSale}
    pushes = {"tokens": TokenForSale}

    def sales(self, *, cursor: str = "", limit: int = ROWS_A_PAGE, within: float) -> Pulled[TokenSale]:
        """Grain given on tokens, in grams, in the order it was sold; `within` in seconds."""
        return self.pull("sales", cursor=cursor, limit=limit, within=within)

    def tokens(self, items: Sequence[Item[TokenForSale]], *, within: float) -> dict[str, Outcome]:
        """Tokens as devices have to know them; about the token's number, `within` in seconds."""
        return self.push("tokens", items, within=within)
