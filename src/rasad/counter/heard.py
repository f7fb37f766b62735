"""What is said to the operator of a finger, in the reader's language."""

from django.utils.translation import gettext as _

from rasad.connectors.aadhaar.codes import TIMED_OUT, action_words, said
from rasad.counter.models import Attempt, Kind, Visit
from rasad.web.language import active


def heard(visit: Visit) -> list[str]:
    """What is to be said of the last finger, in the reader's language; nothing before the first."""
    last = visit.attempts.filter(step=Attempt.Step.BIOMETRIC).last()
    if last is None or last.outcome == "matched":
        return []
    if last.outcome == "not_read":
        return [_("No finger could be read.")]
    if last.outcome == "mismatch" and visit.kind != Kind.VISITOR:
        # UIDAI would have another finger tried; a home card goes on with the code.
        return [_("The finger did not match. UIDAI's code is %(code)s.") % {"code": last.code}]
    code = last.code or TIMED_OUT
    words = [said(code, active()), action_words(last.action, active())]
    return [one for one in words if one]
