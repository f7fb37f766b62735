"""The desk's world on a day within the scheme, with the eight portals and the SMS gateway as twins."""

from datetime import UTC, datetime

import pytest

from rasad import wiring
from rasad.accounts.models import User
from rasad.connectors.exchange import twins
from rasad.connectors.sms import sandbox as sms
from rasad.delivery.models import Committee, CommitteePlace
from tests.cast import HISAR, staff
from tests.desk.conftest import desk, kavita, world
from tests.relief.cast import HANSI

__all__ = ["desk", "kavita", "world"]
NOON = datetime(2020, 5, 15, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The books are at noon of 15 May 2020."""
    monkeypatch.setattr(wiring, "now", lambda: NOON.astimezone(wiring.INDIA))
    for module in (
        "delivery.views.tokens",
        "delivery.views.lists",
        "delivery.views.citizen",
        "delivery.views.board",
    ):
        monkeypatch.setattr(f"rasad.{module}.now", wiring.now)


@pytest.fixture
def portals(settings):
    """All eight, found by the product."""
    with twins.running() as running:
        settings.PORTALS = {
            name: (twin.url, bytes.fromhex(twin.settings[f"RASAD_{name.upper()}_KEY"]))
            for name, twin in running.by_name.items()
        }
        yield running.by_name


@pytest.fixture
def telephones(settings):
    """The SMS gateway, found by the product."""
    with sms.running() as running:
        settings.SMS_URL, settings.SMS_USERNAME = running.address, sms.ACCOUNT.username
        settings.SMS_PASSWORD, settings.SMS_SENDER = sms.ACCOUNT.password, sms.ACCOUNT.sender
        settings.SMS_KEY = sms.ACCOUNT.key
        yield running


@pytest.fixture
def committee(db: None) -> Committee:
    """The Local Committee of Hansi."""
    made = Committee.objects.create(
        kind="local", code="LC-61001", name="Local Committee, Hansi", district_code=HISAR
    )
    CommitteePlace.objects.create(committee=made, kind="local", place_code=HANSI)
    return made


@pytest.fixture
def sarpanch(db: None) -> User:
    """Of the Local Committee of Hansi."""
    return staff("sarpanch", "local_committee", ("place", HANSI), name="Ram Mehar")


@pytest.fixture
def sewak(db: None) -> User:
    """Of the Unit Committee of Hansi."""
    return staff("sewak", "unit_committee", ("place", HANSI), name="Sunil")
