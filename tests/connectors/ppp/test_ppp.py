"""PPP is told of tokens; it does not know every family."""

import pytest

from rasad.connectors.exchange.sandbox import KEY
from rasad.connectors.exchange.wire import Item
from rasad.connectors.ppp.client import PppClient
from rasad.connectors.ppp.sandbox import PppTwin
from tests.connectors.exchange.examples import THINGS

WITHIN = 10.0
FIRST, SECOND = (Item(id=f"item-0000{n}", about=f"T-{n}", body=THINGS["ppp", "tokens"](n)) for n in (1, 2))


@pytest.fixture
def twin():
    with PppTwin() as running:
        yield running


@pytest.mark.req("R-INT-06")
def test_token_appears_on_its_familys_page(twin):
    told = PppClient(twin.url, KEY).tokens([FIRST], within=WITHIN)

    assert told["item-00001"].outcome == "accepted"
    assert (twin.known["T-1"].family_id, twin.known["T-1"].holder) == ("F-1", "Asha Devi")


def test_unknown_family_is_refused_by_itself(twin):
    twin.unknown_families = {"F-1"}
    told = PppClient(twin.url, KEY).tokens([FIRST, SECOND], within=WITHIN)

    assert [(one.outcome, one.code, one.detail) for one in told.values()] == [
        ("refused", "family_unknown", "F-1"),
        ("accepted", "", ""),
    ]
    assert set(twin.known) == {"T-2"}
