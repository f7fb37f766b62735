"""SARAL tells applications, verified or not, and is told what became of each."""

import pytest

from rasad.connectors.exchange.sandbox import KEY
from rasad.connectors.exchange.wire import Item
from rasad.connectors.saral.client import SaralClient
from rasad.connectors.saral.sandbox import SaralTwin
from rasad.connectors.saral.wire import Application, Decided

WITHIN = 10.0


@pytest.fixture
def twin():
    with SaralTwin() as running:
        yield running


@pytest.mark.req("R-INT-05", "R-INT-10")
def test_applications_say_whether_they_are_verified(twin):
    twin.rows["applications"] = [
        Application(reference="S-1", district="63", verified=True),
        Application(reference="S-2", district="63", verified=False),
    ]
    page = SaralClient(twin.url, KEY).applications(within=WITHIN)

    assert [(one.reference, one.verified) for one in page.rows] == [("S-1", True), ("S-2", False)]


@pytest.mark.req("R-INT-05")
def test_application_is_told_what_became_of_it(twin):
    body = Decided(
        reference="S-1", outcome="refused", reason="on_free_card", sentence="The family has a card."
    )
    told = SaralClient(twin.url, KEY).outcomes([Item(id="item-00001", about="S-1", body=body)], within=WITHIN)

    assert told["item-00001"].outcome == "accepted"
    assert twin.known["S-1"] == body
