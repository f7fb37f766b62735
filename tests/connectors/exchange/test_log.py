"""Every exchange with a portal that we begin is in the log: system, direction, hash of what was said, result."""

import hashlib
import re

import pytest
import structlog

from rasad.connectors import calling
from rasad.connectors.exchange.portals import PORTALS
from rasad.connectors.exchange.wire import Item
from rasad.connectors.exchanged import note_exchange
from rasad.connectors.twin import Fault
from rasad.values.refused import OutsideError
from rasad.web.logs import cleaned
from tests.connectors.exchange.examples import ROWS, THINGS
from tests.connectors.exchange.through import client_of

WITHIN = 20.0


@pytest.fixture
def twin(request):
    with PORTALS[request.param[0]].twin() as running:
        yield running


@pytest.fixture
def bodies(monkeypatch):
    """What was sent over the lines, in its order."""
    sent, send = [], calling.Line._sent

    def noted(line, method, path, content, *more):
        sent.append(content)
        return send(line, method, path, content, *more)

    monkeypatch.setattr(calling.Line, "_sent", noted)
    return sent


def asked(twin, name, kind):
    """One exchange of each kind there is: rows of a list, or an item told."""
    client = client_of(twin)
    if (name, kind) in ROWS:
        twin.rows[kind] = [ROWS[name, kind](n) for n in range(3)]
        return client.pull(kind, limit=5, within=WITHIN)
    return client.push(kind, [Item(id="item-00001", about="T-1", body=THINGS[name, kind](1))], within=WITHIN)


@pytest.mark.parametrize(
    ("twin", "kind"), [(one, one) for one in (*ROWS, *THINGS)], indirect=["twin"], ids=str
)
def test_exchange_with_every_portal_is_logged_once_by_the_hash_of_what_was_said(
    twin, kind, exchanges, bodies
):
    asked(twin, *kind)

    told = [one for one in exchanges if one["event"] == "outside.exchange"]
    assert all(len(one["answer_digest"].replace(":", "")) == 64 for one in told)
    assert [
        (one["system"], one["direction"], one["result"], one["digest"].replace(":", "")) for one in told
    ] == [(PORTALS[kind[0]].client.title, "out", 200, hashlib.sha256(body).hexdigest()) for body in bodies]
    assert len(told) == 1


@pytest.mark.req("R-INT-18")
@pytest.mark.parametrize("twin", [("mmpsy", "families")], indirect=True)
def test_exchange_is_logged_though_the_rest_of_the_log_is_silent(twin):
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("ERROR"))
    with structlog.testing.capture_logs() as logged:
        asked(twin, "mmpsy", "families")
    structlog.configure(**before)

    assert [(one["event"], one["system"], one["result"]) for one in logged] == [
        ("outside.exchange", "MMPSY", 200)
    ]


@pytest.mark.parametrize("twin", [("mmpsy", "families")], indirect=True)
def test_rows_that_were_pulled_are_logged_by_their_hash(twin, exchanges):
    asked(twin, "mmpsy", "families")
    twin.rows["families"] = []
    client_of(twin).pull("families", limit=5, within=WITHIN)

    first, second = [
        one["answer_digest"].replace(":", "") for one in exchanges if one["event"] == "outside.exchange"
    ]
    assert first != second
    assert second == hashlib.sha256(b'{"rows":[],"next":"0","more":false}').hexdigest()


@pytest.mark.parametrize(("fault", "results"), [(Fault.ERROR, [500, 200]), (Fault.CUT, ["no answer", 200])])
@pytest.mark.parametrize("twin", [("mmpsy", "families")], indirect=True)
def test_failed_exchange_is_logged_too_each_try_for_itself(twin, exchanges, fault, results):
    twin.fail(fault)
    asked(twin, "mmpsy", "families")

    assert [one["result"] for one in exchanges if one["event"] == "outside.exchange"] == results


@pytest.mark.parametrize("twin", [("ppp", "tokens")], indirect=True)
def test_exchange_with_a_killed_portal_is_logged_as_unanswered(twin, exchanges):
    twin.kill()
    with pytest.raises(OutsideError):
        asked(twin, "ppp", "tokens")

    told = [one for one in exchanges if one["event"] == "outside.exchange"]
    assert {(one["system"], one["result"], one["log_level"]) for one in told} == {
        ("PPP", "no answer", "warning")
    }


def test_hash_leaves_the_log_whole_though_it_holds_many_digits():
    # A hash of which twelve digits follow each other, as about one in 60 does.
    body = next(
        text
        for n in range(10_000)
        if re.search(r"\d{12}", hashlib.sha256(text := str(n).encode()).hexdigest())
    )
    with structlog.testing.capture_logs() as logged:
        note_exchange(
            system="PPP", direction="out", path="/", said=body, answered=None, result=200, seconds=0.0
        )

    (line,) = logged
    assert cleaned(line)["digest"] == line["digest"]
    assert line["digest"].replace(":", "") == hashlib.sha256(body).hexdigest()
