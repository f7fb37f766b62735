"""Asha's family with a card at Ravi's shop, and everything outside as twins, at noon of 12 November 2026."""

import re

import pytest

from rasad import wiring
from rasad.registry import indexing
from tests.counter import cast
from tests.counter.conftest import _twins, ashas, ravis, world

__all__ = ["_twins", "ashas", "ravis", "world"]
NOON = cast.NOON
HEAD, OTHERS = "9999900001", "9999900077"
VIEWS = ("desk", "mobiles", "own", "own_mobile")


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(wiring, "now", lambda: NOON)
    for name in VIEWS:
        monkeypatch.setattr(f"rasad.families.views.{name}.now", wiring.now)


@pytest.fixture
def asha(ashas):
    """Her card, in the district of Hisar, found by name."""
    ashas.household.refresh_from_db()
    type(ashas.household).objects.filter(pk=ashas.household_id).update(
        district_code="63", family_id="1ABC2345"
    )
    indexing.refresh_stale()
    return ashas


def code_in(world, mobile=HEAD):
    return re.search(r"\b\d{6}\b", world.sms.messages_for(mobile)[-1].text)[0]
