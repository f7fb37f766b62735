"""The committees' portal finds the committee of a place, shows it a link, and tells what committees did."""

import msgspec
import pytest

from rasad.connectors.exchange.sandbox import KEY
from rasad.connectors.exchange.wire import Item
from rasad.connectors.unit_committee.client import UnitCommitteeClient
from rasad.connectors.unit_committee.sandbox import UnitCommitteeTwin
from tests.connectors.exchange.examples import NOON, ROWS, THINGS, TOKEN

WITHIN = 10.0
BODY = THINGS["unit_committee", "tokens"](1)


@pytest.fixture
def twin():
    with UnitCommitteeTwin() as running:
        yield running


def told(twin, body=BODY):
    item = Item(id="item-00001", about=TOKEN, body=body)
    return UnitCommitteeClient(twin.url, KEY).tokens([item], within=WITHIN)["item-00001"]


@pytest.mark.req("R-INT-07")
def test_committee_of_the_place_is_found_and_shown_a_link(twin):
    answer = told(twin)

    assert answer.facts == {"committee": "UC-61001", "committee_name": "Unit Committee, Hansi"}
    assert twin.links == {TOKEN: "/tokens"}
    assert told(twin).facts == answer.facts


@pytest.mark.parametrize(("place", "detail"), [("", "Hansi"), ("61001", "61001")])
def test_place_without_a_committee_is_refused(twin, place, detail):
    twin.without_committee = {"61001"}
    answer = told(twin, msgspec.structs.replace(BODY, place=place))

    assert (answer.outcome, answer.code, answer.detail) == ("refused", "committee_unknown", detail)
    assert twin.links == {}


@pytest.mark.req("R-INT-07")
def test_each_step_of_a_committee_is_told_in_its_order(twin):
    told(twin)
    twin.hand_over(TOKEN, "downloaded", at=NOON)
    twin.hand_over(TOKEN, "printed", at=NOON)
    twin.hand_over(TOKEN, proof="otp", at=NOON)
    page = UnitCommitteeClient(twin.url, KEY).hand_overs(within=WITHIN)

    assert [(one.id, one.outcome, one.proof, one.committee, one.at) for one in page.rows] == [
        ("H-000001", "downloaded", "", "UC-61001", NOON),
        ("H-000002", "printed", "", "UC-61001", NOON),
        ("H-000003", "handed_over", "otp", "UC-61001", NOON),
    ]


def test_token_it_was_not_shown_is_handed_over_by_nobody(twin):
    with pytest.raises(KeyError):
        twin.hand_over(TOKEN)


@pytest.mark.req("R-INT-07")
def test_survey_says_what_a_family_opted_for(twin):
    twin.rows["surveys"] = [ROWS["unit_committee", "surveys"](1)]
    (row,) = UnitCommitteeClient(twin.url, KEY).surveys(within=WITHIN).rows

    assert (row.reference, row.ration_option, row.forwarded) == ("L-1", "ration", True)
