"""Who asks: the device behind a signed request, its shop, and the word that it is online."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings

from rasad import wiring
from rasad.counter.models import Visit
from rasad.counter.requests import NONCES
from rasad.shops.actions import note_online
from rasad.shops.models import DeviceSession, Shop
from rasad.values import signed
from rasad.values.refused import Refused

# A device that works is heard of far more often than the two minutes within which it counts as online.
HEARD_EVERY_SECONDS = 30.0
_heard: dict[UUID, float] = {}


@dataclass(frozen=True)
class AtWork:
    """A device with an open session, at its shop."""

    session: str
    device: UUID
    shop: Shop

    @property
    def name(self) -> str:
        """The device as journal and books name it."""
        return f"device {self.device}"


def at_work(*, method: str, path: str, headers: Mapping[str, str], body: bytes) -> AtWork:
    """The device that signed a request and may work; `path` with its query, as it was sent.

    Refused: bad_signature, stale_clock, request_replayed, session_over, device_revoked.
    """
    session = headers.get(signed.SESSION_HEADER, "")
    signed.check(
        signed.session_key(settings.DEVICE_KEY, session), session_id=session, method=method, path=path,
        time=headers.get(signed.TIME_HEADER, ""), nonce=headers.get(signed.NONCE_HEADER, ""), body=body,
        given=headers.get(signed.SIGNATURE_HEADER, ""), now_ms=int(time.time() * 1000), nonces=NONCES,
    )  # fmt: skip
    found = DeviceSession.objects.select_related("device__shop").filter(pk=session).first()
    if found is None:
        raise Refused("session_over")
    if found.device.revoked_at is not None:
        raise Refused("device_revoked", device=found.device.name, reason=found.device.revoke_reason)
    if found.ended_at is not None or found.expires_at <= datetime.now(UTC):
        raise Refused("session_over")
    device = AtWork(session, found.device_id, found.device.shop)
    _note(device)
    return device


def _note(device: AtWork) -> None:
    now = time.monotonic()
    if now - _heard.get(device.device, -HEARD_EVERY_SECONDS) >= HEARD_EVERY_SECONDS:
        _heard[device.device] = now
        note_online(shop_id=device.shop.pk, device_id=device.device, at=wiring.now())


def shop_of(device: UUID) -> Shop:
    """The shop of a device that has opened a session."""
    return Shop.objects.get(devices=device)


def visit_of(device: AtWork, key: UUID) -> Visit:
    """A visit that this device opened. Raises Refused("visit_unknown") for everybody else's."""
    found = Visit.objects.select_related("shop").filter(pk=key, shop=device.shop, device=str(device.device))
    visit = found.first()
    if visit is None:
        raise Refused("visit_unknown", visit=str(key))
    return visit
