"""The eight portals of the relief desk, in the order of the document that names them."""

from collections.abc import Mapping
from dataclasses import dataclass

from rasad.connectors.aepds.client import AepdsClient
from rasad.connectors.aepds.sandbox import AepdsTwin
from rasad.connectors.exchange.client import PortalClient
from rasad.connectors.exchange.sandbox import PortalTwin
from rasad.connectors.help_me.client import HelpMeClient
from rasad.connectors.help_me.sandbox import HelpMeTwin
from rasad.connectors.mmpsy.client import MmpsyClient
from rasad.connectors.mmpsy.sandbox import MmpsyTwin
from rasad.connectors.pds.client import PdsClient
from rasad.connectors.pds.sandbox import PdsTwin
from rasad.connectors.ppp.client import PppClient
from rasad.connectors.ppp.sandbox import PppTwin
from rasad.connectors.saral.client import SaralClient
from rasad.connectors.saral.sandbox import SaralTwin
from rasad.connectors.trackpds.client import TrackpdsClient
from rasad.connectors.trackpds.sandbox import TrackpdsTwin
from rasad.connectors.unit_committee.client import UnitCommitteeClient
from rasad.connectors.unit_committee.sandbox import UnitCommitteeTwin


@dataclass(frozen=True)
class Portal:
    """One portal: what the scheme's document calls it, who asks it, who stands in for it, on which port."""

    called: str
    client: type[PortalClient]
    twin: type[PortalTwin]
    port: int


PORTALS: Mapping[str, Portal] = {
    "trackpds": Portal("TrackPDS", TrackpdsClient, TrackpdsTwin, 8404),
    "pds": Portal("PDS", PdsClient, PdsTwin, 8405),
    "mmpsy": Portal("MMPSY", MmpsyClient, MmpsyTwin, 8406),
    "saral": Portal("BPL Ration Card Application Management System", SaralClient, SaralTwin, 8407),
    "ppp": Portal("PPP", PppClient, PppTwin, 8408),
    "unit_committee": Portal("Unit/Local Committee Portal", UnitCommitteeClient, UnitCommitteeTwin, 8409),
    "aepds": Portal("Aadhaar enabled PDS", AepdsClient, AepdsTwin, 8410),
    "help_me": Portal("Help Me Mobile App", HelpMeClient, HelpMeTwin, 8411),
}
