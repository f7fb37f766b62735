"""Devices of shops: enrolled by an inspector, directly or with a code on paper, and revoked."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import digest
from urllib.parse import urlencode

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import IntegrityError, transaction

from rasad.accounts import access
from rasad.accounts.models import User
from rasad.journal.actions import write
from rasad.shops.models import Device, DeviceSession, EnrolmentCode, Shop
from rasad.values.refused import Refused

# Read out and typed once: no letter looks like another.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LETTERS = 8
CODE_LIFE = timedelta(minutes=15)


@dataclass(frozen=True)
class Code:
    """What the inspector's page shows once: a code and until when it can be used."""

    text: str
    expires_at: datetime

    @property
    def printed(self) -> str:
        """The code in two groups: ABCD EFGH."""
        return f"{self.text[:4]} {self.text[4:]}"

    @property
    def address(self) -> str:
        """What the QR code says to the device: which server, and the code."""
        return f"rasad://enrol?{urlencode({'server': settings.PUBLIC_URL, 'code': self.text})}"


@transaction.atomic
def enrol_device(*, shop: Shop, public_key: bytes, name: str, by: User | str, at: datetime) -> Device:
    """Make a device one of a shop's, by the public half of its Ed25519 key.

    Raises Refused `not_for_your_role`, `bad_device_key`, `device_key_known`.
    """
    _allowed(by)
    return _enrol(shop, public_key, name, by=str(by), at=at, facts={})


@transaction.atomic
def make_code(*, shop: Shop, name: str, by: User | str, at: datetime) -> Code:
    """A code that makes one device the shop's within a quarter of an hour; a former code of the shop ends.

    Raises Refused `not_for_your_role`.
    """
    _allowed(by)
    # The shop's row keeps two who ask at once apart.
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    EnrolmentCode.objects.filter(shop=shop, ended_at=None).update(ended_at=at)
    text = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LETTERS))
    made = EnrolmentCode.objects.create(
        shop=shop, name=name, code_hash=_hashed(text), made_at=at, made_by=str(by), expires_at=at + CODE_LIFE
    )
    write("device.code_made", of_kind="shop", of_key=shop.number, by=by, at=at, facts={"device": name})
    return Code(text=text, expires_at=made.expires_at)


@transaction.atomic
def enrol_with_code(*, code: str, public_key: bytes, at: datetime) -> Device:
    """Make the device that knows a code one of the shop's, in the name of who made the code.

    Spaces and small letters do not matter. Raises Refused `enrolment_code_wrong`, `bad_device_key`, `device_key_known`.
    """
    hashed = _hashed("".join(code.split()).upper())
    # Locked: of two devices with one code the second finds it ended.
    made = EnrolmentCode.objects.select_for_update().filter(code_hash=hashed, ended_at=None).first()
    if made is None or made.expires_at <= at:
        raise Refused("enrolment_code_wrong")
    device = _enrol(made.shop, public_key, made.name, by=made.made_by, at=at, facts={"with_code": True})
    EnrolmentCode.objects.filter(pk=made.pk).update(ended_at=at)
    return device


@transaction.atomic
def revoke_device(*, device: Device, reason: str, by: User | str, at: datetime) -> None:
    """Shut a device out for good, and its open sessions with it; to do it again changes nothing.

    Raises Refused `not_for_your_role`, `reason_for_device_missing`.
    """
    _allowed(by)
    reason = reason.strip()
    if not reason:
        raise Refused("reason_for_device_missing", device=device.name)
    # The row of the device first: a session that opens at this moment waits for it or is seen below.
    revoked = Device.objects.filter(pk=device.pk, revoked_at=None).update(
        revoked_at=at, revoked_by=str(by), revoke_reason=reason
    )
    if not revoked:
        return
    ended = DeviceSession.objects.filter(device=device, ended_at=None).update(ended_at=at)
    write(
        "device.revoked",
        of_kind="device",
        of_key=str(device.pk),
        by=by,
        at=at,
        reason=reason,
        facts={"shop": device.shop.number, "sessions_ended": ended},
    )


def _allowed(by: User | str) -> None:
    """A member of staff needs the capability; a program names itself and is trusted."""
    if isinstance(by, User):
        access.require(by, "enrol_devices")


def _enrol(
    shop: Shop, public_key: bytes, name: str, *, by: str, at: datetime, facts: dict[str, object]
) -> Device:
    _check_key(public_key)
    try:
        with transaction.atomic():
            device = Device.objects.create(
                shop=shop, name=name, public_key=public_key, enrolled_at=at, enrolled_by=by
            )
    except IntegrityError as error:
        raise Refused("device_key_known") from error
    told: dict[str, object] = {"shop": shop.number, "name": name, "public_key": public_key.hex()}
    write("device.enrolled", of_kind="device", of_key=str(device.pk), by=by, at=at, facts=told | facts)
    return device


def _check_key(public_key: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public_key)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Refused("bad_device_key", length=len(public_key)) from error


def _hashed(code: str) -> str:
    """What stands for a code in the database; it cannot be found by trying without the key of the installation."""
    return digest(settings.DEVICE_KEY, f"enrolment code {code}".encode(), "sha256").hex()
