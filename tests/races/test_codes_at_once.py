"""A code cannot be guessed by asking from many devices in one moment."""

import pytest

from rasad.counter import tries
from rasad.values.refused import Refused
from tests.counter import cast, guests
from tests.counter.conftest import _twins, world  # noqa: F401  fixtures
from tests.races.test_imports_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def entered(shown, code: str) -> str:
    try:
        return tries.enter_code(shown.visit, members=shown.members, code=code, at=cast.NOON).outcome
    except Refused as no:
        return no.code


def test_no_more_wrong_codes_are_looked_at_than_allowed(world, monkeypatch):  # noqa: F811
    monkeypatch.setattr("rasad.wiring.now", lambda: cast.NOON)
    cast.shop()
    cast.ashas_card()
    shown = cast.visit()
    guests.at_the_code(shown)
    guests.code_sent(shown)
    right = guests.code_on(world)
    wrong = [f"{(int(right) + place) % 10**6:06d}" for place in range(1, 13)]

    outcomes = at_once(*[lambda code=code: entered(shown, code) for code in wrong])

    assert sorted(outcomes) == ["code_used_up"] * 9 + ["otp_wrong"] * 3
