"""A device of Ravi's shop, its counter open, against the whole application."""

import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rasad import wiring
from rasad.counter import at_work
from rasad.counter.api.door import KNOCKING
from rasad.counter.device_client import DeviceClient
from rasad.shops.actions import enrol_device
from tests.counter import cast
from tests.counter.api import live

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"o" * 32)


@pytest.fixture
def begins() -> datetime:
    """When the time in the books begins: a module may name another noon."""
    return cast.NOON


@pytest.fixture
def _noon(settings, begins, monkeypatch) -> Iterator[None]:
    """The books live by a time of their own; signatures by the real clock."""
    settings.CLOCK = begins.isoformat()
    # The clock counts from the start of the process, which in a long test run was some while ago.
    monkeypatch.setattr(wiring, "_STARTED", time.monotonic())
    wiring._shift.cache_clear()
    yield
    wiring._shift.cache_clear()


@pytest.fixture
def server(transactional_db, _noon) -> Iterator[live.Live]:
    """The application."""
    KNOCKING.forget()
    at_work._heard.clear()
    with live.running() as made:
        yield made


def device(server: live.Live, shop, key: Ed25519PrivateKey = KEY, *, name: str = "Counter 1") -> DeviceClient:
    """A device of a shop with its counter open."""
    known = enrol_device(
        shop=shop, public_key=key.public_key().public_bytes_raw(), name=name, by="meena", at=cast.NOON
    )
    made = DeviceClient(live.URL, key, known.pk, transport=server)
    made.opened()
    return made


@pytest.fixture
def till(server, world) -> DeviceClient:
    """Ravi's device; Asha's card is at his shop."""
    shop = cast.shop()
    cast.ashas_card()
    return device(server, shop)
