"""What the stories ask for, said once."""

from datetime import timedelta
from uuid import UUID

from rasad.connectors.impds.client import ImpdsClient
from rasad.connectors.impds.wire import HomeCard, Reserved
from rasad.values.month import Month
from tests.connectors.impds.conftest import Clock

AUGUST = Month(2021, 8)
WEST_BENGAL = "190000000101"
BIHAR_AAY = "100000000102"
UTTAR_PRADESH = "090000000103"
HIMACHAL = "020000000104"
SURRENDERED = "020000000109"
SHOP = "Ravi Store, Hisar"
SALE = UUID("7b0e7a0e-6a3f-4f53-9d0c-2f1c6c1f0a01")
OTHER_SALE = UUID("7b0e7a0e-6a3f-4f53-9d0c-2f1c6c1f0a02")
PATIENCE = 5.0


def card(client: ImpdsClient, number: str = WEST_BENGAL, *, within: float = PATIENCE) -> HomeCard:
    return client.card(number=number, month=AUGUST, within=within)


def left(client: ImpdsClient, number: str = WEST_BENGAL) -> dict[str, int]:
    return {line.commodity: line.left for line in card(client, number).lines}


def reserve(
    client: ImpdsClient,
    clock: Clock,
    *,
    sale: UUID = SALE,
    state: str = "IN-WB",
    number: str = WEST_BENGAL,
    lines: dict[str, int] | None = None,
    minutes: float = 10,
    within: float = PATIENCE,
) -> Reserved:
    return client.reserve(
        reservation=sale,
        state=state,
        card=number,
        month=AUGUST,
        lines=lines or {"rice": 6000, "wheat": 4000},
        shop=SHOP,
        until=clock() + timedelta(minutes=minutes),
        within=within,
    )
