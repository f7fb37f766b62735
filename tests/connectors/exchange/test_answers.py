"""What a client makes of answers: whose no it was, and whether asking again may help."""

import time
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from rasad.connectors.exchange import client as asking
from rasad.connectors.exchange import signing
from rasad.connectors.exchange.sandbox import KEY
from rasad.connectors.exchange.wire import Item, NoSaid, Outcome, Outcomes, encoded
from rasad.connectors.mmpsy.client import MmpsyClient
from rasad.connectors.ppp.client import PppClient
from rasad.connectors.ppp.sandbox import PppTwin
from rasad.connectors.twin import Fault, Response, Twin
from rasad.values.refused import OutsideError
from tests.connectors.exchange.examples import THINGS

PATIENCE, HURRY = 5.0, 0.6
EMPTY = b'{"rows":[],"next":"0"}'
ITEM = Item(id="item-00001", about="T-1", body=THINGS["ppp", "tokens"](1))


class Odd(Twin):
    """Answers every request alike; signed for it, for another one, or not at all."""

    def __init__(self, body, status=200, *, signed_for="this"):
        super().__init__()
        self.body, self.status, self.signed_for, self.asked = body, status, signed_for, []

    def answer(self, request):
        self.asked.append(request)
        nonce = request.headers[signing.NONCE] if self.signed_for == "this" else "n" * 32
        headers = signing.sign_reply(status=self.status, body=self.body, nonce=nonce, key=KEY)
        return Response(self.body, self.status, headers=headers if self.signed_for else {})


def pulled(twin, *, within=PATIENCE, **how):
    return MmpsyClient(twin.url, KEY, **how).families(within=within)


def failure(call):
    with pytest.raises(OutsideError) as failed:
        call()
    return failed.value.permanent, str(failed.value)


def no(code):
    return encoded(NoSaid(code=code))


def test_signed_empty_page_is_an_answer():
    with Odd(EMPTY) as twin:
        assert pulled(twin).rows == []


@pytest.mark.parametrize(
    ("status", "body", "signed_for"),
    [
        (200, EMPTY, None),
        (200, EMPTY, "another"),
        (302, b"", None),
        (401, b"<html>Log in</html>", None),
        (404, b"<html>no such site</html>", None),
        (403, no("closed"), "another"),
        (429, no("too_often"), "this"),
        (500, b"", None),
        (503, no("down"), "this"),
        (401, no("unsigned_request_replayed"), None),
    ],
)
def test_answer_that_is_not_the_portals_last_word_is_asked_for_again(status, body, signed_for):
    with Odd(body, status, signed_for=signed_for) as twin:
        permanent, _ = failure(lambda: pulled(twin))

        assert (permanent, len(twin.asked)) == (False, 3)
        assert len({one.headers[signing.NONCE] for one in twin.asked}) == 3


@pytest.mark.parametrize(
    ("status", "body", "signed_for", "said"),
    [
        (401, no("unsigned_bad_signature"), None, "unsigned_bad_signature"),
        (401, no("unsigned_stale_clock"), None, "unsigned_stale_clock"),
        (400, no("unreadable"), "this", "unreadable"),
        (403, no("not_yours"), "this", "not_yours"),
        (404, b"", "this", "404"),
    ],
)
def test_no_of_the_portal_itself_is_for_people_and_not_asked_again(status, body, signed_for, said):
    with Odd(body, status, signed_for=signed_for) as twin:
        permanent, words = failure(lambda: pulled(twin))

        assert (permanent, len(twin.asked)) == (True, 1)
        assert said in words


def test_signed_answer_in_another_form_is_for_people():
    with Odd(b'{"families":[],"next":"1"}') as twin:
        permanent, words = failure(lambda: pulled(twin))

    assert permanent
    assert "in a form we do not know" in words


def test_row_in_another_form_holds_up_no_other_row_and_keeps_its_text():
    good = {"reference": "M-2", "district": "63"}
    with Odd(msgspec.json.encode({"rows": [{"reference": "M-1"}, good], "next": "2"})) as twin:
        page = pulled(twin)

    assert ([one.reference for one in page.rows], page.next) == (["M-2"], "2")
    assert [(one.text, one.why) for one in page.odd] == [
        ('{"reference":"M-1"}', "Object missing required field `district`")
    ]


def test_aadhaar_number_where_a_reference_belongs_is_not_taken():
    family = {
        "reference": "M-1",
        "district": "63",
        "members": [{"line": 1, "name": "Asha", "aadhaar_ref": "9999 4105 7058"}],
    }
    with Odd(msgspec.json.encode({"rows": [family], "next": "1"})) as twin:
        page = pulled(twin)

    assert page.rows == []
    assert '"aadhaar_ref":"XXXXXXXXXX7058"' in page.odd[0].text
    assert "4105" not in page.odd[0].why


def test_clock_of_ours_that_is_wrong_is_for_people():
    with PppTwin() as twin:
        late = datetime.now(UTC) - timedelta(minutes=3)
        client = PppClient(twin.url, KEY, clock=lambda: late)
        permanent, words = failure(lambda: client.tokens([ITEM], within=PATIENCE))

        assert (permanent, twin.received) == (True, [])
        assert "unsigned_stale_clock" in words


@pytest.mark.parametrize(
    "ids", [[], ["item-00002"], ["item-00001", "item-00001"], ["item-00001", "item-00002"]]
)
def test_answer_to_something_else_is_no_answer(ids):
    said = Outcomes(outcomes=[Outcome(id=one, outcome="accepted") for one in ids])
    with Odd(encoded(said)) as twin:
        permanent, words = failure(lambda: PppClient(twin.url, KEY).tokens([ITEM], within=PATIENCE))

    assert (permanent, words) == (False, "PPP did not answer what it was told")


def test_item_beside_answered_ones_that_has_no_answer_is_left_out():
    said = Outcomes(outcomes=[Outcome(id="item-00001", outcome="accepted")])
    other = Item(id="item-00002", about="T-2", body=ITEM.body)
    with Odd(encoded(said)) as twin:
        told = PppClient(twin.url, KEY).tokens([ITEM, other], within=PATIENCE)

    assert list(told) == ["item-00001"]


def test_nothing_to_tell_is_not_told():
    with Odd(b"") as twin:
        assert PppClient(twin.url, KEY).tokens([], within=PATIENCE) == {}
        assert twin.asked == []


def test_page_that_is_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(asking, "LARGEST_PAGE_BYTES", 10)
    with Odd(EMPTY) as twin:
        permanent, words = failure(lambda: pulled(twin))

    assert (permanent, words) == (False, "MMPSY broke off its answer")


def test_page_of_five_hundred_large_families_fits():
    person = {"line": 1, "name": "अ" * 120, "guardian_name": "अ" * 120, "aadhaar_ref": "ab" * 32}
    family = {"reference": "M-1", "district": "63", "address": "अ" * 250, "members": [person] * 9}
    with Odd(msgspec.json.encode({"rows": [family] * 500, "next": "500"})) as twin:
        assert len(pulled(twin, within=20.0).rows) == 500
        assert len(twin.body) > 4_000_000


@pytest.mark.parametrize("fault", [Fault.DELAY, Fault.HELD])
def test_page_that_comes_too_late_is_given_up_in_time(fault):
    with Odd(EMPTY) as twin:
        twin.fail(fault, times=3, seconds=5 * HURRY)
        twin.is_faulty = lambda request: True
        started = time.monotonic()
        permanent, _ = failure(lambda: pulled(twin, within=HURRY))

        assert (permanent, time.monotonic() - started < HURRY + 0.5) == (False, True)
