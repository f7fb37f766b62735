"""TrackPDS tells of grain that arrived, and is told what tokens need."""

from datetime import date

import pytest

from rasad.connectors.exchange.sandbox import KEY
from rasad.connectors.exchange.wire import Item
from rasad.connectors.trackpds.client import TrackpdsClient
from rasad.connectors.trackpds.sandbox import TrackpdsTwin
from tests.connectors.exchange.examples import SHOP, THINGS

WITHIN = 10.0
NEED = Item(id="item-00001", about=f"{SHOP}:2020-06", body=THINGS["trackpds", "requirements"](2))


@pytest.fixture
def twin():
    with TrackpdsTwin() as running:
        yield running


@pytest.mark.req("R-INT-02")
def test_grain_that_arrived_is_told_in_grams(twin):
    twin.arrive(SHOP, "wheat", 5_000_000, on=date(2020, 5, 14))
    twin.arrive(SHOP, "rice", 250_000, on=date(2020, 5, 14), allocation="DRT")
    page = TrackpdsClient(twin.url, KEY).arrivals(within=WITHIN)

    assert [(one.id, one.commodity, one.grams, one.allocation) for one in page.rows] == [
        ("A-000001", "wheat", 5_000_000, "NFSA"),
        ("A-000002", "rice", 250_000, "DRT"),
    ]


@pytest.mark.req("R-INT-02")
def test_need_of_a_shop_and_month_is_told(twin):
    assert (
        TrackpdsClient(twin.url, KEY).requirements([NEED], within=WITHIN)["item-00001"].outcome == "accepted"
    )
    assert twin.known[NEED.about].lines == {"wheat": 30_000}


def test_shop_it_does_not_know_is_refused(twin):
    twin.unknown_shops = {SHOP}
    (told,) = TrackpdsClient(twin.url, KEY).requirements([NEED], within=WITHIN).values()

    assert (told.outcome, told.code, told.detail) == ("refused", "shop_unknown", SHOP)
