"""What each act is called on the journal's page. An act without words is shown by its code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise | str] = {
    "log_in.password": _("Password right"),
    "log_in.done": _("Logged in"),
    "log_in.failed": _("Wrong password"),
    "log_in.locked": _("Log-in closed after wrong passwords"),
    "log_in.code_failed": _("Wrong code"),
    "log_out": _("Logged out"),
    "second_factor.enrolled": _("Second factor set up"),
    "recovery_codes.made": _("Recovery codes made"),
    "password.changed": _("Password changed"),
    "staff.created": _("Account made"),
    "staff.closed": _("Account closed"),
    "staff.reopened": _("Account opened again"),
    "staff.access_reset": _("Password and second factor reset"),
    "aadhaar.revealed": _("Aadhaar number looked up"),
    "place.moved": _("Place moved"),
    "file.imported": _("File taken in"),
    "file.import_failed": _("File not taken in"),
    "relief.run_taken_in": _("Relief run taken in"),
    "relief.printed": _("Tokens printed"),
    "relief.expired": _("Tokens expired"),
    "relief.exported": _("List taken out"),
    "device.code_made": _("Enrolment code made"),
    "device.enrolled": _("Device enrolled"),
    "device.revoked": _("Device revoked"),
    "device.session_opened": _("Device at work"),
    "device.session_ended": _("Device stopped work"),
    "shop.hours_set": _("Hours of a shop set"),
    "shop.day_closed": _("Shop closed for a day"),
    "shop.day_opened": _("Shop open after all"),
    "shop.exported": _("List of shops taken out"),
}
