"""Many sales at once: a refused one refuses no neighbour, and those of one card are decided in order."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from rasad.counter.device_client import DeviceRefusedError
from rasad.counter.models import Refusal
from rasad.ledger import actions as ledger
from rasad.ledger.actions import Move
from rasad.ledger.models import Account
from tests.counter import cast
from tests.counter.api import stories

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls) -> list:
    """What came of each call, all made at the same moment: the receipt, or the code of the refusal."""
    with ThreadPoolExecutor(max_workers=len(calls)) as threads:
        return [one.result() for one in [threads.submit(outcome, call) for call in calls]]


def outcome(call):
    try:
        return call()
    except DeviceRefusedError as no:
        return no.code


def cards(count: int) -> list[str]:
    numbers = [f"0699000001{place:02d}" for place in range(count)]
    for number in numbers:
        cast.card(number, cast.person(f"Head of {number}"))
    return numbers


def passes(till, count: int) -> list:
    """Passes of so many families of whom nobody has Aadhaar or a mobile seeded: 5 kg each."""
    return [till.issue_pass(till.open_visit(number)["id"]) for number in cards(count)]


def left_of(commodity: str = "wheat") -> int:
    stock = Account.objects.get(kind="stock", holder=cast.RAVIS, commodity=commodity)
    return stock.received - stock.given


def test_refused_sales_in_a_group_refuse_no_neighbour(till):
    given = passes(till, 20)
    asked = [5_001 if place in (3, 9, 15) else 5_000 for place in range(20)]

    def sale(place):
        return lambda: stories.sold(till, given[place], wheat=asked[place])

    outcomes = at_once([sale(place) for place in range(20)])

    assert [place for place, one in enumerate(outcomes) if one == "more_than_left"] == [3, 9, 15]
    assert sum(one["lines"][0]["quantity"] for one in outcomes if isinstance(one, dict)) == 85_000
    assert left_of() == cast.PLENTY - 85_000
    assert Refusal.objects.count() == 3


def test_two_sales_of_one_card_at_once_are_decided_in_order(till):
    first, second = stories.served(till), stories.served(till)

    outcomes = at_once(
        [
            lambda: stories.sold(till, first, wheat=10_000),
            lambda: stories.sold(till, second, wheat=10_000),
        ]
    )

    assert [one for one in outcomes if isinstance(one, str)] == ["more_than_left"]
    assert left_of() == cast.PLENTY - 10_000


@pytest.mark.req("R-POS-20")
def test_last_bags_are_sold_once(till):
    given = passes(till, 20)
    drain(cast.PLENTY - 25_000)

    def sale(one):
        return lambda: stories.sold(till, one, wheat=5_000)

    outcomes = at_once([sale(one) for one in given])

    assert Counter(one if isinstance(one, str) else "sold" for one in outcomes) == {
        "sold": 5,
        "stock_short": 15,
    }
    assert left_of() == 0


def drain(grams: int) -> None:
    """So much of Ravi's wheat goes back to the godown."""
    move = Move(ledger.stock(cast.RAVIS, "wheat", "NFSA"), ledger.outside("supply"), grams)
    ledger.move("correction", document=uuid4(), moves=[move], at=cast.NOON)


def test_one_sale_from_three_devices_at_once_stands_once(till):
    given = stories.served(till)

    outcomes = at_once([lambda: stories.sold(till, given, wheat=3_000)] * 3)

    assert sorted(one["is_replay"] for one in outcomes) == [False, True, True]
    assert {one["number"] for one in outcomes} == {outcomes[0]["number"]}
    assert stories.moved() == 2
