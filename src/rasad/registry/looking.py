"""Whoever opens a family's record is written down: the family sees who and when."""

from datetime import datetime, timedelta

from rasad.accounts.models import User
from rasad.registry.models import Card, LookUp

ONCE_IN = timedelta(hours=1)


def look(*, card: Card, why: str, by: User, at: datetime) -> None:
    """Write down that somebody opened a record: once an hour for the same purpose."""
    lately = LookUp.objects.filter(card=card, by=by.get_username(), why=why, at__gt=at - ONCE_IN)
    if not lately.exists():
        LookUp.objects.create(
            card=card,
            by=by.get_username(),
            designation=by.designation,
            why=why,
            at=at,
        )
