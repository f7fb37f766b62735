"""Tokens expire by themselves on the day after the last of their scheme (R-DRT-20)."""

from datetime import date

from rasad import wiring
from rasad.relief.actions import expire_tokens
from rasad.relief.queries import overview

BY = "rasad"
_looked_on: list[date] = []


def expire_once_a_day() -> int:
    """Expire what is over, looking once on each day; how many tokens. Looking again changes nothing."""
    at = wiring.now()
    if _looked_on and _looked_on[0] == at.date():
        return 0
    count = sum(expire_tokens(scheme=one, on=at.date(), by=BY, at=at) for one in overview.schemes())
    _looked_on[:] = [at.date()]
    return count
