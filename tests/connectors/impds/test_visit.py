"""A family of West Bengal at a shop far from home, from the card to the grain, through both lines."""

from datetime import date
from uuid import uuid4

import pytest

from rasad.connectors.aadhaar import twins as aadhaar
from rasad.policy import visitor
from rasad.values.refused import Refused
from tests.connectors.impds.asked import (
    AUGUST,
    OTHER_SALE,
    PATIENCE,
    SALE,
    WEST_BENGAL,
    card,
    left,
    reserve,
)

HOST_RULES = "IN-WB"
SHIVSHANKAR = "999941057058"


@pytest.fixture(scope="module")
def reader():
    with aadhaar.running() as twins:
        yield twins


def lift(found, commodity, clock):
    """What the rules of the shop's State allow of a commodity today."""
    line = found.line(commodity)
    return visitor.lift(
        HOST_RULES,
        full=line.full,
        left=line.left,
        asked=line.full,
        on=clock().date(),
        previous=found.last_away_on,
    )


def test_finger_matches_by_the_token_of_the_home_state(ravi, reader):
    uidai = reader.client()
    token = card(ravi).members[0].uid_token

    answer = uidai.authenticate(
        uid_or_ref=token,
        txn=uuid4().hex,
        captured=reader.captured(SHIVSHANKAR),
        consent=True,
        within=PATIENCE,
    )

    assert answer.is_match
    assert SHIVSHANKAR not in token


def test_finger_of_somebody_else_does_not_match(ravi, reader):
    uidai = reader.client()

    answer = uidai.authenticate(
        uid_or_ref=card(ravi).members[0].uid_token,
        txn=uuid4().hex,
        captured=reader.captured("999971658847"),
        consent=True,
        within=PATIENCE,
    )

    assert not answer.is_match


def test_half_today_and_the_rest_after_seven_days(ravi, clock):
    first = lift(card(ravi), "rice", clock)
    reserve(ravi, clock, lines={"rice": first.quantity})
    ravi.post(reservation=SALE, at=clock(), within=PATIENCE)

    clock.passes(days=6)
    with pytest.raises(Refused, match="portability_gap") as refused:
        lift(card(ravi), "rice", clock)

    clock.passes(days=1)
    second = lift(card(ravi), "rice", clock)
    reserve(ravi, clock, sale=OTHER_SALE, lines={"rice": second.quantity})
    ravi.post(reservation=OTHER_SALE, at=clock(), within=PATIENCE)

    assert (first.quantity, second.quantity) == (6000, 6000)
    assert refused.value.facts["earliest"] == date(2021, 8, 10)
    assert left(ravi) == {"rice": 0, "wheat": 8000}


@pytest.mark.req("R-PRT-14")
def test_rest_is_less_what_the_family_lifted_at_home(ravi, clock, twin):
    first = lift(card(ravi), "rice", clock)
    reserve(ravi, clock, lines={"rice": first.quantity})
    ravi.post(reservation=SALE, at=clock(), within=PATIENCE)
    clock.passes(days=4)
    twin.lift_at_home(WEST_BENGAL, "rice", 2000)
    clock.passes(days=3)

    assert lift(card(ravi), "rice", clock).quantity == 4000


def test_family_that_lifts_at_home_during_the_visit_is_not_oversold(ravi, clock, twin):
    allowed = lift(card(ravi), "rice", clock)
    twin.lift_at_home(WEST_BENGAL, "rice", 9000)

    with pytest.raises(Refused) as refused:
        reserve(ravi, clock, lines={"rice": allowed.quantity})

    assert refused.value.facts["balance"] == {"rice": 3000}
    assert lift(card(ravi), "rice", clock).quantity == 3000


def test_visitor_is_found_by_card_number_or_aadhaar_number(ravi):
    by_aadhaar = ravi.card(aadhaar_ref=ravi.aadhaar_ref(SHIVSHANKAR), month=AUGUST, within=PATIENCE)

    assert by_aadhaar == card(ravi, WEST_BENGAL)
