"""The twin of PPP: it does not know every family."""

from typing import Any

from rasad.connectors.exchange.sandbox import KEY, PortalTwin
from rasad.connectors.exchange.wire import Item, Outcome
from rasad.connectors.ppp.client import PppClient


class PppTwin(PortalTwin):
    """PPP on this machine. A token whose family ID is in `unknown_families` is refused."""

    client = PppClient

    def __init__(self, *, port: int = 0, key: bytes = KEY) -> None:
        super().__init__(port=port, key=key)
        self.unknown_families: set[str] = set()

    def take(self, kind: str, item: Item[Any]) -> Outcome:
        """The token appears on the family's page."""
        family = item.body.family_id
        if family in self.unknown_families:
            return Outcome(id=item.id, outcome="refused", code="family_unknown", detail=family)
        return Outcome(id=item.id, outcome="accepted")
