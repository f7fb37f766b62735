"""What an attacker or a broken device sends: refused with a code and sentences, and nothing moves."""

import json
import time

import pytest

from rasad.counter.device_client import BASE, new_id
from rasad.shops.actions import revoke_device
from rasad.shops.models import Device
from rasad.values import signed
from tests.counter import cast
from tests.counter.api import conftest, stories

pytestmark = pytest.mark.django_db(transaction=True)
ID = "01900000-0000-7000-8000-000000000001"


def said(answer):
    """Status and code of a refusal that has every sentence."""
    told = answer.json()
    assert sorted(told) == ["code", "next", "what", "why"]
    assert all(told.values())
    return answer.status_code, told["code"]


def body(given, lines: str) -> bytes:
    return f'{{"id":"{given["id"]}","pass":"{given["pass"]}","lines":{lines}}}'.encode()


QUANTITIES = [
    "-1", "0", "0.5", "1.0", "1e3", "true", "false", "null", '"1000"', "NaN", "Infinity", "-0", "9" * 30, "9" * 5000,
    "[1]", "{}", "10000001", "01",
]  # fmt: skip


@pytest.mark.parametrize("road", ["quick", "django"])
def test_quantity_that_is_no_whole_number_in_its_limits_is_refused(till, road):
    given = stories.served(till)
    take(road, till)

    answers = [
        said(till.raw("POST", "/sales", body(given, f'[{{"line":"wheat","quantity":{one}}}]')))
        for one in QUANTITIES
    ]

    assert answers == [(422, "bad_request")] * len(QUANTITIES)
    assert stories.moved() == 0


def take(road: str, till) -> None:
    """Which road a sale takes: the quick one, or Django's as where no quick road is."""
    if road == "django":
        till._http._transport.without_the_quick_road()


LINES = {
    "[]": (422, "bad_request"),
    '[{"line":"wheat","quantity":1},{"line":"wheat","quantity":2}]': (422, "line_twice"),
    '[{"line":"gold","quantity":1}]': (422, "line_not_on_pass"),
    '[{"line":"wheat","quantity":1,"quantity":2}]': (422, "bad_request"),
    '[{"line":"wheat","quantity":1,"price":0}]': (422, "bad_request"),
    '[{"line":"wheat"}]': (422, "bad_request"),
    '[{"line":"whe\\ud800at","quantity":1}]': (422, "bad_request"),
    '[{"line":"","quantity":1}]': (422, "bad_request"),
    "[" * 30_000: (422, "bad_request"),
    '{"line":"wheat"}': (422, "bad_request"),
    "null": (422, "bad_request"),
}


@pytest.mark.parametrize("road", ["quick", "django"])
def test_lines_that_are_no_lines_of_the_pass_are_refused(till, road):
    given = stories.served(till)
    take(road, till)

    assert {one: said(till.raw("POST", "/sales", body(given, one))) for one in LINES} == LINES
    assert stories.moved() == 0


BODIES = [
    b"",
    b"{}",
    b"[]",
    b"null",
    b"1",
    b'"x"',
    b"{",
    b"\xff\xfe",
    b'{"id":"\xff"}',
    "{}".encode("utf-16"),
    b"\x00",
    b"[" * 60_000,
]


@pytest.mark.parametrize("path", ["/sales", "/visits", "/visits/visitor", "/stock/receipts", "/heartbeat"])
def test_body_that_is_no_such_request_is_refused(till, path):
    refused = {one[:9]: till.raw("POST", path, one) for one in BODIES if (path, one) != ("/heartbeat", b"{}")}

    assert {said(one) for one in refused.values()} == {(422, "bad_request")}
    assert stories.moved() == 0


def test_texts_with_nul_or_half_a_character_are_refused(till):
    bad = ["\\u0000", "\\ud800", "\\udc00x", "a\\u0000b"]
    asked = [f'{{"id":"{ID}","number":"{one}"}}' for one in bad]
    asked += [f'{{"id":"{ID}","number":"1","{one}":1}}' for one in bad]

    answers = [said(till.raw("POST", "/visits", one.encode())) for one in asked]

    assert answers == [(422, "bad_request")] * 8


def test_long_bodies_wrong_types_and_wrong_addresses_are_refused(till):
    long = b'{"id":"' + b"x" * 70_000 + b'"}'
    wrong = till.headers("POST", f"{BASE}/visits", b"id=1") | {
        "Content-Type": "application/x-www-form-urlencoded"
    }

    assert said(till.raw("POST", "/sales", long)) == (413, "body_too_long")
    assert said(till.raw("POST", "/visits", long)) == (413, "body_too_long")
    assert said(till.raw("POST", "/visits", b"id=1", headers=wrong)) == (415, "not_json")
    assert said(till.raw("GET", "/visits")) == (405, "not_by_this_method")
    assert said(till.raw("DELETE", "/sales")) == (405, "not_by_this_method")
    assert said(till.raw("GET", "/nothing")) == (404, "no_such_path")
    assert said(till.raw("GET", "/visits/%00")) == (404, "no_such_path")
    assert said(till.raw("POST", f"/visits/{'9' * 400}/pass")) == (404, "no_such_path")


