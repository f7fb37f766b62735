"""Asha's telephone and the gateway, on this machine."""

from collections.abc import Iterator

import pytest

from rasad.connectors.sms import sandbox
from rasad.connectors.sms.client import SmsClient
from rasad.connectors.sms.sandbox import SmsTwin


@pytest.fixture
def twin() -> Iterator[SmsTwin]:
    with sandbox.running() as running:
        yield running


@pytest.fixture
def client(twin: SmsTwin) -> Iterator[SmsClient]:
    sender = SmsClient(twin.address, sandbox.ACCOUNT)
    yield sender
    sender.close()
