"""MMPSY tells its families, those too that do not say which card they hold."""

import msgspec
import pytest

from rasad.connectors.exchange.sandbox import KEY
from rasad.connectors.exchange.wire import Person
from rasad.connectors.mmpsy.client import MmpsyClient
from rasad.connectors.mmpsy.sandbox import MmpsyTwin
from rasad.connectors.mmpsy.wire import MmpsyFamily
from tests.connectors.exchange.examples import ROWS

WITHIN = 10.0
UNTIDY = MmpsyFamily(
    reference="M-2", district="", mobile="98765 00001 / 02",
    members=(Person(line=1, name="", sex="Female", age=233),),
)  # fmt: skip


@pytest.fixture
def twin():
    with MmpsyTwin() as running:
        yield running


@pytest.mark.req("R-INT-04")
def test_families_come_as_they_are_untidy_ones_too(twin):
    twin.rows["families"] = [ROWS["mmpsy", "families"](1), UNTIDY]

    assert MmpsyClient(twin.url, KEY).families(within=WITHIN).rows == twin.rows["families"]


def test_number_instead_of_a_reference_has_no_form_to_travel_in():
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"line": 1, "name": "Asha", "aadhaar_ref": "999941057058"}, Person)
