"""Reserve at home, post at the shop, void on time-out: nothing is lifted twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest

from rasad.connectors.impds.wire import Lift, Reserved, Settled
from rasad.values.refused import Refused
from tests.connectors.impds.asked import (
    OTHER_SALE,
    PATIENCE,
    SALE,
    SHOP,
    SURRENDERED,
    WEST_BENGAL,
    card,
    left,
    reserve,
)


def post(client, clock, sale=SALE):
    return client.post(reservation=sale, at=clock(), within=PATIENCE)


def void(client, sale=SALE):
    return client.void(reservation=sale, within=PATIENCE)


def test_reserved_grain_is_kept(ravi, clock):
    reserved = reserve(ravi, clock)

    assert reserved == Reserved(
        reservation=SALE,
        state="IN-WB",
        card=WEST_BENGAL,
        month="2021-08",
        lines={"rice": 6000, "wheat": 4000},
        left={"rice": 6000, "wheat": 4000},
        until=reserved.until,
    )
    assert left(ravi) == {"rice": 6000, "wheat": 4000}
    assert card(ravi).lifts == ()


def test_posted_grain_is_lifted_at_the_shop(ravi, clock):
    reserve(ravi, clock)

    assert post(ravi, clock) == Settled(reservation=SALE, outcome="posted")
    found = card(ravi)
    on = date(2021, 8, 3)
    assert found.lifts == (
        Lift(on=on, state="IN-HR", shop=SHOP, commodity="rice", grams=6000),
        Lift(on=on, state="IN-HR", shop=SHOP, commodity="wheat", grams=4000),
    )
    assert found.last_away_on == on


def test_voided_grain_is_free_again(ravi, clock):
    reserve(ravi, clock)

    assert void(ravi) == Settled(reservation=SALE, outcome="voided")
    assert left(ravi) == {"rice": 12000, "wheat": 8000}


def test_the_same_reservation_again_changes_nothing(ravi, clock):
    first = reserve(ravi, clock)
    clock.passes(seconds=20)
    again = reserve(ravi, clock)

    assert (again.lines, again.left) == (first.lines, first.left)


def test_the_same_id_for_other_quantities_is_refused(ravi, clock):
    reserve(ravi, clock)

    with pytest.raises(Refused, match="impds_reservation_reused"):
        reserve(ravi, clock, lines={"rice": 5000})
    assert left(ravi) == {"rice": 6000, "wheat": 4000}


def test_posting_twice_lifts_once(ravi, clock):
    reserve(ravi, clock)
    post(ravi, clock)

    assert post(ravi, clock) == Settled(reservation=SALE, outcome="posted")
    assert left(ravi) == {"rice": 6000, "wheat": 4000}


def test_reserving_again_what_was_posted_lifts_nothing_more(ravi, clock):
    reserve(ravi, clock)
    post(ravi, clock)

    assert reserve(ravi, clock).left == {"rice": 6000, "wheat": 4000}


def test_voiding_twice_frees_once(ravi, clock):
    reserve(ravi, clock)
    void(ravi)

    assert void(ravi) == Settled(reservation=SALE, outcome="voided")
    assert left(ravi) == {"rice": 12000, "wheat": 8000}


def test_post_after_void_is_refused(ravi, clock):
    reserve(ravi, clock)
    void(ravi)

    with pytest.raises(Refused, match=f"impds_reservation_gone .reservation={SALE}"):
        post(ravi, clock)


def test_void_after_post_is_refused(ravi, clock):
    reserve(ravi, clock)
    post(ravi, clock)

    with pytest.raises(Refused, match="impds_reservation_posted"):
        void(ravi)


def test_reservation_ends_at_its_deadline(ravi, clock):
    reserve(ravi, clock, minutes=10)
    clock.passes(minutes=10)

    with pytest.raises(Refused, match="impds_reservation_gone"):
        post(ravi, clock)
    assert left(ravi) == {"rice": 12000, "wheat": 8000}


def test_reservation_holds_until_its_deadline(ravi, clock):
    reserve(ravi, clock, minutes=10)
    clock.passes(minutes=9, seconds=59)

    assert post(ravi, clock).outcome == "posted"


def test_posting_what_was_never_reserved_is_refused(ravi, clock):
    with pytest.raises(Refused, match="impds_reservation_gone"):
        post(ravi, clock, uuid4())


def test_reservation_that_arrives_after_its_void_is_not_made(ravi, clock):
    void(ravi)

    with pytest.raises(Refused, match="impds_reservation_gone"):
        reserve(ravi, clock)
    assert left(ravi) == {"rice": 12000, "wheat": 8000}


def test_more_than_is_left_is_refused_with_what_is_left(ravi, clock, twin):
    twin.lift_at_home(WEST_BENGAL, "rice", 7000)

    with pytest.raises(Refused) as refused:
        reserve(ravi, clock)
    assert refused.value.code == "impds_balance_changed"
    assert refused.value.facts["balance"] == {"rice": 5000, "wheat": 8000}
    assert [words.en for words in refused.value.facts["left"]] == ["Rice 5 kg", "Wheat 8 kg"]
    assert left(ravi) == {"rice": 5000, "wheat": 8000}


def test_commodity_the_card_does_not_have_is_refused(ravi, clock):
    with pytest.raises(Refused) as refused:
        reserve(ravi, clock, lines={"rice": 1000, "sugar": 1000})
    assert refused.value.facts["balance"] == {"rice": 12000, "sugar": 0}


def test_surrendered_card_is_refused(ravi, clock):
    with pytest.raises(Refused, match=r"impds_card_not_active \(card=XXXXXXXX0109\)"):
        reserve(ravi, clock, state="IN-HP", number=SURRENDERED)


def test_card_of_a_state_that_does_not_have_it_is_refused(ravi, clock):
    with pytest.raises(Refused, match="impds_card_unknown"):
        reserve(ravi, clock, state="IN-BR")


def test_family_cannot_lift_at_home_what_is_reserved(ravi, clock, twin):
    reserve(ravi, clock)

    with pytest.raises(ValueError, match="less than 7000 g of rice is left"):
        twin.lift_at_home(WEST_BENGAL, "rice", 7000)


def test_second_sale_takes_what_the_first_left(ravi, clock):
    reserve(ravi, clock)
    post(ravi, clock)
    clock.passes(days=7)
    reserve(ravi, clock, sale=OTHER_SALE)
    post(ravi, clock, OTHER_SALE)

    assert left(ravi) == {"rice": 0, "wheat": 0}
    assert card(ravi).last_away_on == date(2021, 8, 10)


def test_shops_that_reserve_at_once_get_no_more_than_there_is(ravi, clock):
    def answer(_):
        try:
            return reserve(ravi, clock, sale=uuid4(), lines={"rice": 2500}).lines["rice"]
        except Refused as refused:
            return refused.code

    with ThreadPoolExecutor(16) as shops:
        said = list(shops.map(answer, range(16)))

    assert sorted(map(str, said)) == ["2500"] * 4 + ["impds_balance_changed"] * 12
    assert left(ravi)["rice"] == 2000
