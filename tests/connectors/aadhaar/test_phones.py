"""Codes on mobiles: sent, asked for too often, entered right, wrong, late, twice."""

from datetime import datetime, timedelta

import pytest

from rasad.connectors.aadhaar.residents import PUBLISHED
from rasad.connectors.aadhaar.sandbox_phones import Phones
from rasad.values.month import INDIA
from tests.connectors.aadhaar.conftest import ASHA, WITHOUT_MOBILE

NOON = datetime(2020, 5, 15, 12, tzinfo=INDIA)
PEOPLE = {one.uid: one for one in PUBLISHED}


@pytest.fixture
def phones():
    return Phones()


def send(phones, *, seconds=0, txn="T1", uid=ASHA):
    return phones.send(PEOPLE[uid], txn=txn, at=NOON + timedelta(seconds=seconds))


def enter(phones, otp, *, seconds=0, txn="T1"):
    return phones.entered(ASHA, otp=otp, txn=txn, at=NOON + timedelta(seconds=seconds))


def test_right_code_is_good_once(phones):
    send(phones)
    code = phones.code_on(ASHA)

    assert (len(code), code.isdigit()) == (6, True)
    assert enter(phones, code) == ""
    assert enter(phones, code) == "403"


def test_third_wrong_code_ends_it(phones):
    send(phones)
    code = phones.code_on(ASHA)

    assert [enter(phones, "0") for _ in range(3)] == ["400", "400", "400"]
    assert enter(phones, code) == "403"


def test_code_of_another_transaction_is_402(phones):
    send(phones)

    assert enter(phones, phones.code_on(ASHA), txn="T2") == "402"


def test_code_lives_ten_minutes(phones):
    send(phones)
    code = phones.code_on(ASHA)

    assert enter(phones, code, seconds=601) == "403"
    assert enter(phones, code, seconds=600) == ""


def test_fourth_code_in_a_minute_is_a_flood(phones):
    assert [send(phones, seconds=second) for second in (0, 10, 20, 59)] == ["", "", "", "952"]
    assert send(phones, seconds=61) == ""


def test_eleventh_unused_code_is_one_too_many(phones):
    assert [send(phones, seconds=60 * number) for number in range(10)] == [""] * 10
    assert send(phones, seconds=600) == "953"
    assert enter(phones, phones.code_on(ASHA), seconds=600) == ""
    assert send(phones, seconds=661) == ""


def test_person_without_a_mobile_gets_no_code(client, twins, phones):
    sent = client.request_otp(uid=WITHOUT_MOBILE, txn="T1", within=3)

    assert send(phones, uid=WITHOUT_MOBILE) == "112"
    assert (sent.is_sent, sent.code, sent.mobile) == (False, "112", "")


def test_last_digits_of_the_mobile_are_told(client, twins):
    assert client.request_otp(uid=ASHA, txn="T1", within=3).mobile == "******2088"


@pytest.mark.req("R-INT-14")
def test_code_from_request_to_entry(client, twins):
    client.request_otp(uid=ASHA, txn="T1", within=3)
    code = twins.uidai.code_on_mobile(ASHA)

    wrong = client.authenticate_otp(uid=ASHA, txn="T1", otp="x", within=3)
    other = client.authenticate_otp(uid=ASHA, txn="T2", otp=code, within=3)
    right = client.authenticate_otp(uid=ASHA, txn="T1", otp=code, within=3)

    assert (wrong.code, other.code, right.code) == ("400", "402", "")
    assert right.is_match is True
