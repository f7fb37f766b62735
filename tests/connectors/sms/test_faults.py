"""The line to the gateway fails: nothing is sent twice by us, and no code stands in a log or an error."""

import time
import traceback

import pytest

from rasad.connectors.twin import Fault
from rasad.values.refused import OutsideError
from tests.connectors.sms.sent import ASHA, CODE, send_code


def failing(call, *, seconds):
    started = time.monotonic()
    with pytest.raises(OutsideError) as failed:
        call()
    assert CODE["code"] not in "".join(traceback.format_exception(failed.value))
    return failed.value.permanent, time.monotonic() - started < seconds


@pytest.mark.parametrize(("fault", "arrived"), [(Fault.CUT, 1), (Fault.ERROR, 0), (Fault.RUBBISH, 0)])
def test_failure_is_told_and_nothing_is_sent_again(client, twin, fault, arrived):
    twin.fail(fault)

    assert failing(lambda: send_code(client), seconds=2.0) == (False, True)
    assert len(twin.messages_for(ASHA)) == arrived


def test_late_answer_is_a_time_out(client, twin):
    twin.fail(Fault.DELAY, seconds=1.5)

    assert failing(lambda: send_code(client, within=0.3), seconds=0.8) == (False, True)
    assert len(twin.messages_for(ASHA)) == 1


def test_request_that_arrives_twice_is_one_message_of_ours(client, twin):
    twin.fail(Fault.TWICE)

    assert send_code(client) == twin.messages_for(ASHA)[0].id
    assert send_code(client) == twin.messages_for(ASHA)[2].id


def test_gateway_that_is_down_cannot_be_reached(client, twin):
    twin.kill()

    assert failing(lambda: send_code(client, within=2.0), seconds=2.0) == (False, True)


def test_gateway_that_is_back_gets_the_message(client, twin):
    twin.kill()
    twin.revive()

    assert send_code(client) == twin.messages_for(ASHA)[0].id


def told(exchanges):
    return [(line["event"], line["result"]) for line in exchanges]


def test_log_of_a_message_has_neither_code_nor_number_nor_hash(client, exchanges):
    number = send_code(client)

    assert told(exchanges) == [("outside.exchange", 200), ("sms.sent", number)]
    assert exchanges[0]["digest"] is None
    assert (exchanges[1]["template"], exchanges[1]["to"]) == ("shop_otp.en", "XXXXXX3210")
    assert CODE["code"] not in repr(exchanges)
    assert ASHA not in repr(exchanges)


def test_log_of_a_failure_has_neither_code_nor_number(client, twin, exchanges):
    twin.fail(Fault.CUT)
    failing(lambda: send_code(client), seconds=2.0)

    assert told(exchanges) == [
        ("outside.exchange", "no answer"),
        ("sms.failed", "SMS gateway broke off its answer"),
    ]
    assert CODE["code"] not in repr(exchanges)
    assert ASHA not in repr(exchanges)
