"""Families, dealers and devices in the same moment: through lanes, through Django, and through both at once."""

import asyncio
from uuid import uuid4

import pytest

from rasad.counter import selling
from rasad.counter.lane import LaneEndedError, Lanes, Worker
from rasad.counter.models import Reversal, Sale
from rasad.journal.models import Seal
from rasad.ledger.models import Account, Grant
from tests.races.counters import (
    asked,
    by_both,
    by_django,
    by_lanes,
    check_books,
    delivered,
    granted,
    left,
    said,
)
from tests.races.test_imports_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROADS = pytest.mark.parametrize("road", [by_lanes, by_django, by_both])
ROUNDS = 4


@ROADS
@pytest.mark.req("R-POS-20")
def test_last_bags_are_sold_to_so_many_of_twenty_devices(road):
    delivered("1069", rice=7_000)
    sales = [asked(f"0699{card:04d}", rice=1_000) for card in range(20)]

    outcomes = road(*sales)

    assert (outcomes.count("sold"), outcomes.count("stock_short")) == (7, 13)
    assert left("1069", "rice", "stock") == 0
    check_books()


@ROADS
def test_one_id_from_three_devices_is_one_sale_and_two_replays(road):
    delivered("1069", rice=50_000)
    sale = asked(rice=1_000)

    outcomes = road(sale, sale, sale)

    assert sorted(outcomes) == ["replay", "replay", "sold"]
    assert left("0699", "rice") == 4_000
    check_books()


@ROADS
def test_one_id_with_other_contents_is_refused_whoever_is_first(road):
    delivered("1069", rice=50_000)
    id = uuid4()
    sales = [asked(id=id, rice=1_000), asked(id=id, rice=2_000), asked("0700", id=id, rice=1_000)]

    outcomes = road(*sales)

    assert sorted(outcomes) == ["sale_id_reused", "sale_id_reused", "sold"]
    assert Sale.objects.count() == 1
    check_books()


@ROADS
def test_card_at_home_and_away_at_once_takes_its_month_once(road):
    delivered("1069", rice=50_000)
    delivered("1070", rice=50_000)

    outcomes = road(asked(rice=5_000), asked(shop="1070", kind="away", rice=5_000))

    assert sorted(outcomes) == ["more_than_left", "sold"]
    assert left("0699", "rice") == 0
    check_books()


@ROADS
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_wheat_at_one_shop_and_atta_at_another_at_once_is_one_of_them(road, round_):
    delivered("1069", wheat=50_000)
    delivered("1070", atta=50_000)

    outcomes = road(asked(wheat=1_000), asked(shop="1070", kind="away", atta=1_000))

    assert sorted(outcomes) == ["choice_made", "sold"]
    check_books()


@ROADS
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_oils_at_two_shops_at_once_stay_under_their_limit(road, round_):
    delivered("1069", mustard_oil=50_000)
    delivered("1070", soya_oil=50_000)

    outcomes = road(asked(mustard_oil=1_500), asked(shop="1070", kind="away", soya_oil=1_500))

    assert sorted(outcomes) == ["cap_over", "sold"]
    assert left("0699", "oil", "cap") == 500
    check_books()


def test_neighbours_of_refused_sales_stay_one_group():
    delivered("1069", rice=50_000, wheat=50_000, atta=50_000, mustard_oil=50_000)
    known, chosen = asked("0700", rice=100), asked("0701", wheat=100)
    by_lanes(known, chosen)
    before = Seal.objects.count()
    neighbours = [asked(f"0800{card:04d}", rice=100) for card in range(20)]
    both = asked("0702", wheat=100, atta=100)
    hindered = [known, asked("0701", atta=100), asked("0703", mustard_oil=2_020), both]

    outcomes = by_lanes(*neighbours, *hindered)

    assert outcomes == ["sold"] * 20 + ["replay", "choice_made", "more_than_left", "choice_not_both"]
    assert Seal.objects.count() - before <= 2  # two lanes, a group each
    check_books()


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_month_opened_from_eight_places_at_once_is_one_month(round_):
    at_once(*[granted] * 8)

    accounts = Account.objects.filter(holder="0699")
    assert sorted(accounts.values_list("commodity", flat=True)) == [
        "atta", "mustard_oil", "oil", "rice", "soya_oil", "wheat",
    ]  # fmt: skip
    for one in accounts:
        assert list(Grant.objects.filter(account=one).values_list("quantity", flat=True)) == [one.granted]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_sale_taken_back_twice_at_once_is_taken_back_once(round_):
    delivered("1069", rice=50_000)
    by_lanes(asked(rice=2_000))
    sale = Sale.objects.get()

    def take_back():
        return bool(selling.reverse(sale, reason="Wrong card", by="ravi", at=sale.at))

    outcomes = at_once(*[take_back] * 4)

    assert sorted(map(str, outcomes)) == ["True", *["sale_taken_back_already"] * 3]
    assert Reversal.objects.count() == 1
    assert (left("0699", "rice"), left("1069", "rice", "stock")) == (5_000, 50_000)
    check_books()


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_sale_taken_back_while_the_card_buys_again_keeps_the_books(round_):
    goods = {"rice": 1_000, "wheat": 1_000, "mustard_oil": 500, "soya_oil": 500}
    delivered("1069", **dict.fromkeys(goods, 50_000))
    by_lanes(asked(**goods))
    sale = Sale.objects.get()
    more = [asked(**{one: 500}) for one in goods] + [asked(**goods)]

    def take_back():
        return bool(selling.reverse(sale, reason="Wrong card", by="ravi", at=sale.at))

    outcomes = at_once(take_back, lambda: by_lanes(*more), lambda: by_django(*more[:2]))

    assert outcomes[0] is True
    assert set(outcomes[1]) | set(outcomes[2]) <= {"sold", "replay", "cap_over"}
    check_books()


@ROADS
def test_grain_that_arrives_while_it_is_sold_is_all_counted(road):
    delivered("1069", rice=3_000)
    sales = [asked(f"0699{card:04d}", rice=1_000) for card in range(10)]

    _, outcomes = at_once(lambda: delivered("1069", rice=4_000), lambda: road(*sales))

    assert set(outcomes) <= {"sold", "stock_short"}
    assert left("1069", "rice", "stock") == 7_000 - 1_000 * outcomes.count("sold")
    check_books()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_lane_that_meets_a_bug_answers_who_waits_and_another_goes_on(monkeypatch):
    delivered("1069", rice=50_000)
    first, second = asked(rice=1_000), asked("0700", rice=1_000)
    right, calls = Worker.post, []

    def wrong_at_first(worker, sales):
        calls.append(len(sales))
        if len(calls) == 1:
            raise ZeroDivisionError
        return right(worker, sales)

    monkeypatch.setattr(Worker, "post", wrong_at_first)

    async def posted():
        lanes = Lanes(1)
        outcomes = []
        for one in (first, second, first):
            outcomes += await asyncio.gather(lanes.submit(one), return_exceptions=True)
        await lanes.close()
        return outcomes

    (outcomes,) = at_once(lambda: asyncio.run(posted()))

    assert [said(one) for one in outcomes] == [str(LaneEndedError()), "sold", "sold"]
    check_books()
