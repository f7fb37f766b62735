"""The twin of AePDS: it sells on tokens it was told of, at their shops, in their months."""

from datetime import datetime

from rasad.connectors.aepds.client import AepdsClient
from rasad.connectors.aepds.wire import TokenSale
from rasad.connectors.exchange.sandbox import PortalTwin


class NotSoldError(Exception):
    """The device refuses: the token is not known, has another shop or month, or has ended."""


class AepdsTwin(PortalTwin):
    """AePDS on this machine."""

    client = AepdsClient

    def sell(
        self, token: str, lines: dict[str, int], *, shop: str, month: str, at: datetime, mode: str = "otp"
    ) -> TokenSale:
        """Give grain on a token. Raises NotSoldError."""
        known = self.known.get(token)
        if known is None or known.state in ("cancelled", "expired"):
            raise NotSoldError(f"{token} is not known here, or has ended")
        if known.shop != shop or month not in known.months:
            raise NotSoldError(f"{token} is drawn at {known.shop} in {', '.join(known.months)}")
        rows = list(self.rows["sales"])
        sale = TokenSale(
            id=f"S-{len(rows) + 1:06d}", token=token, shop=shop, month=month, lines=lines, at=at, mode=mode,  # type: ignore[arg-type]
        )  # fmt: skip
        self.rows["sales"] = [*rows, sale]
        return sale
