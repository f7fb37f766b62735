"""A device at work: it opens a session with its own key, is heard of, and ends it."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection, transaction

from rasad.journal.actions import write
from rasad.shops.models import TOLERANCE, Device, DeviceSession, OnlineSpan
from rasad.values import signed
from rasad.values.refused import Refused

# A working day and its evening: a device opens one session in the morning.
SESSION_LIFE = timedelta(hours=14)

# The last span only, guarded: a word that comes twice at once, or late, shortens nothing. A device that is never
# switched off has a span a day. One that begins later than now is of a clock that was ahead: it swallows nothing.
_EXTEND = """
UPDATE shops_onlinespan SET until = greatest(until, %(at)s)
WHERE id = (
    SELECT id FROM shops_onlinespan WHERE device_id = %(device)s AND since <= %(at)s ORDER BY since DESC LIMIT 1
)
  AND shop_id = %(shop)s AND until >= %(at)s - make_interval(secs => %(tolerance)s)
  AND since >= %(at)s - interval '1 day'
"""


@dataclass(frozen=True)
class Session:
    """What a device is told when its session is open; `key` signs its requests and is kept nowhere."""

    id: str
    expires_at: datetime
    key: bytes = field(repr=False)


@transaction.atomic
def open_session(
    *,
    device_id: str,
    time_ms: int,
    nonce: str,
    signature: bytes,
    at: datetime,
    app_version: str = "",
    heard_at: datetime | None = None,
) -> Session:
    """Open a session for a device that signed `signed.opening_text` with its own key.

    `heard_at`: when that is by the clock of the books, where it is another one than that of keys (training).
    Raises Refused `device_unknown`, `bad_signature`, `device_revoked`, `stale_clock`, `request_replayed`.
    """
    # Locked against a revocation and a replay at the same moment.
    device = (
        Device.objects.select_for_update(no_key=True, of=("self",))
        .select_related("shop")
        .filter(pk=_uuid(device_id))
        .first()
    )
    if device is None:
        raise Refused("device_unknown", device=device_id[:40])
    _check_opening(device, device_id, time_ms=time_ms, nonce=nonce, given=signature)
    if device.revoked_at is not None:
        raise Refused("device_revoked", device=device.name, reason=device.revoke_reason)
    signed.check_clock(time_ms, int(at.timestamp() * 1000))
    if DeviceSession.objects.filter(device=device, nonce=nonce).exists():
        raise Refused("request_replayed")
    session = DeviceSession.objects.create(
        id=secrets.token_urlsafe(18),
        device=device,
        shop_number=device.shop.number,
        nonce=nonce,
        opened_at=at,
        expires_at=at + SESSION_LIFE,
        app_version=app_version[:40],
    )
    note_online(shop_id=device.shop_id, device_id=device.pk, at=heard_at or at)
    facts: dict[str, object] = {"shop": device.shop.number, "app_version": session.app_version}
    write("device.session_opened", of_kind="device", of_key=str(device.pk), by="device", at=at, facts=facts)
    key = signed.session_key(settings.DEVICE_KEY, session.id)
    return Session(id=session.id, expires_at=session.expires_at, key=key)


@transaction.atomic
def end_session(*, session_id: str, at: datetime) -> None:
    """End a session at the device's own wish; one that has ended stays as it is. Raises Refused `session_over`."""
    session = DeviceSession.objects.filter(pk=session_id).first()
    if session is None:
        raise Refused("session_over")
    if DeviceSession.objects.filter(pk=session_id, ended_at=None).update(ended_at=at):
        device = str(session.device_id)
        write("device.session_ended", of_kind="device", of_key=device, by="device", at=at)


def heartbeat(
    *,
    session_id: str,
    at: datetime,
    battery: int | None = None,
    signal: int | None = None,
    app_version: str = "",
    heard_at: datetime | None = None,
) -> None:
    """A device says that it is there, and how it is. Raises Refused `session_over`.

    `battery` is in percent; what is not told stays as it was told last. `heard_at` as in `open_session`.
    """
    alive = DeviceSession.objects.filter(
        pk=session_id, ended_at=None, expires_at__gt=at, device__revoked_at=None
    )
    found = alive.values_list("device_id", "device__shop_id").first()
    if found is None:
        raise Refused("session_over")
    told = {"battery": battery, "signal": signal, "app_version": app_version[:40] or None}
    news = {name: value for name, value in told.items() if value is not None}
    if news:
        DeviceSession.objects.filter(pk=session_id).update(**news)
    note_online(device_id=found[0], shop_id=found[1], at=heard_at or at)


def note_online(*, shop_id: int, device_id: UUID, at: datetime) -> None:
    """A device was heard of: its span goes on, or a new one begins after a gap of more than two minutes."""
    with connection.cursor() as cursor:
        tolerance = TOLERANCE.total_seconds()
        cursor.execute(_EXTEND, {"at": at, "device": str(device_id), "shop": shop_id, "tolerance": tolerance})
        if cursor.rowcount == 1:
            return
    # Two at once may begin a span each: spans are joined where they are read.
    OnlineSpan.objects.create(shop_id=shop_id, device_id=device_id, since=at, until=at)


def _check_opening(device: Device, device_id: str, *, time_ms: int, nonce: str, given: bytes) -> None:
    key = Ed25519PublicKey.from_public_bytes(bytes(device.public_key))
    try:
        signed.check_nonce(nonce)
        key.verify(given, signed.opening_text(device_id, time_ms, nonce))
    except InvalidSignature as error:
        raise Refused("bad_signature") from error


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused("device_unknown", device=text[:40]) from None