def test_what_is_secret_is_not_repeated(till, world, caplog, capfd):
    visit = till.open_visit(cast.CARD)["id"]
    read = stories.pid_data(world)
    asked = [
        ("/finger", {"member": "one", "finger": "LEFT_INDEX", "pid_data": read}),
        ("/finger", {"member": 1, "finger": read, "pid_data": read}),
        ("/finger", {"member": 1, "finger": "LEFT_INDEX", "pid_data": read[:-40], cast.ASHA: 1}),
        ("/finger", {"member": 1, "finger": "LEFT_INDEX", "pid_data": "<PidData>"}),
        ("/code/enter", {"code": "123456", "codes": "123456"}),
        ("/code/enter", {"code": {"x": "123456"}}),
    ]

    answers = [till.raw("POST", f"/visits/{visit}{path}", json.dumps(one).encode()) for path, one in asked]

    assert {one.status_code for one in answers} == {422}
    out = "".join(one.text for one in answers) + caplog.text + "".join(capfd.readouterr())
    assert [word for word in (cast.ASHA, "123456", read[200:260], "PidData") if word in out] == []


def test_replayed_stale_and_changed_requests_are_refused(till):
    given = stories.served(till)
    asked = body(given, '[{"line":"wheat","quantity":1000}]')
    path = f"{BASE}/sales"
    once = till.headers("POST", path, asked)
    old = str(int(time.time() * 1000) - 121_000)
    stale = once | {
        signed.TIME_HEADER: old,
        signed.SIGNATURE_HEADER: signed.signature(
            till.session_key, method="POST", path=path, time=old, nonce=once[signed.NONCE_HEADER], body=asked
        ),
    }
    changed = asked.replace(b"1000", b"9000")

    assert said(till.raw("POST", "/sales", asked, headers=stale)) == (401, "stale_clock")
    assert said(till.raw("POST", "/sales", changed, headers=once)) == (401, "bad_signature")
    assert said(till.raw("POST", "/sales", asked, headers={})) == (401, "bad_signature")
    assert stories.moved() == 0
    assert till.raw("POST", "/sales", asked, headers=once).status_code == 200
    assert said(till.raw("POST", "/sales", asked, headers=once)) == (409, "request_replayed")
    get = till.headers("GET", f"{BASE}/stock", b"")
    assert till.raw("GET", "/stock", headers=get).status_code == 200
    assert said(till.raw("GET", "/stock", headers=get)) == (409, "request_replayed")
    assert stories.moved() == 2


def test_pass_that_was_changed_or_is_anothers_is_refused(till, server):
    mine, second = stories.served(till), stories.served(till)
    other = conftest.device(server, cast.shop(cast.SECOND, name="Second"), conftest.OTHER_KEY)
    same_shop = conftest.device(server, till_shop(), conftest.Ed25519PrivateKey.generate(), name="Counter 2")
    turned = mine["pass"][:40] + ("A" if mine["pass"][40] != "A" else "B") + mine["pass"][41:]

    assert stories.refusal(till.sell, mine["id"], pass_=turned, lines={"wheat": 1}) == (400, "bad_pass")
    assert stories.refusal(till.sell, mine["id"], pass_="", lines={"wheat": 1}) == (400, "bad_pass")
    assert stories.refusal(till.sell, mine["id"], pass_="पास", lines={"wheat": 1}) == (400, "bad_pass")
    assert stories.refusal(till.sell, mine["id"], pass_=second["pass"], lines={"wheat": 1}) == (
        400,
        "pass_of_other_visit",
    )
    assert stories.refusal(stories.sold, other, mine, wheat=1) == (403, "pass_of_other_shop")
    assert stories.refusal(stories.sold, same_shop, mine, wheat=1) == (403, "pass_of_other_shop")
    assert stories.moved() == 0


def till_shop():
    return Device.objects.get(name="Counter 1", shop__number=cast.RAVIS).shop


def test_ended_session_and_revoked_device_sell_nothing(till):
    given, second = stories.served(till), stories.served(till)
    key, session = till.session_key, till.session
    till.end()
    assert stories.refusal(stories.sold, till, given, wheat=1) == (401, "session_over")

    till.opened()
    revoke_device(device=Device.objects.get(), reason="stolen", by="meena", at=cast.NOON)
    assert stories.refusal(stories.sold, till, second, wheat=1) == (403, "device_revoked")
    till.session_key, till.session = key, session
    assert stories.refusal(stories.sold, till, second, wheat=1) == (403, "device_revoked")
    assert stories.moved() == 0


def test_card_of_another_shop_is_served_by_finger_only_and_a_visit_of_another_card_is_not_taken_over(
    till, world
):
    cast.card(cast.BINODS_CARD, cast.person("Dinu", "999955183433"), tagged_to=cast.SECOND)
    visit = till.open_visit(cast.BINODS_CARD)

    assert visit["kind"] == "away"
    till.skip_finger(visit["id"])
    assert stories.refusal(till.go_without, visit["id"], why="otp_not_received") == (
        409,
        "away_unauthenticated",
    )
    assert stories.refusal(till.open_visit, cast.CARD, id=visit["id"]) == (409, "visit_id_reused")
    assert stories.refusal(till.issue_pass, new_id()) == (404, "visit_unknown")
