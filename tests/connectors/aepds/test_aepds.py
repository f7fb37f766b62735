"""AePDS sells on tokens it was told of, at their shop, in their months, and tells of it."""

import msgspec
import pytest

from rasad.connectors.aepds.client import AepdsClient
from rasad.connectors.aepds.sandbox import AepdsTwin, NotSoldError
from rasad.connectors.exchange.sandbox import KEY
from rasad.connectors.exchange.wire import Item
from tests.connectors.exchange.examples import NOON, SHOP, THINGS, TOKEN

WITHIN = 10.0
WHEAT = {"wheat": 15_000}
BODY = THINGS["aepds", "tokens"](1)
HERE = {"shop": SHOP, "month": "2020-05", "at": NOON}


@pytest.fixture
def twin():
    with AepdsTwin() as running:
        yield running


def tell(twin, **changed):
    item = Item(
        id=f"item-0000{len(twin.received)}", about=TOKEN, body=msgspec.structs.replace(BODY, **changed)
    )
    AepdsClient(twin.url, KEY).tokens([item], within=WITHIN)


@pytest.mark.req("R-INT-08")
def test_sale_on_a_token_is_told_in_grams(twin):
    tell(twin)
    twin.sell(TOKEN, WHEAT, mode="biometric", **HERE)
    (sale,) = AepdsClient(twin.url, KEY).sales(within=WITHIN).rows

    assert (sale.id, sale.token, sale.shop, sale.month) == ("S-000001", TOKEN, SHOP, "2020-05")
    assert (sale.lines, sale.at, sale.mode) == (WHEAT, NOON, "biometric")


@pytest.mark.parametrize("elsewhere", [{"shop": "106300100002"}, {"month": "2020-07"}])
def test_token_is_not_drawn_at_another_shop_or_in_another_month(twin, elsewhere):
    tell(twin)
    with pytest.raises(NotSoldError, match=f"{SHOP} in 2020-05, 2020-06"):
        twin.sell(TOKEN, WHEAT, **{**HERE, **elsewhere})

    assert twin.rows["sales"] == []


def test_token_it_was_not_told_of_is_not_drawn(twin):
    with pytest.raises(NotSoldError, match="not known here"):
        twin.sell(TOKEN, WHEAT, **HERE)


@pytest.mark.parametrize("state", ["cancelled", "expired"])
def test_token_that_has_ended_is_not_drawn(twin, state):
    tell(twin)
    tell(twin, state=state)
    with pytest.raises(NotSoldError, match="has ended"):
        twin.sell(TOKEN, WHEAT, **HERE)


def test_token_is_drawn_at_its_new_shop_once_that_is_told(twin):
    tell(twin)
    tell(twin, shop="106300100002")

    assert twin.sell(TOKEN, WHEAT, **{**HERE, "shop": "106300100002"}).shop == "106300100002"
