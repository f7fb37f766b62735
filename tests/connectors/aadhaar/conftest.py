"""The twins, once for all stories of Aadhaar; each story finds them as they were."""

from collections.abc import Iterator

import pytest

from rasad.connectors.aadhaar.client import AadhaarClient
from rasad.connectors.aadhaar.sandbox_known import Devices
from rasad.connectors.aadhaar.twins import Twins, running

ASHA = "999933119405"
RAVI = "999955183433"
WITHOUT_MOBILE = "999990501894"


@pytest.fixture(scope="session")
def both() -> Iterator[Twins]:
    with running() as twins:
        yield twins


@pytest.fixture
def twins(both: Twins) -> Iterator[Twins]:
    yield both
    both.uidai.heal()
    both.uidai.forget()
    both.uidai.known.devices = Devices()
    both.reader.glass.lift()
    both.reader.status = "READY"


@pytest.fixture
def client(twins: Twins) -> Iterator[AadhaarClient]:
    client = twins.client()
    yield client
    client.close()
