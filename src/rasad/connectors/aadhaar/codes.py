"""Where each of UIDAI's codes leads at the counter. Whatever the code, a home card is never refused."""

from rasad.connectors.aadhaar.code_table import CODES, TIMED_OUT, Call, Code, Leads
from rasad.connectors.aadhaar.code_words import ACTIONS, OTHER_ACTION, UNKNOWN_CODE

__all__ = ["CODES", "TIMED_OUT", "Call", "Code", "Leads", "action_words", "code_of", "leads_to", "said"]


def code_of(code: str) -> Code:
    """The row of a code. One that is not in the table leads to the next step: nobody is sent away for it."""
    return CODES.get(code) or Code(code, "Not in the table", "next_step", UNKNOWN_CODE)


def leads_to(code: str) -> Leads:
    """Where a code leads: `matched` and `capture_again` apart, the biometric step has failed."""
    return code_of(code).leads_to


def said(code: str, language: str = "en") -> str:
    """The operator's sentence for a code in `en`, `hi` or `bn`."""
    return code_of(code).words.said(language)


def action_words(actn: str, language: str = "en") -> str:
    """What UIDAI asks the operator to do, for his screen; empty where it asks nothing."""
    return ACTIONS.get(actn, OTHER_ACTION).said(language) if actn else ""
