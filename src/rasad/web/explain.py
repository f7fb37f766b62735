"""`Reason` becomes a sentence in the reader's language: why this quantity, this price, this answer.

Sentences are in `web/sentences/`, one file of reasons a subject, filled with the facts of the reason.
"""

from rasad.values.reason import Reason
from rasad.web.refusals import said_facts
from rasad.web.sentences.reasons import REASONS


def explained(reason: Reason) -> str:
    """The sentence of a reason in the active language. Raises KeyError for a code without one."""
    return str(REASONS[reason.code]) % said_facts(reason.facts)
