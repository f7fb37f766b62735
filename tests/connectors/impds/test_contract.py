"""What must hold of the twin and of the real system alike; nothing here touches a family's grain."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.conf import settings

from rasad.connectors.impds import sandbox
from rasad.connectors.impds.client import ImpdsClient
from rasad.policy.department import code_of
from rasad.values.month import Month
from rasad.values.refused import OutsideError, Refused

WITHIN = 20.0
NOBODYS_CARD = "000000000000"


@pytest.fixture(params=["twin", "real"])
def system(request):
    """Address and key of the system that is asked."""
    if request.param == "real" and not settings.IMPDS_URL:
        pytest.skip("RASAD_IMPDS_URL names no real system")
    if request.param == "real":
        yield settings.IMPDS_URL, settings.IMPDS_KEY
    else:
        with sandbox.running() as twin:
            yield twin.url, sandbox.KEY


@pytest.fixture
def client(system):
    return ImpdsClient(system[0], code_of(settings.STATE), system[1])


def test_card_nobody_has_is_unknown(client):
    with pytest.raises(Refused, match="impds_card_unknown"):
        client.card(number=NOBODYS_CARD, month=Month.of(datetime.now(UTC).date()), within=WITHIN)


def test_reference_nobody_has_is_unknown(client):
    with pytest.raises(Refused, match="impds_card_unknown"):
        client.card(
            aadhaar_ref=client.aadhaar_ref("999999999999"),
            month=Month.of(datetime.now(UTC).date()),
            within=WITHIN,
        )


def test_reservation_nobody_made_cannot_be_posted(client):
    with pytest.raises(Refused, match="impds_reservation_gone"):
        client.post(reservation=uuid4(), at=datetime.now(UTC), within=WITHIN)


def test_reservation_nobody_made_can_be_voided_twice(client):
    reservation = uuid4()

    assert client.void(reservation=reservation, within=WITHIN).outcome == "voided"
    assert client.void(reservation=reservation, within=WITHIN).outcome == "voided"


def test_other_key_is_refused_for_good(system):
    stranger = ImpdsClient(system[0], code_of(settings.STATE), b"not the key of this pair of States")

    with pytest.raises(OutsideError) as failed:
        stranger.void(reservation=uuid4(), within=WITHIN)
    assert failed.value.permanent
