"""A card of the State at another shop of the State: finger or code, never without, and no half-month rule."""

import pytest

from rasad.counter import tries
from rasad.counter.models import Sale
from rasad.ledger.models import Account, AwayLift
from rasad.values.refused import Refused
from tests.counter import cast, guests


@pytest.fixture
def away(ashas, world, clock):
    """Asha's card at the second shop of the State."""
    cast.shop(cast.SECOND, name="Second Store")
    return cast.visit(shop_number=cast.SECOND)


@pytest.mark.req("R-PRT-01")
def test_finger_gives_the_whole_month_at_once_and_again_nothing_is_in_the_way(away, world):
    cast.finger(away, world)
    receipt = cast.sell(away, wheat=15_000)

    assert (receipt.mode, receipt.lines[0].left) == ("biometric", 0)
    assert Sale.objects.get().kind == "away"
    assert not AwayLift.objects.exists()
    stock = Account.objects.get(kind="stock", holder=cast.SECOND, commodity="wheat")
    assert stock.given == 15_000


def test_rest_is_lifted_at_home_on_the_same_day(away, world):
    cast.finger(away, world)
    cast.sell(away, wheat=9_000)
    at_home = cast.visit()

    assert [(one.key, one.left) for one in at_home.offers] == [("wheat", 6_000), ("pulses", 2_500)]
    cast.finger(at_home, world)
    assert cast.sell(at_home, wheat=6_000).lines[0].left == 0


@pytest.mark.req("R-PRT-01")
def test_code_on_a_mobile_serves_away_too(away, world, clock):
    cast.finger(away, world, placed=cast.BINOD)
    assert guests.standing(away).next == "mobile_otp"
    guests.code_sent(away)
    guests.entered(away, guests.code_on(world), at=clock())

    assert cast.sell(away, wheat=15_000).mode == "mobile_otp"


def test_nobody_goes_on_without_away(away, world):
    cast.finger(away, world, placed=cast.BINOD)

    with pytest.raises(Refused, match="away_unauthenticated"):
        tries.go_without(away.visit, members=away.members, why="mobile_not_carried", at=cast.NOON)
    with pytest.raises(Refused, match="authenticate_first"):
        cast.sell(away, wheat=1_000)


def test_card_with_no_step_left_away_is_sent_to_its_own_shop(ravis, world):
    cast.shop(cast.SECOND, name="Second Store")
    cast.card(cast.CARD, cast.person("Asha Devi"))
    away = cast.visit(shop_number=cast.SECOND)

    assert (guests.standing(away).next, guests.standing(away).mode) == (None, None)
    with pytest.raises(Refused, match="away_unauthenticated"):
        cast.sell(away, wheat=1_000)
    assert cast.sell(cast.visit(), wheat=1_000).mode == "unauthenticated"
