"""Help Me, as we ask and tell it."""

from collections.abc import Sequence

from rasad.connectors.exchange.client import PortalClient
from rasad.connectors.exchange.wire import Item, Outcome
from rasad.connectors.help_me.wire import Notice


class HelpMeClient(PortalClient):
    """Help Me Mobile App."""

    name = "help_me"
    title = "Help Me"
    pushes = {"notices": Notice}

    def notices(self, items: Sequence[Item[Notice]], *, within: float) -> dict[str, Outcome]:
        """Lines for citizens' telephones; about the token's number, `within` in seconds."""
        return self.push("notices", items, within=within)
