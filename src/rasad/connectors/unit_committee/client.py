"""Unit Committee portal, as we ask and tell it."""

from rasad.connectors.exchange.client import PortalClient
from rasad.connectors.unit_committee.wire import HandOver, Surveyed, TokenToHandOver


class UnitCommitteeClient(PortalClient):
    """Unit/Local Committee Portal."""

    name = "unit_committee"
    title = "Unit Committee portal"
    pulls = {"surveys": Surveyed, "hand_overs": HandOver}
    pushes = {"tokens": TokenToHandOver}
