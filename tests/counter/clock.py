"""The clock of the books in a story: it stands still until it is moved."""

from datetime import datetime, timedelta

import pytest

from rasad import wiring
from tests.counter import cast


class Clock:
    """What `wiring.now` says, and the other States' clock with it."""

    def __init__(self) -> None:
        self.at = cast.NOON

    def __call__(self) -> datetime:
        return self.at

    def on(self, day: int, hour: int = 12) -> datetime:
        """From now on it is this hour of this day in November."""
        self.at = cast.at(hour, day=day)
        return self.at

    def forward(self, **some: float) -> datetime:
        """So much later."""
        self.at += timedelta(**some)
        return self.at


@pytest.fixture
def clock(world: cast.World, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock at noon of 12 November 2026, for this State and the others."""
    made = Clock()
    monkeypatch.setattr(wiring, "now", made)
    monkeypatch.setattr(world.impds, "_clock", made)
    return made
