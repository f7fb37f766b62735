"""What is signed is whole, of now, of one system and said once; the query is part of it."""

from datetime import UTC, datetime, timedelta

import pytest

from rasad.connectors.exchange import signing
from rasad.connectors.exchange.signing import Sender, UnsignedError
from rasad.values.signed import Nonces

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOW, PATH = datetime(2020, 5, 15, 6, 30, tzinfo=UTC), "/mmpsy/v1/families?cursor=500&limit=500"
KEYS = {"help_me": KEY, "ppp": OTHER_KEY}


def headers(*, at=NOW, path=PATH, body=b"", key=KEY):
    return signing.sign(method="GET", path=path, body=body, system="help_me", key=key, at=at)


def checked(told, *, nonces, method="GET", path=PATH, body=b"", at=NOW, keys=KEYS):
    return signing.check(method=method, path=path, headers=told, body=body, keys=keys, at=at, nonces=nonces)


def refused(told, **how):
    with pytest.raises(UnsignedError) as error:
        checked(told, **{"nonces": Nonces(), **how})
    return error.value.reason


def test_signed_request_tells_its_sender_whatever_the_case_of_its_headers():
    told = headers()

    assert checked({name.upper(): said for name, said in told.items()}, nonces=Nonces()) == Sender(
        "help_me", told[signing.NONCE]
    )


def test_other_key_is_refused():
    assert refused(headers(key=b"x" * 32)) == "bad_signature"


def test_request_in_the_name_of_another_system_is_refused():
    assert refused({**headers(), signing.SYSTEM: "ppp"}) == "bad_signature"


def test_system_without_a_key_is_refused():
    assert refused(headers(), keys={"ppp": OTHER_KEY}) == "unknown_system"


@pytest.mark.parametrize(
    "how",
    [
        {"method": "POST"},
        {"path": PATH.replace("500", "0")},
        {"path": PATH.partition("?")[0]},
        {"body": b"{}"},
    ],
)
def test_request_that_was_altered_is_refused(how):
    assert refused(headers(), **how) == "bad_signature"


@pytest.mark.parametrize("seconds", [-121, 121])
def test_clocks_that_differ_by_more_than_two_minutes_are_refused(seconds):
    assert refused(headers(), at=NOW + timedelta(seconds=seconds)) == "stale_clock"


@pytest.mark.parametrize("seconds", [-120, 120])
def test_clocks_may_differ_by_two_minutes(seconds):
    assert checked(headers(), nonces=Nonces(), at=NOW + timedelta(seconds=seconds)).system == "help_me"


def test_request_that_came_before_is_refused():
    nonces, told = Nonces(), headers()
    checked(told, nonces=nonces)

    assert refused(told, nonces=nonces) == "request_replayed"


def test_nonce_is_used_up_by_its_own_system_only(monkeypatch):
    monkeypatch.setattr(signing.secrets, "token_hex", lambda size: "a" * 2 * size)
    nonces, told = Nonces(), headers()
    checked(told, nonces=nonces)
    other = signing.sign(method="GET", path=PATH, body=b"", system="ppp", key=OTHER_KEY, at=NOW)

    assert other[signing.NONCE] == told[signing.NONCE]
    assert checked(other, nonces=nonces).system == "ppp"


@pytest.mark.parametrize("name", [signing.TIME, signing.NONCE, signing.SIGNATURE])
def test_missing_header_is_refused(name):
    assert refused({**headers(), name: ""}) == "bad_signature"


def test_answer_belongs_to_its_request():
    told = signing.sign_reply(status=200, body=b"{}", nonce="a" * 32, key=KEY)
    answer = {"status": 200, "headers": told, "body": b"{}", "nonce": "a" * 32, "key": KEY}

    assert signing.is_reply(**answer)
    assert not signing.is_reply(**{**answer, "nonce": "b" * 32})
    assert not signing.is_reply(**{**answer, "status": 409})
    assert not signing.is_reply(**{**answer, "body": b"{ }"})
    assert not signing.is_reply(**{**answer, "key": OTHER_KEY})
    assert not signing.is_reply(**{**answer, "headers": {}})


def test_short_key_is_not_taken():
    with pytest.raises(ValueError, match="32 bytes or more, this one 31"):
        signing.checked_key(b"k" * 31)
