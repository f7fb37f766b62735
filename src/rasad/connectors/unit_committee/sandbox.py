"""The twin of the committees' portal: it finds the committee of a place, and its people go from door to door."""

from datetime import datetime
from typing import Any

from rasad.connectors.exchange.client import real_time
from rasad.connectors.exchange.sandbox import KEY, PortalTwin
from rasad.connectors.exchange.wire import Item, Outcome
from rasad.connectors.unit_committee.client import UnitCommitteeClient
from rasad.connectors.unit_committee.wire import HandOver


class UnitCommitteeTwin(PortalTwin):
    """The portal on this machine. Each place has a committee, but for those in `without_committee`."""

    client = UnitCommitteeClient

    def __init__(self, *, port: int = 0, key: bytes = KEY) -> None:
        super().__init__(port=port, key=key)
        self.without_committee: set[str] = set()
        self.links: dict[str, str] = {}

    def take(self, kind: str, item: Item[Any]) -> Outcome:
        """Search the committee of the family's place and show it the link."""
        place = item.body.place
        if not place or place in self.without_committee:
            said = place or item.body.place_name
            return Outcome(id=item.id, outcome="refused", code="committee_unknown", detail=said)
        self.links[item.body.token] = item.body.link
        facts = {"committee": f"UC-{place}", "committee_name": f"Unit Committee, {item.body.place_name}"}
        return Outcome(id=item.id, outcome="accepted", facts=facts)

    def hand_over(
        self,
        token: str,
        outcome: str = "handed_over",
        *,
        proof: str = "signature",
        at: datetime | None = None,
    ) -> HandOver:
        """What a committee did with a token it was shown. Raises KeyError for one it was not."""
        body = self.known[token]
        rows = list(self.rows["hand_overs"])
        one = HandOver(
            id=f"H-{len(rows) + 1:06d}", token=token, committee=f"UC-{body.place}", outcome=outcome,  # type: ignore[arg-type]
            at=at or real_time(), by="Sarpanch", proof=proof if outcome == "handed_over" else "",  # type: ignore[arg-type]
        )  # fmt: skip
        self.rows["hand_overs"] = [*rows, one]
        return one
