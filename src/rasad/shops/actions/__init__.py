"""Everything that changes shops, their hours and their devices."""

from rasad.shops.actions.devices import Code, enrol_device, enrol_with_code, make_code, revoke_device
from rasad.shops.actions.exports import record_export
from rasad.shops.actions.hours import close_day, open_day, set_hours
from rasad.shops.actions.register import (
    IMPORTS,
    SHOPS,
    import_cards,
    import_register,
    import_shops,
    register_files,
)
from rasad.shops.actions.sessions import Session, end_session, heartbeat, note_online, open_session

__all__ = [
    "IMPORTS",
    "SHOPS",
    "Code",
    "Session",
    "close_day",
    "end_session",
    "enrol_device",
    "enrol_with_code",
    "heartbeat",
    "import_cards",
    "import_register",
    "import_shops",
    "make_code",
    "note_online",
    "open_day",
    "open_session",
    "record_export",
    "register_files",
    "revoke_device",
    "set_hours",
]
