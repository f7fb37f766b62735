"""Whoever opens a family's record in a case is written down for the family to read."""

from datetime import datetime, timedelta

from rasad.accounts.models import User
from rasad.oversight.models import Case
from rasad.registry.models import LookUp

# Turning pages back and forth is one look.
ONCE_IN = timedelta(hours=1)


def note_look_up(*, case: Case, by: User, at: datetime) -> None:
    """Write down that somebody of the department opened this family's case."""
    known = LookUp.objects.filter(
        card=case.card, by=by.get_username(), why=case.number, at__gt=at - ONCE_IN, at__lte=at
    )
    if not known.exists():
        LookUp.objects.create(
            card=case.card,
            by=by.get_username(),
            designation=by.get_role_display()[:120],
            why=case.number,
            at=at,
        )
