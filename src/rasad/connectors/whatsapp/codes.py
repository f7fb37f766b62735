"""Meta's codes: what each means, whom it concerns, and whether trying again can help."""

from dataclasses import dataclass
from enum import StrEnum


class About(StrEnum):
    """Whom a code concerns."""

    ACCOUNT = "account"  # ours with Meta: no message goes until somebody has put it right
    PACE = "pace"  # ours too, but it passes by itself: slower, or later
    META = "meta"  # Meta itself failed: what became of the message is not known
    NUMBER = "number"  # this telephone; others may be reached
    MESSAGE = "message"  # this message; others may go
    TEMPLATE = "template"  # this registered text, in this language
    MEDIA = "media"  # this document


@dataclass(frozen=True)
class Code:
    """A code of Meta's."""

    means: str
    about: About

    @property
    def is_permanent(self) -> bool:
        """Whether the same request would be refused again."""
        return self.about not in (About.PACE, About.META)

    @property
    def is_of_account(self) -> bool:
        """Whether it holds for every message."""
        return self.about in (About.ACCOUNT, About.PACE)


NO_SUCH_OBJECT = 33
CODES = {
    0: Code("token is not accepted", About.ACCOUNT),
    1: Code("unknown failure at Meta", About.META),
    2: Code("Meta is down or overloaded", About.META),
    3: Code("the app may not do this", About.ACCOUNT),
    4: Code("too many calls by the app", About.PACE),
    10: Code("permission is missing", About.ACCOUNT),
    NO_SUCH_OBJECT: Code("there is no such sending number", About.ACCOUNT),
    100: Code("invalid parameter", About.MESSAGE),
    190: Code("token has expired", About.ACCOUNT),
    368: Code("account is blocked for a breach of policy", About.ACCOUNT),
    80007: Code("too many calls by the account", About.PACE),
    130429: Code("too many messages at once", About.PACE),
    130472: Code("Meta keeps this number for an experiment", About.NUMBER),
    130497: Code("account may not write to this country", About.ACCOUNT),
    131000: Code("unknown failure at Meta", About.META),
    131005: Code("access denied", About.ACCOUNT),
    131008: Code("a parameter is missing", About.MESSAGE),
    131009: Code("a parameter has a value that is not valid", About.MESSAGE),
    131016: Code("Meta is overloaded", About.META),
    131021: Code("the number is the sender's own", About.NUMBER),
    131026: Code("cannot be delivered to this number", About.NUMBER),
    131030: Code("the number is not on the list of allowed ones", About.NUMBER),
    131031: Code("account is locked", About.ACCOUNT),
    131037: Code("the sender's name is not approved", About.ACCOUNT),
    131042: Code("account is not paid for", About.ACCOUNT),
    131045: Code("the sending number is not registered", About.ACCOUNT),
    131047: Code("only registered texts may be sent now", About.MESSAGE),
    131048: Code("too many messages were marked as unwanted", About.PACE),
    131049: Code("Meta holds it back from this number", About.NUMBER),
    131050: Code("the number wants no such messages", About.NUMBER),
    131051: Code("kind of message is not supported", About.MESSAGE),
    131052: Code("Meta cannot fetch the document", About.MEDIA),
    131053: Code("Meta cannot take the document", About.MEDIA),
    131056: Code("too many messages to the same number", About.PACE),
    131057: Code("account is under maintenance", About.PACE),
    132000: Code("number of variables is not the template's", About.TEMPLATE),
    132001: Code("there is no such template in this language", About.TEMPLATE),
    132005: Code("text is too long", About.TEMPLATE),
    132007: Code("text is against the policy", About.TEMPLATE),
    132012: Code("variables have another form than the template's", About.TEMPLATE),
    132015: Code("template is paused", About.TEMPLATE),
    132016: Code("template is disabled for good", About.TEMPLATE),
    133004: Code("Meta is down for a while", About.META),
    133010: Code("the sending number is not registered", About.ACCOUNT),
    135000: Code("something in the message is wrong", About.MESSAGE),
}
_PERMISSION = Code("permission is missing", About.ACCOUNT)
# Whatever it is, it is no reason to give up the messages: the line rests until somebody has looked.
_UNKNOWN = Code("unknown refusal", About.ACCOUNT)


def code_of(number: int) -> Code:
    """A code by its number, in an answer or in a report of what became of a message."""
    if 200 <= number <= 299:
        return _PERMISSION
    return CODES.get(number, _UNKNOWN)
