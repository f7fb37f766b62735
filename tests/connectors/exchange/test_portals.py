"""The eight portals: what holds of the twin and of the real system alike, and what no fault may take away."""

import time
from pathlib import Path

import msgspec
import pytest
import yaml
from django.conf import settings

from rasad import connectors
from rasad.connectors.exchange import paper
from rasad.connectors.exchange.portals import PORTALS
from rasad.connectors.exchange.sandbox import KEY
from rasad.connectors.exchange.wire import Item, Outcomes, pages
from rasad.connectors.twin import Fault
from rasad.policy.relief import scheme
from rasad.values.refused import OutsideError
from tests.connectors.exchange.examples import ROWS, THINGS

WITHIN = 20.0
HURRY = 1.0
FOLDER = Path(connectors.__path__[0])
FAULTS = [Fault.ERROR, Fault.CUT, Fault.TWICE, Fault.RUBBISH]


@pytest.fixture
def twin(request):
    """The twin of the portal a story is about."""
    with PORTALS[request.param[0]].twin() as running:
        yield running


def client_of(twin, key=KEY):
    return twin.client(twin.url, key)


def items(kind, count):
    """So many items about seven things."""
    return [Item(id=f"item-{n:05d}", about=f"T-{n % 7}", body=THINGS[kind](n)) for n in range(count)]


def test_portals_are_those_of_the_document_in_its_order():
    assert tuple(one.called for one in PORTALS.values()) == scheme("drt_2020").integrations.systems


def test_everything_that_travels_has_an_example():
    pulled = {(name, kind) for name, one in PORTALS.items() for kind in one.client.pulls}
    pushed = {(name, kind) for name, one in PORTALS.items() for kind in one.client.pushes}

    assert (set(ROWS), set(THINGS)) == (pulled, pushed)


@pytest.mark.parametrize("name", PORTALS)
def test_paper_of_a_portal_is_what_the_code_says(name):
    written = yaml.safe_load((FOLDER / name / "openapi.yaml").read_text(encoding="utf-8"))

    assert written == msgspec.json.decode(msgspec.json.encode(paper.paper(PORTALS[name].client)))


@pytest.mark.parametrize(("name", "kind"), [*ROWS, *THINGS], ids=str)
def test_recorded_answer_is_understood(name, kind):
    said = (FOLDER / name / "recorded" / f"{kind}.json").read_bytes()
    form = pages(PORTALS[name].client.pulls[kind]) if (name, kind) in ROWS else Outcomes

    assert msgspec.json.decode(said, type=form)


@pytest.mark.parametrize("name", PORTALS)
def test_real_portal_answers_where_one_is_set(name):
    url, key = settings.PORTALS[name]
    if not url:
        pytest.skip(f"RASAD_{name.upper()}_URL names no real system")
    client = PORTALS[name].client(url, key)
    assert [client.pull(kind, limit=1, within=WITHIN) for kind in client.pulls]


@pytest.mark.req("R-INT-02", "R-INT-03", "R-INT-04", "R-INT-05", "R-INT-07", "R-INT-08", "R-INT-10")
@pytest.mark.parametrize(("twin", "kind"), [(one, one) for one in ROWS], indirect=["twin"], ids=str)
def test_rows_come_whole_and_in_order_through_every_fault(twin, kind):
    twin.rows[kind[1]] = [ROWS[kind](n) for n in range(300)]
    client = client_of(twin)
    for fault in FAULTS * 2:
        twin.fail(fault)
    told, cursor, failures = [], "", []
    while True:
        try:
            page = client.pull(kind[1], cursor=cursor, limit=50, within=WITHIN)
        except OutsideError as error:
            failures.append(error.permanent)
            continue
        told += page.rows
        cursor = page.next
        if not page.more:
            break

    assert told == twin.rows[kind[1]]
    assert failures in ([], [False], [False] * 2, [False] * 3)


