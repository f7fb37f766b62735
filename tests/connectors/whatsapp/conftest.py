"""Asha's telephone and WhatsApp, on this machine."""

from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
import structlog

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


@pytest.fixture
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    """All that is logged, from what went well on."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("INFO"))
    with structlog.testing.capture_logs() as lines:
        yield lines
    structlog.configure(**before)
