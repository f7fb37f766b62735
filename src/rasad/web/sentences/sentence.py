"""The form of what is said when something is refused."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Sentence:
    """What, why, what next, with the facts of the refusal as `%(name)s`; `status` is the HTTP status.

    `short` is the reason in half a line, as an officer notes it, for lists and worked cases.
    """

    what: Promise | str
    why: Promise | str
    next: Promise | str
    status: int = 409
    short: Promise | str = ""
