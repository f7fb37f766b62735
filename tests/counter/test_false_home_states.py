"""What a home State answers is looked at before it is believed: another card, half a reservation, text without end."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from rasad.connectors.impds import wire
from rasad.connectors.impds.client import ImpdsClient
from rasad.counter import reserved, visitors
from rasad.counter.models import Reservation, Sale, Visit
from rasad.values.month import Month
from rasad.values.refused import OutsideError, Refused
from tests.cast import client_of
from tests.counter import cast, guests
from tests.counter.at_pages import guest as shown

pytestmark = pytest.mark.usefixtures("ravis", "clock")
MEMBER = {"line": 1, "name": "As** De**", "is_linked": True, "is_validated": True, "uid_token": "x" * 72}
CARD: dict[str, Any] = {
    "state": "IN-WB", "number": guests.GUEST, "category": "PHH", "is_nfsa": True, "is_linked": True,
    "is_validated": True, "is_active": True, "month": "2026-11", "members": [MEMBER],
    "lines": [{"commodity": "rice", "kind": "foodgrain", "full": 12_000, "left": 12_000}],
}  # fmt: skip


@pytest.fixture
def says(monkeypatch) -> Iterator[Any]:
    """Have every home State answer with this body, well signed."""

    def answer(body: bytes | dict[str, Any]) -> None:
        said = body if isinstance(body, bytes) else msgspec.json.encode(body)
        monkeypatch.setattr(ImpdsClient, "_check", lambda *_: None)
        monkeypatch.setattr("rasad.connectors.calling.Line.post", lambda *_, **__: Said(said))

    return answer


class Said:
    status, headers = 200, {}

    def __init__(self, body: bytes) -> None:
        self.body = body


def client() -> ImpdsClient:
    return ImpdsClient("http://127.0.0.1:9", "IN-HR", b"k" * 32)


FALSE = [
    {"number": "190000000999"}, {"month": "2026-10"}, {"category": "X" * 300}, {"category": "a\0b"},
    {"number": "1\0"}, {"members": [{**MEMBER, "line": 70_000}]}, {"members": [{**MEMBER, "line": 0}]},
    {"members": [{**MEMBER, "name": "a\0b"}]}, {"members": [{**MEMBER, "uid_token": "\0"}]},
    {"members": [MEMBER] * 100}, {"lines": [{"commodity": "rice", "kind": "foodgrain", "full": -1, "left": 0}]},
]  # fmt: skip


@pytest.mark.parametrize("false", [*FALSE, b'{"number":"\xff"}', b'{"x":' + b"[" * 100_000])
def test_card_that_is_none_or_anothers_is_no_answer(says, ravi, false):
    says(false if isinstance(false, bytes) else CARD | false)

    page, _ = shown(client_of(ravi), card=guests.GUEST)

    assert (page.status_code, Visit.objects.count()) == (503, 0)


def test_number_written_otherwise_is_the_same_card(says):
    says(CARD | {"number": "WB 19-ab"})

    assert visitors.home_card(Month(2026, 11), number="wb19AB").number == "WB 19-ab"


def test_card_of_this_state_is_no_visitors(says, ravi):
    says(CARD | {"state": "IN-HR"})

    page, _ = shown(client_of(ravi), card=guests.GUEST)

    assert (page.status_code, Visit.objects.count()) == (409, 0)
    assert b"It is a card of this State" in page.content


@pytest.mark.parametrize("last", [date(2026, 12, 31), date(9999, 12, 31), date(1, 1, 1)])
def test_lift_of_no_month_of_ours_bars_nothing(says, last):
    says(CARD | {"last_away_on": last.isoformat()})

    one = guests.guest()

    assert [(offer.key, offer.left) for offer in visitors.offers(one.visit, one.home, at=one.at)] == [
        ("rice", 6_000)
    ]


@pytest.mark.parametrize(
    "false", [{"lines": {"rice": 1_000}}, {"lines": {}}, {"card": "19"}, {"reservation": str(uuid4())}]
)
def test_less_than_was_asked_for_is_not_sold(world, monkeypatch, says, false):
    one = guests.guest()
    guests.finger(one, world)
    kept = {
        "reservation": str(one.visit.pk), "state": "IN-WB", "card": guests.GUEST, "month": "2026-11",
        "lines": {"rice": 6_000}, "left": {"rice": 6_000}, "until": (cast.NOON + timedelta(hours=24)).isoformat(),
    }  # fmt: skip
    says(kept | false)

    with pytest.raises(Refused) as refused:
        guests.sell(one, rice=6_000)

    assert (refused.value.code, Sale.objects.count()) == ("home_state_unreachable", 0)
    assert Reservation.objects.get().state == "to_void"


def test_home_state_that_let_go_what_was_sold_has_not_heard(world, says):
    one = guests.guest()
    guests.finger(one, world)
    with pytest.MonkeyPatch.context() as away:
        away.setattr(
            ImpdsClient, "post", lambda *_, **__: (_ for _ in ()).throw(OutsideError("", permanent=False))
        )
        guests.sell(one, rice=6_000)
    says({"reservation": str(one.visit.pk), "outcome": "voided"})

    assert reserved.settle(one.visit.pk, at=cast.NOON) is False
    assert Reservation.objects.get().state == "to_post"


@pytest.mark.parametrize("form", [wire.VoidAsked, wire.CardAsked])
def test_request_that_is_no_text_is_unreadable(form):
    from rasad.connectors.decoded import decoded

    with pytest.raises(msgspec.DecodeError):
        decoded(b'{"reservation":"\xff","month":"\xff"}', form)
