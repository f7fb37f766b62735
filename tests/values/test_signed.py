"""What a device signs, and what the server lets pass."""

import hmac
from hashlib import sha256

import pytest

from rasad.values import signed
from rasad.values.refused import Refused

SECRET = bytes(range(32))
NOW = 1_589_526_000_000
SALE = {
    "method": "POST",
    "path": "/api/sales?dry=1",
    "time": str(NOW),
    "nonce": "first-word",
    "body": b'{"kg": 5}',
}


def sent(nonces, **changed):
    """A request as Ravi's device signed it, checked after something about it was changed."""
    key = signed.session_key(SECRET, "ravi")
    given = signed.signature(key, **SALE)
    as_it_came = {**SALE, "session_id": "ravi", "given": given, "now_ms": NOW, **changed}
    signed.check(signed.session_key(SECRET, as_it_came["session_id"]), **as_it_came, nonces=nonces)


def resigned(**changed):
    """The same with a right signature over what was changed."""
    request = SALE | changed
    return changed | {"given": signed.signature(signed.session_key(SECRET, "ravi"), **request)}


def refusal(nonces, **changed):
    with pytest.raises(Refused) as refused:
        sent(nonces, **changed)
    return refused.value.code, refused.value.facts


def test_signature_is_the_one_that_is_written_down():
    key = signed.session_key(SECRET, "ravi")
    text = f"POST\n/api/sales?dry=1\n{NOW}\nfirst-word\n{sha256(SALE['body']).hexdigest()}"

    assert key == hmac.new(SECRET, b"ravi", sha256).digest()
    assert signed.signature(key, **SALE) == hmac.new(key, text.encode(), sha256).hexdigest()


def test_request_passes_once():
    nonces = signed.Nonces()

    sent(nonces)

    assert len(nonces) == 1
    assert refusal(nonces) == ("request_replayed", {})


@pytest.mark.parametrize(
    "changed",
    [
        {"method": "PUT"}, {"path": "/api/sales"}, {"time": str(NOW + 1)}, {"nonce": "other-word"},
        {"body": b'{"kg": 6}'}, {"session_id": "rani"}, {"given": ""}, {"given": "é"}, {"time": ""},
        {"time": "１５８９５２６００００００"}, resigned(time="-158952600000"), resigned(nonce="short"),
        resigned(nonce="line\nbreak"), resigned(nonce="x" * 65),
    ],
)  # fmt: skip
def test_changed_request_is_refused_and_not_remembered(changed):
    nonces = signed.Nonces()

    assert refusal(nonces, **changed) == ("bad_signature", {})
    assert len(nonces) == 0


@pytest.mark.parametrize("off", [-120_000, 120_000])
def test_clock_may_be_two_minutes_off(off):
    sent(signed.Nonces(), now_ms=NOW + off)


@pytest.mark.parametrize("off", [-121_000, 121_000])
def test_clock_further_off_is_told_by_how_much(off):
    assert refusal(signed.Nonces(), now_ms=NOW + off) == ("stale_clock", {"seconds": 121, "window": 120})


def test_same_word_in_another_session_is_another_request():
    nonces = signed.Nonces()
    sent(nonces)

    assert nonces.note("rani", "first-word", time_ms=NOW, now_ms=NOW) is True


def test_word_is_remembered_as_long_as_its_time_is_accepted():
    nonces = signed.Nonces()
    early = NOW + 120_000
    nonces.note("ravi", "early-word", time_ms=early, now_ms=NOW)

    assert nonces.note("ravi", "other-word", time_ms=early + 110_000, now_ms=early + 110_000) is True
    assert nonces.note("ravi", "early-word", time_ms=early, now_ms=early + 120_000) is False


def test_words_older_than_the_window_are_forgotten():
    nonces = signed.Nonces()
    for second in range(1000):
        nonces.note("ravi", f"word-{second}", time_ms=NOW + second * 1000, now_ms=NOW + second * 1000)

    assert len(nonces) <= 130


def test_full_memory_refuses_what_it_forgot_instead_of_letting_it_pass_again():
    nonces = signed.Nonces(capacity=10)
    sent(nonces)
    for number in range(10):
        nonces.note("rani", f"word-{number}", time_ms=NOW + 20_000, now_ms=NOW + 20_000)

    assert len(nonces) == 10
    assert refusal(nonces, now_ms=NOW + 20_000) == ("stale_clock", {"seconds": 20, "window": 120})


def test_text_of_an_opening_names_device_time_and_word():
    assert (
        signed.opening_text("d-1", NOW, "first-word") == b"rasad open session\nd-1\n1589526000000\nfirst-word"
    )
