"""The line to the other States fails in every way there is, and the grain is still counted once."""

import time
from uuid import uuid4

import httpx
import pytest

from rasad.connectors.impds.client import ImpdsClient
from rasad.connectors.impds.sandbox import KEY
from rasad.connectors.twin import Fault
from rasad.values.refused import OutsideError, Refused
from tests.connectors.impds.asked import PATIENCE, SALE, card, left, reserve

HALF = {"rice": 6000, "wheat": 4000}
FULL = {"rice": 12000, "wheat": 8000}


def failing(call, *, seconds):
    """How a call fails: whether for good, and whether in the time it had."""
    started = time.monotonic()
    with pytest.raises(OutsideError) as failed:
        call()
    return failed.value.permanent, time.monotonic() - started < seconds


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.ERROR, Fault.RUBBISH, Fault.TWICE])
def test_one_failure_is_got_over_in_the_time_there_is(ravi, clock, twin, fault):
    twin.fail(fault)

    assert reserve(ravi, clock).left == HALF
    assert left(ravi) == HALF


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.ERROR, Fault.RUBBISH])
def test_failure_that_does_not_pass_is_told(ravi, clock, twin, fault):
    twin.fail(fault, times=3)

    assert failing(lambda: reserve(ravi, clock), seconds=PATIENCE) == (False, True)


def test_lost_answer_to_a_reservation_is_undone_by_a_void(ravi, clock, twin):
    twin.fail(Fault.CUT, times=3, path="reserve")
    assert failing(lambda: reserve(ravi, clock), seconds=PATIENCE) == (False, True)
    assert left(ravi) == HALF

    ravi.void(reservation=SALE, within=PATIENCE)

    assert left(ravi) == FULL


def test_lost_answer_to_a_post_is_asked_for_again(ravi, clock, twin):
    reserve(ravi, clock)
    twin.fail(Fault.CUT, times=3, path="post")
    assert failing(lambda: ravi.post(reservation=SALE, at=clock(), within=PATIENCE), seconds=PATIENCE) == (
        False,
        True,
    )

    assert ravi.post(reservation=SALE, at=clock(), within=PATIENCE).outcome == "posted"
    assert left(ravi) == HALF


def test_late_answer_is_a_time_out(ravi, clock, twin):
    twin.fail(Fault.DELAY, seconds=1.5)

    assert failing(lambda: reserve(ravi, clock, within=0.3), seconds=0.8) == (False, True)
    assert left(ravi) == HALF


def test_reservation_on_its_way_when_it_is_voided_keeps_nothing(ravi, clock, twin):
    twin.fail(Fault.HELD, seconds=0.6, path="reserve")
    assert failing(lambda: reserve(ravi, clock, within=0.2), seconds=0.5) == (False, True)

    ravi.void(reservation=SALE, within=PATIENCE)
    time.sleep(0.8)

    assert left(ravi) == FULL


def test_killed_system_cannot_be_reached(ravi, twin):
    twin.kill()

    assert failing(lambda: card(ravi, within=2.0), seconds=2.0) == (False, True)


def test_system_that_comes_back_knows_what_it_kept(ravi, clock, twin):
    reserve(ravi, clock)
    twin.kill()
    twin.revive()

    assert left(ravi) == HALF
    assert ravi.post(reservation=SALE, at=clock(), within=PATIENCE).outcome == "posted"


def test_no_time_left_is_a_time_out_without_a_call(ravi):
    assert failing(lambda: card(ravi, within=0.0), seconds=0.1) == (False, True)


def test_wrong_key_is_for_good(twin, clock):
    stranger = ImpdsClient(twin.url, "IN-HR", b"s" * 32, clock=clock)

    assert failing(lambda: card(stranger), seconds=PATIENCE) == (True, True)


def test_state_nobody_shares_a_key_with_is_for_good(twin, clock):
    nobody = ImpdsClient(twin.url, "IN-XX", KEY, clock=clock)

    assert failing(lambda: card(nobody), seconds=PATIENCE) == (True, True)


def test_short_key_is_not_taken():
    with pytest.raises(ValueError, match="32 bytes or more, this one 16"):
        ImpdsClient("http://127.0.0.1:1", "IN-HR", b"k" * 16)


def test_fault_is_ordered_from_another_process(ravi, clock, twin):
    ordered = httpx.post(f"{twin.url}/twin/faults", data={"fault": "error", "times": "3"})

    assert ordered.text == "planned\n"
    assert failing(lambda: reserve(ravi, clock), seconds=PATIENCE) == (False, True)


def test_fault_nobody_knows_is_not_ordered(twin):
    assert httpx.post(f"{twin.url}/twin/faults", data={"fault": "flood"}).status_code == 400


def test_refusal_is_not_taken_for_a_failure(ravi, clock, twin):
    twin.fail(Fault.CUT, path="post")

    with pytest.raises(Refused, match="impds_reservation_gone"):
        ravi.post(reservation=uuid4(), at=clock(), within=PATIENCE)


def test_every_exchange_is_logged_by_its_hash(ravi, exchanges):
    card(ravi)

    (line,) = exchanges
    assert (line["event"], line["system"], line["direction"]) == ("outside.exchange", "IMPDS", "out")
    assert (line["path"], line["result"], len(line["digest"].replace(":", ""))) == ("/impds/v1/card", 200, 64)


def test_exchange_without_an_answer_is_logged_as_a_warning(ravi, twin, exchanges):
    twin.fail(Fault.DELAY, seconds=1.0)
    failing(lambda: card(ravi, within=0.2), seconds=0.5)

    assert [(line["log_level"], line["result"]) for line in exchanges] == [("warning", "no answer")]
