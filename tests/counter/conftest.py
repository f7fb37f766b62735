"""The outside world of the counter's stories: one set of twins for all, wired anew for each."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from rasad.connectors.aadhaar import twins as aadhaar
from rasad.connectors.impds import sandbox as impds
from rasad.connectors.sms import sandbox as sms
from tests.counter import cast
from tests.counter.clock import clock  # noqa: F401  a fixture


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A page of the story before may have been in Hindi, and the thread remembers."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def _twins(tmp_path_factory) -> Iterator[tuple]:
    with aadhaar.running() as uidai, sms.running() as telephones:
        yield uidai, telephones, tmp_path_factory.mktemp("keys")


@pytest.fixture
def world(settings, _twins) -> Iterator[cast.World]:
    """Aadhaar, the SMS gateway and other States, as twins; fresh for each story."""
    uidai, telephones, folder = _twins
    with impds.running(clock=lambda: cast.NOON) as states:
        made = cast.World(uidai, telephones, states)
        cast.wired(settings, made, folder)
        yield made
    uidai.uidai.forget()


@pytest.fixture
def ravis(db: None):
    return cast.shop()


@pytest.fixture
def ashas(ravis):
    return cast.ashas_card()
