"""What applications do by themselves: late ones go up, room that appears is given, cards go to their new shop."""

import time

from rasad import wiring
from rasad.applications import clock, coverage
from rasad.applications.actions import decide
from rasad.applications.models import Application
from rasad.applications.moves import S

# The register is counted anew now and then: what ends by an order gives room back.
COUNT_SECONDS = 3600.0
ROUND_SECONDS = 30.0


class Round:
    """The worker's round: each look as often as it is worth it."""

    def __init__(self) -> None:
        self._looked = self._counted = float("-inf")

    def __call__(self) -> None:
        """One round."""
        now = time.monotonic()
        if now - self._looked < ROUND_SECONDS:
            return
        self._looked = now
        at = wiring.now()
        clock.goes_up(at=at)
        decide.change_shops(at=at)
        if not Application.objects.filter(state=S.WAITING).exists():
            return
        if now - self._counted >= COUNT_SECONDS:
            self._counted = now
            coverage.count(at=at)
        decide.admit_waiting(at=at)
