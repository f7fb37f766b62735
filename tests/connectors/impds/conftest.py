"""Ravi's shop in Haryana, and all other States on this machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from rasad.connectors.impds import sandbox
from rasad.connectors.impds.client import ImpdsClient
from rasad.connectors.impds.sandbox import ImpdsTwin
from rasad.values.month import INDIA

AUGUST_3 = datetime(2021, 8, 3, 10, 0, tzinfo=INDIA)


@dataclass
class Clock:
    """The time in the books of both sides."""

    at: datetime = AUGUST_3

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def twin(clock: Clock) -> Iterator[ImpdsTwin]:
    with sandbox.running(clock=clock) as running:
        yield running


@pytest.fixture
def ravi(twin: ImpdsTwin, clock: Clock) -> Iterator[ImpdsClient]:
    client = ImpdsClient(twin.url, "IN-HR", sandbox.KEY, clock=clock)
    yield client
    client.close()
