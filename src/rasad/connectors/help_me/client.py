"""Help Me, as we ask and tell it."""

from rasad.connectors.exchange.client import PortalClient
from rasad.connectors.help_me.wire import Notice


class HelpMeClient(PortalClient):
    """Help Me Mobile App."""

    name = "help_me"
    title = "Help Me"
    pushes = {"notices": Notice}
