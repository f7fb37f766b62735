"""The review's cast: Meena opens and hears, Imran of the District Administration and Kavita confirm."""

import sys
from datetime import datetime

import pytest

from rasad import wiring
from rasad.accounts.models import User
from rasad.registry.models import Card, Household
from tests.cast import HISAR, staff
from tests.counter import cast
from tests.counter.conftest import _in_english, _twins, ravis, world
from tests.oversight.cast import Officers, after

__all__ = ["_in_english", "_twins", "ravis", "world"]


@pytest.fixture
def ashas(ravis) -> Card:
    """Asha's card, in Hisar."""
    made = cast.ashas_card()
    Household.objects.filter(pk=made.household_id).update(district_code=HISAR)
    made.household.district_code = HISAR
    return made


@pytest.fixture
def clock(monkeypatch):
    """The pages' clock: noon of 10 June 2026, until a story moves it by days."""

    def move(days: int = 0) -> None:
        def now() -> datetime:
            return after(days)

        monkeypatch.setattr(wiring, "now", now)
        for name, module in list(sys.modules.items()):
            if name.startswith("rasad.oversight.views") and hasattr(module, "now"):
                monkeypatch.setattr(module, "now", now)

    import rasad.urls  # noqa: F401  its views

    move()
    return move


@pytest.fixture
def officers(meena: User, headquarters: User) -> Officers:
    """Who may do what in Hisar."""
    return Officers(
        meena=meena,
        kavita=headquarters,
        imran=staff("imran", "district_administration", ("district", HISAR), name="Imran Khan"),
        sunil=staff("sunil", "inspector", ("district", HISAR), name="Sunil"),
    )