@pytest.mark.req("R-INT-02", "R-INT-05", "R-INT-06", "R-INT-07", "R-INT-08", "R-INT-09")
@pytest.mark.parametrize(("twin", "kind"), [(one, one) for one in THINGS], indirect=["twin"], ids=str)
def test_pushed_items_arrive_once_and_in_order_through_every_fault(twin, kind):
    client = client_of(twin)
    for fault in FAULTS * 3:
        twin.fail(fault)
    waiting, rounds, failures = items(kind, 70), 0, []
    while waiting:
        rounds += 1
        batch = list({one.about: one for one in reversed(waiting)}.values())
        try:
            told = client.push(kind[1], batch, within=WITHIN)
        except OutsideError as error:
            failures.append(error.permanent)
            continue
        waiting = [one for one in waiting if one.id not in told]

    assert sorted(one.id for one in twin.received) == [f"item-{n:05d}" for n in range(70)]
    for about in {one.about for one in twin.received}:
        mine = [one.id for one in twin.received if one.about == about]
        assert mine == sorted(mine)
    assert True not in failures
    assert rounds < 30


PPP = [(("ppp", "tokens"), ("ppp", "tokens"))]


@pytest.mark.parametrize(("twin", "kind"), PPP, indirect=["twin"], ids=str)
def test_same_item_again_is_known_and_with_another_body_refused(twin, kind):
    client, (one, other) = client_of(twin), items(kind, 2)
    client.push("tokens", [one], within=WITHIN)

    assert client.push("tokens", [one], within=WITHIN)[one.id].outcome == "already"
    changed = Item(id=one.id, about=one.about, body=other.body)
    assert client.push("tokens", [changed], within=WITHIN)[one.id].code == "id_reused"
    assert len(twin.received) == 1


@pytest.mark.parametrize(("twin", "kind"), PPP, indirect=["twin"], ids=str)
def test_other_key_is_refused_for_good(twin, kind):
    with pytest.raises(OutsideError, match="key, form or clock") as failed:
        client_of(twin, key=bytes(32)).push("tokens", items(kind, 1), within=WITHIN)

    assert failed.value.permanent
    assert twin.received == []


@pytest.mark.parametrize(("twin", "kind"), PPP, indirect=["twin"], ids=str)
def test_killed_portal_is_reported_in_time_and_gone_on_with_when_it_is_back(twin, kind):
    client = client_of(twin)
    twin.kill()
    started = time.monotonic()
    with pytest.raises(OutsideError) as failed:
        client.push("tokens", items(kind, 1), within=HURRY)
    assert not failed.value.permanent
    assert time.monotonic() - started < HURRY + 1

    twin.revive()
    client.push("tokens", items(kind, 1), within=WITHIN)
    assert len(twin.received) == 1


@pytest.mark.parametrize(("twin", "kind"), PPP, indirect=["twin"], ids=str)
def test_slow_portal_is_given_up_within_the_time_there_is_and_took_the_item_once(twin, kind):
    client = client_of(twin)
    twin.fail(Fault.DELAY, seconds=HURRY * 3)
    with pytest.raises(OutsideError):
        client.push("tokens", items(kind, 1), within=HURRY / 2)

    assert client.push("tokens", items(kind, 1), within=WITHIN)["item-00000"].outcome == "already"
    assert len(twin.received) == 1


@pytest.mark.parametrize(("twin", "kind"), PPP, indirect=["twin"], ids=str)
def test_page_of_a_twin_is_for_people_and_no_fault_meets_it(twin, kind):
    import httpx

    twin.fail(Fault.ERROR)

    assert "PPP (twin)" in httpx.get(twin.url).text


@pytest.mark.parametrize(("twin", "kind"), PPP, indirect=["twin"], ids=str)
def test_exchange_is_logged_by_hash_and_never_by_content(twin, kind, exchanges):
    client_of(twin).push("tokens", items(kind, 1), within=WITHIN)

    (line,) = [one for one in exchanges if one["event"] == "outside.exchange"]
    assert (line["system"], line["direction"], line["path"], line["result"]) == (
        "PPP",
        "out",
        "/ppp/v1/tokens",
        200,
    )
    assert len(line["digest"].replace(":", "")) == 64
    assert "Asha" not in str(exchanges)
