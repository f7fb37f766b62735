"""What other systems are called, and what their refusals mean."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SYSTEMS: Mapping[str, Promise | str] = {
    "ppp": _("Parivaar Pehchaan Patra (PPP)"),
    "unit_committee": _("Unit Committee portal"),
    "aepds": _("Aadhaar enabled PDS (AePDS)"),
    "help_me": _("Help Me app"),
    "saral": _("SARAL"),
    "trackpds": _("TrackPDS"),
    "sms": _("SMS"),
    "sms_applications": _("SMS about applications"),
    "sms_cases": _("SMS about cases"),
    "whatsapp": _("WhatsApp"),
}
REFUSALS: Mapping[str, Promise | str] = {
    "family_unknown": _("The family ID is not known there. Correct it in the source and send again."),
    "committee_unknown": _(
        "No committee answers for the place. Name the place of the token, or hand it over yourself."
    ),
    "id_reused": _(
        "The number of the message stands for something else there. Tell whoever looks after the system."
    ),
    "mobile_wrong": _("The mobile number is not one. Correct it, or reach the family another way."),
    "unfit_text": _("The text would not be the registered one. Tell whoever looks after the system."),
    "not_sent": _("The gateway does not take the number or the text. Reach the family another way."),
    "not_deliverable": _("WhatsApp does not reach this number. Print the paper, or send it another way."),
    "perhaps_sent": _(
        "Nobody knows whether it was sent: the answer was lost. Ask the family; send it again if nothing came."
    ),
    "no_answer": _(
        "The system answered for others and said nothing of this one, several times. Send it again; "
        "if it stays so, tell whoever looks after the system."
    ),
    "unreadable": _("The system cannot read it. Tell whoever looks after the system."),
    "shop_unknown": _("The shop is not known there. Have it added there, then send again."),
}


def refusal(code: str) -> str:
    """What a refusal means; its code where nobody has put it into words."""
    return str(REFUSALS.get(code) or code.replace("_", " "))
