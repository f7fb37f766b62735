"""A portal that is killed, slow, doubling, failing and talking rubbish loses nothing and doubles nothing: figures."""

import time

import pytest

from rasad.connectors.exchange.wire import Item
from rasad.connectors.mmpsy.sandbox import MmpsyTwin
from rasad.connectors.ppp.sandbox import PppTwin
from rasad.connectors.twin import Fault
from rasad.values.refused import OutsideError
from tests.connectors.exchange.examples import ROWS, THINGS
from tests.connectors.exchange.through import all_batches, all_pages, client_of

WITHIN, HURRY = 10.0, 0.7
# Some are got over within a call, three in a row are not.
QUICK = [
    Fault.ERROR,
    Fault.CUT,
    Fault.TWICE,
    Fault.RUBBISH,
    *[Fault.ERROR] * 3,
    *[Fault.CUT] * 3,
    *[Fault.RUBBISH] * 3,
]
REFERENCES = [f"M-{n}" for n in range(300)]
# Ten batches of twenty; each of twenty things is told something new by every batch.
BATCHES = [
    [
        Item(
            id=f"item-{batch:02d}-{thing:02d}",
            about=f"T-{thing:02d}",
            body=THINGS["ppp", "tokens"](batch),
            version=batch + 1,
        )
        for thing in range(20)
    ]
    for batch in range(10)
]
IDS = [one.id for batch in BATCHES for one in batch]


@pytest.fixture
def mmpsy():
    with MmpsyTwin() as twin:
        twin.rows["families"] = [ROWS["mmpsy", "families"](n) for n in range(300)]
        yield twin


@pytest.fixture
def ppp():
    with PppTwin() as twin:
        yield twin


def off_between(twin, place):
    """Off the line before one place is asked for, back after two failures."""

    def before(number, failures):
        if (number, failures) == (place, 0):
            twin.kill()
        if (number, failures) == (place, 2):
            twin.revive()

    return before


def told(twin):
    return [one.id for one in twin.received]


def families_by_thing(twin):
    """What each thing was told, in the order it was taken."""
    said = {}
    for one in twin.received:
        said.setdefault(one.about, []).append(one.body.family_id)
    return said


IN_ORDER = {f"T-{thing:02d}": [f"F-{batch}" for batch in range(10)] for thing in range(20)}


@pytest.mark.req("R-INT-04")
def test_three_hundred_rows_come_over_seven_pages_through_a_list_of_faults(mmpsy):
    for fault in QUICK:
        mmpsy.fail(fault)
    rows, pages, failures = all_pages(mmpsy, "families", limit=45, within=WITHIN)

    assert [one.reference for one in rows] == REFERENCES
    assert (pages, failures) == (7, 3)


@pytest.mark.parametrize("fault", [Fault.DELAY, Fault.HELD])
def test_three_hundred_rows_come_from_a_portal_that_is_slow(mmpsy, fault):
    mmpsy.fail(fault, times=3, seconds=3 * HURRY)
    rows, pages, failures = all_pages(mmpsy, "families", limit=45, within=HURRY)

    assert [one.reference for one in rows] == REFERENCES
    assert (pages, failures) == (7, 3)


def test_three_hundred_rows_come_from_a_portal_that_is_killed_on_the_way(mmpsy):
    rows, pages, failures = all_pages(
        mmpsy, "families", limit=45, within=HURRY, before_page=off_between(mmpsy, 3)
    )

    assert [one.reference for one in rows] == REFERENCES
    assert (pages, failures) == (7, 2)


@pytest.mark.req("R-INT-06")
def test_two_hundred_items_arrive_once_each_in_ten_batches_through_a_list_of_faults(ppp):
    for fault in QUICK:
        ppp.fail(fault)
    outcomes, failures = all_batches(ppp, "tokens", BATCHES, within=WITHIN)

    assert told(ppp) == IDS
    assert sorted(outcomes) == IDS
    assert (failures, ppp.out_of_order) == (3, [])
    assert families_by_thing(ppp) == IN_ORDER


@pytest.mark.parametrize("fault", [Fault.DELAY, Fault.HELD])
def test_two_hundred_items_arrive_once_each_at_a_portal_that_is_slow(ppp, fault):
    ppp.fail(fault, times=3, seconds=2 * HURRY)
    outcomes, failures = all_batches(ppp, "tokens", BATCHES, within=HURRY)

    assert (told(ppp), sorted(outcomes)) == (IDS, IDS)
    assert (failures, ppp.out_of_order) == (3, [])
    assert families_by_thing(ppp) == IN_ORDER


def test_two_hundred_items_arrive_once_each_at_a_portal_that_is_killed_on_the_way(ppp):
    outcomes, failures = all_batches(ppp, "tokens", BATCHES, within=HURRY, before_batch=off_between(ppp, 4))

    assert (told(ppp), sorted(outcomes)) == (IDS, IDS)
    assert (failures, ppp.out_of_order) == (2, [])


def test_portal_is_killed_while_it_works_and_has_the_item_once(ppp):
    ppp.fail(Fault.DELAY, seconds=WITHIN)
    started = time.monotonic()
    with pytest.raises(OutsideError) as failed:
        client_of(ppp).tokens(BATCHES[0], within=HURRY)
    ppp.kill()
    ppp.revive()

    assert not failed.value.permanent
    assert time.monotonic() - started < WITHIN / 2
    assert {one.outcome for one in client_of(ppp).tokens(BATCHES[0], within=WITHIN).values()} == {"already"}
    assert told(ppp) == [one.id for one in BATCHES[0]]


def test_item_held_up_on_the_way_changes_nothing_when_it_comes_after_a_later_one(ppp):
    ppp.fail(Fault.HELD, seconds=2 * HURRY)
    with pytest.raises(OutsideError):
        client_of(ppp).tokens([BATCHES[0][0]], within=HURRY)
    client_of(ppp).tokens([BATCHES[1][0]], within=WITHIN)
    time.sleep(3 * HURRY)

    assert told(ppp) == ["item-01-00"]
    assert [one.id for one in ppp.out_of_order] == ["item-00-00"]
    assert ppp.known["T-00"].family_id == "F-1"
