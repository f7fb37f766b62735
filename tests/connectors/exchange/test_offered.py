"""The other direction: a portal asks us, and is answered so that only it can take the answer for ours."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from rasad.connectors.exchange import offered, signing
from rasad.connectors.exchange.offered import Asked, Offered, UnreadableError
from rasad.connectors.exchange.signing import UnsignedError
from rasad.connectors.help_me.wire import CodeAsked, CodeSent

KEY, NOW, PATH = b"k" * 32, datetime(2020, 5, 15, 6, 30, tzinfo=UTC), "/api/help-me/v1/codes"
BODY = b'{"mobile":"9876500001"}'


def asked(*, at=NOW, body=BODY, key=KEY):
    headers = signing.sign(method="POST", path=PATH, body=body, system="help_me", key=key, at=at)
    return Asked("POST", PATH, headers, body)


def reason(door, request, *, at=NOW):
    with pytest.raises(UnsignedError) as error:
        door.verify(request, at=at)
    return offered.unsigned(error.value)


def is_for(request, answer):
    return signing.is_reply(
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        nonce=request.headers[signing.NONCE],
        key=KEY,
    )


def test_asker_is_known_and_answered_so_that_it_knows_us():
    door, request = Offered({"help_me": KEY}), asked()
    sender = door.verify(request, at=NOW)
    answer = door.accepted(sender, CodeSent(sent=True, wait_seconds=60))

    assert sender.system == "help_me"
    assert (answer.status, answer.body) == (200, b'{"sent":true,"wait_seconds":60}')
    assert is_for(request, answer)
    assert not is_for(asked(), answer)


def test_expected_no_has_a_status_and_a_code_and_is_signed():
    door, request = Offered({"help_me": KEY}), asked()
    answer = door.refused(door.verify(request, at=NOW), "code_too_soon", 429)

    assert (answer.status, answer.body) == (429, b'{"code":"code_too_soon"}')
    assert is_for(request, answer)


def test_asker_we_do_not_know_is_told_why_and_nothing_else():
    door = Offered({"help_me": KEY})
    request = asked()
    door.verify(request, at=NOW)

    assert reason(door, request).body == b'{"code":"unsigned_request_replayed"}'
    assert reason(door, asked(key=b"x" * 32)).body == b'{"code":"unsigned_bad_signature"}'
    assert reason(door, asked(at=NOW - timedelta(minutes=3))).body == b'{"code":"unsigned_stale_clock"}'
    stranger = reason(Offered({}), asked())
    assert (stranger.status, stranger.headers, stranger.body) == (
        401,
        {},
        b'{"code":"unsigned_unknown_system"}',
    )


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"mobile":"12"}', b'{"mobile":"9876500001","more":1}', b"\xff"]
)
def test_request_in_another_form_is_not_read(body):
    with pytest.raises(UnreadableError):
        offered.read(body, CodeAsked)


def test_request_in_the_right_form_is_read():
    assert offered.read(msgspec.json.encode(CodeAsked(mobile="9876500001")), CodeAsked) == CodeAsked(
        mobile="9876500001"
    )
