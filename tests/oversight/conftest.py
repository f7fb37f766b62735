"""The review's cast: Meena opens and hears, Imran of the District Administration and Kavita confirm."""

from datetime import datetime

import pytest

from rasad.accounts.models import User
from tests.cast import HISAR, staff
from tests.counter.conftest import _in_english, _twins, ashas, ravis, world
from tests.oversight.cast import Officers

__all__ = ["_in_english", "_twins", "ashas", "ravis", "world"]


class Clock:
    """What the pages take for the time; it stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def officers(meena: User, headquarters: User) -> Officers:
    """Who may do what in Hisar."""
    return Officers(
        meena=meena,
        kavita=headquarters,
        imran=staff("imran", "district_administration", ("district", HISAR), name="Imran Khan"),
        sunil=staff("sunil", "inspector", ("district", HISAR), name="Sunil"),
    )
