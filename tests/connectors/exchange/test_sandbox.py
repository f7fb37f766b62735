"""What a portal's twin does with what it is told, and what it shows of itself."""

import httpx
import pytest

from rasad.connectors.exchange.sandbox import KEY
from rasad.connectors.exchange.wire import Item
from rasad.connectors.mmpsy.sandbox import MmpsyTwin
from rasad.connectors.ppp.sandbox import PppTwin
from rasad.values.refused import OutsideError
from tests.connectors.exchange.examples import ROWS, THINGS

WITHIN = 10.0


@pytest.fixture
def ppp():
    with PppTwin() as twin:
        yield twin


@pytest.fixture
def mmpsy():
    with MmpsyTwin() as twin:
        twin.rows["families"] = [ROWS["mmpsy", "families"](n) for n in range(5)]
        yield twin


def item(number, family, *, about="T-1", version=0):
    return Item(id=f"item-{number:05d}", about=about, body=THINGS["ppp", "tokens"](family), version=version)


def told(twin, *items):
    outcomes = twin.client(twin.url, KEY).push("tokens", items, within=WITHIN)
    return [(outcomes[one.id].outcome, outcomes[one.id].code) for one in items]


def page(twin, **asked):
    return twin.client(twin.url, KEY).pull("families", within=WITHIN, **asked)


def test_version_that_comes_after_a_later_one_changes_nothing_and_is_remembered(ppp):
    assert told(ppp, item(1, 1, version=1)) == [("accepted", "")]
    assert told(ppp, item(3, 3, version=3)) == [("accepted", "")]
    assert told(ppp, item(2, 2, version=2)) == [("already", "")]

    assert ppp.known["T-1"].family_id == "F-3"
    assert [one.id for one in ppp.received] == ["item-00001", "item-00003"]
    assert [one.id for one in ppp.out_of_order] == ["item-00002"]


def test_versions_are_counted_for_each_thing_by_itself(ppp):
    assert told(ppp, item(1, 1, version=7), item(2, 2, about="T-2", version=1)) == [("accepted", "")] * 2
    assert ppp.out_of_order == []


def test_refused_item_may_come_again_put_right(ppp):
    ppp.unknown_families = {"F-9"}
    assert told(ppp, item(1, 9)) == [("refused", "family_unknown")]
    assert told(ppp, item(1, 1)) == [("accepted", "")]


def test_id_twice_in_a_batch_with_another_body_is_taken_once(ppp):
    assert told(ppp, item(1, 1), item(1, 2)) == [("refused", "id_reused")] * 2
    assert [one.body.family_id for one in ppp.received] == ["F-1"]


def test_pages_follow_each_other_and_the_same_page_is_the_same(mmpsy):
    first = page(mmpsy, limit=2)

    assert [one.reference for one in first.rows] == ["M-0", "M-1"]
    assert page(mmpsy, limit=2) == first
    last = page(mmpsy, cursor=first.next, limit=10)
    assert ([one.reference for one in last.rows], last.more) == (["M-2", "M-3", "M-4"], False)


def test_rows_that_come_later_follow_the_last_page(mmpsy):
    last = page(mmpsy)
    mmpsy.rows["families"].append(ROWS["mmpsy", "families"](5))

    assert [one.reference for one in page(mmpsy, cursor=last.next).rows] == ["M-5"]


@pytest.mark.parametrize("cursor", ["-1", "five", "1" * 12])
def test_cursor_it_never_gave_is_not_read(mmpsy, cursor):
    with pytest.raises(OutsideError, match="unreadable") as failed:
        page(mmpsy, cursor=cursor)

    assert failed.value.permanent


def test_key_of_its_own_stands_in_its_settings():
    with PppTwin(key=b"o" * 32) as twin:
        assert twin.settings == {"RASAD_PPP_URL": twin.url, "RASAD_PPP_KEY": (b"o" * 32).hex()}


def test_page_for_a_browser_shows_the_latest_first_and_harmless(ppp):
    told(ppp, item(1, 1), item(2, 2, about="<b>T-2"))
    shown = httpx.get(ppp.url).text

    assert "Received: 2." in shown
    assert shown.index("&lt;b&gt;T-2") < shown.index("family_id: F-1")
    assert "<b>" not in shown
