"""What is signed is whole, of now, of one State and said once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rasad.connectors.impds import signing
from rasad.connectors.impds.signing import Nonces, Sender, SignedRequest, UnsignedError

KEY, NOW, PATH = b"k" * 32, datetime(2021, 8, 3, 4, 30, tzinfo=UTC), "/impds/v1/card"


def signed(*, at=NOW, path=PATH, body=b"{}"):
    return SignedRequest(
        "POST", path, signing.sign(path=path, body=body, state="IN-WB", key=KEY, at=at), body
    )


def checked(request, *, at=NOW, nonces=None, keys=None):
    return signing.check(request, keys=keys or {"IN-WB": KEY}, at=at, is_new=(nonces or Nonces()).is_new)


def refused(request, **how):
    with pytest.raises(UnsignedError) as error:
        checked(request, **how)
    return error.value.reason


def with_header(request, name, value):
    return replace(request, headers={**request.headers, name: value})


def test_signed_request_tells_its_sender():
    request = signed()

    assert checked(request) == Sender("IN-WB", request.headers[signing.NONCE])


def test_names_of_headers_may_come_in_any_case():
    request = signed()

    assert checked(replace(request, headers={name.upper(): told for name, told in request.headers.items()}))


@pytest.mark.parametrize("seconds", [-120, 120])
def test_clocks_may_differ_by_two_minutes(seconds):
    assert checked(signed(), at=NOW + timedelta(seconds=seconds)).state == "IN-WB"


@pytest.mark.parametrize("seconds", [-121, 121])
def test_clocks_that_differ_by_more_are_refused(seconds):
    assert refused(signed(), at=NOW + timedelta(seconds=seconds)) == "clock"


def test_request_that_came_before_is_refused():
    nonces, request = Nonces(), signed()
    checked(request, nonces=nonces)

    assert refused(request, nonces=nonces, at=NOW + timedelta(seconds=100)) == "nonce"


def test_request_from_a_clock_ahead_is_remembered_as_long_as_it_would_be_taken():
    nonces, request = Nonces(), signed(at=NOW + timedelta(seconds=119))
    checked(request, nonces=nonces)
    checked(signed(at=NOW + timedelta(seconds=230)), nonces=nonces, at=NOW + timedelta(seconds=230))

    assert refused(request, nonces=nonces, at=NOW + timedelta(seconds=238)) == "nonce"


def test_altered_body_is_refused():
    assert refused(replace(signed(), body=b'{"grams":1}')) == "signature"


def test_request_sent_elsewhere_is_refused():
    assert refused(replace(signed(), path="/impds/v1/void")) == "signature"


def test_request_in_the_name_of_another_state_is_refused():
    keys = {"IN-WB": KEY, "IN-BR": b"b" * 32}

    assert refused(with_header(signed(), signing.STATE, "IN-BR"), keys=keys) == "signature"


def test_state_without_a_key_is_refused():
    assert refused(signed(), keys={"IN-BR": KEY}) == "unknown_state"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (signing.TIME, "yesterday"),
        (signing.TIME, "2021-08-03T10:00:00"),
        (signing.TIME, ""),
        (signing.NONCE, "1"),
        (signing.NONCE, ""),
    ],
)
def test_malformed_header_is_refused(name, value):
    assert refused(with_header(signed(), name, value)) == "malformed"


def test_signature_that_is_no_ascii_is_refused():
    assert refused(with_header(signed(), signing.SIGNATURE, "é" * 64)) == "signature"


def test_request_that_is_only_read_is_refused():
    assert refused(replace(signed(), method="GET")) == "malformed"


def test_refused_request_does_not_use_up_its_nonce():
    nonces, request = Nonces(), signed()
    refused(replace(request, body=b"altered"), nonces=nonces)

    assert checked(request, nonces=nonces).state == "IN-WB"


def test_answer_belongs_to_its_request():
    headers = signing.sign_reply(status=200, body=b"{}", nonce="a" * 32, key=KEY)
    answer = {"status": 200, "headers": headers, "body": b"{}", "nonce": "a" * 32, "key": KEY}

    assert signing.is_reply(**answer)
    assert not signing.is_reply(**{**answer, "nonce": "b" * 32})
    assert not signing.is_reply(**{**answer, "status": 409})
    assert not signing.is_reply(**{**answer, "body": b"{ }"})
    assert not signing.is_reply(**{**answer, "key": b"b" * 32})


def test_aadhaar_reference_needs_the_key():
    ours = signing.aadhaar_reference("999941057058", KEY)

    assert ours == signing.aadhaar_reference("999941057058", KEY)
    assert ours != signing.aadhaar_reference("999941057058", b"b" * 32)
