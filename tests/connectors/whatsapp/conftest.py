"""Asha's telephone and WhatsApp, on this machine."""

from collections.abc import Iterator

import pytest

from rasad.connectors.whatsapp import sandbox
from rasad.connectors.whatsapp.client import WhatsAppClient
from rasad.connectors.whatsapp.sandbox import ACCOUNT, WhatsAppTwin


@pytest.fixture
def twin() -> Iterator[WhatsAppTwin]:
    with sandbox.running() as running:
        yield running


@pytest.fixture
def client(twin: WhatsAppTwin) -> Iterator[WhatsAppClient]:
    sender = WhatsAppClient(twin.address, ACCOUNT.token, ACCOUNT.phone_id)
    yield sender
    sender.close()
