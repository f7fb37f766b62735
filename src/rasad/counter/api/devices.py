"""A device comes to its shop, opens the counter, says that it is there, and closes."""

from datetime import UTC, datetime

from django.http import HttpRequest
from ninja import Router

from rasad import wiring
from rasad.counter.api import answers, bodies
from rasad.counter.api.door import KNOCKING, check_length, device_of
from rasad.counter.api.said import NO
from rasad.counter.at_work import shop_of
from rasad.shops import actions
from rasad.shops.queries.hours import is_open
from rasad.values.refused import Refused

router = Router()


def anybody(request: HttpRequest) -> str:
    """No signature yet: only a body that is not too long."""
    check_length(request)
    return "anybody"


@router.post("/devices", auth=anybody, response={200: answers.Enrolled, NO: answers.Refusal})
def enrol(request: HttpRequest, body: bodies.Enrolment) -> answers.Enrolled:
    """Make a device one of the shop's whose inspector made the code; the code works once."""
    KNOCKING.check(request)
    try:
        device = actions.enrol_with_code(
            code=body.code, public_key=bytes.fromhex(body.public_key), at=wiring.now()
        )
    except Refused:
        KNOCKING.failed(request)
        raise
    shop = device.shop
    return answers.Enrolled(device=device.pk, name=device.name, shop=shop.number, shop_name=shop.name)


@router.post("/sessions", auth=anybody, response={200: answers.SessionOpened, NO: answers.Refusal})
def open_session(request: HttpRequest, body: bodies.Opening) -> answers.SessionOpened:
    """Open the counter: the device proves its own key, and gets the key that signs its requests of the day."""
    KNOCKING.check(request, str(body.device))
    try:
        opened = actions.open_session(
            device_id=str(body.device), time_ms=body.time, nonce=body.nonce,
            signature=bytes.fromhex(body.signature), at=datetime.now(UTC), app_version=body.app_version,
            heard_at=wiring.now(),
        )  # fmt: skip
    except Refused:
        KNOCKING.failed(request, str(body.device))
        raise
    shop = shop_of(body.device)
    return answers.SessionOpened(
        session=opened.id, key=opened.key.hex(), expires_at=opened.expires_at, shop=shop.number,
        shop_name=shop.name,
    )  # fmt: skip


@router.post("/sessions/end", response={200: answers.Heard, NO: answers.Refusal})
def end_session(request: HttpRequest) -> answers.Heard:
    """Close the counter: the session's key signs nothing more."""
    device = device_of(request)
    actions.end_session(session_id=device.session, at=datetime.now(UTC))
    return answers.Heard(at=wiring.now(), is_shop_open=is_open(device.shop, wiring.now()))


@router.post("/heartbeat", response={200: answers.Heard, NO: answers.Refusal})
def heartbeat(request: HttpRequest, body: bodies.Heartbeat) -> answers.Heard:
    """A device says that it is there, and how it is; a minute apart is often enough."""
    device, at = device_of(request), wiring.now()
    actions.heartbeat(
        session_id=device.session, at=datetime.now(UTC), battery=body.battery, signal=body.signal,
        app_version=body.app_version, heard_at=at,
    )  # fmt: skip
    return answers.Heard(at=at, is_shop_open=is_open(device.shop, at))
