"""A family that moved is served whatever it moved for: neither the counter nor a device has a place to ask."""

import pytest

from rasad.counter.api.bodies import VisitorShown
from rasad.counter.forms import VisitorNumber


@pytest.mark.req("R-PRT-19")
def test_visitor_gives_a_number_and_no_reason():
    assert set(VisitorNumber().fields) == {"card", "aadhaar"}
    assert set(VisitorShown.model_fields) == {"id", "number", "aadhaar"}
