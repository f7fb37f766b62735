"""Who of the department opened a family's record: names and offices, as the family reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from rasad.accounts.models import User
from rasad.registry.models import LookUp

DESK, PRINT, MOBILE, PAIRS = "desk", "print", "mobile", "pairs"


@dataclass(frozen=True)
class Look:
    """One opening of the record."""

    at: datetime
    who: str
    office: str
    why: str


def looks(rows: Iterable[LookUp]) -> list[Look]:
    """These openings with the names of who opened."""
    told = list(rows)
    known = {user.get_username(): user for user in User.objects.filter(username__in={one.by for one in told})}
    words = {
        DESK: _("the record was opened"),
        PRINT: _("the record was printed"),
        MOBILE: _("a mobile number was changed"),
        PAIRS: _("compared with somebody on another card"),
    }
    return [_look(one, known.get(one.by), words.get(one.why, one.why)) for one in told]


def _look(row: LookUp, user: User | None, why: str) -> Look:
    """The office is the one held then; where none was written, the role in the reader's language."""
    who = (user.get_full_name() if user else "") or row.by
    return Look(row.at, who, row.designation or (user.get_role_display() if user else ""), why)
