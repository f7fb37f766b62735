"""Setting up the second factor: an app that shows codes, and recovery codes on paper."""

import secrets
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django_otp import login as bind_device
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from rasad.accounts.models import User
from rasad.accounts.queries import has_second_factor
from rasad.accounts.told import tell
from rasad.values.refused import Refused

RECOVERY_CODES = 10
# Letters and digits that cannot be taken for one another on paper; 10 of them are 49 bits.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def open_enrolment(*, user: User) -> TOTPDevice:
    """The not yet confirmed device of an account that has none, always the same one until it is confirmed."""
    if has_second_factor(user):
        raise Refused("already_enrolled")
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "app"})
    return device


@transaction.atomic
def enrol(*, request: HttpRequest, user: User, code: str, at: datetime) -> list[str] | None:
    """Confirm the app by its first code and log in with it: the recovery codes, or None for a wrong code."""
    device = open_enrolment(user=user)
    if verify_token(user, device.persistent_id, code.replace(" ", "")) is None:
        return None
    device.refresh_from_db()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    request.session.cycle_key()
    bind_device(request, device)
    codes = renew_recovery_codes(user=user, at=at)
    tell("second_factor.enrolled", of=user.username, by=user.username, at=at)
    return codes


@transaction.atomic
def renew_recovery_codes(*, user: User, at: datetime) -> list[str]:
    """Ten new recovery codes, each good for one log-in; the old ones are worth nothing from now on."""
    device, _ = StaticDevice.objects.get_or_create(
        user=user, confirmed=True, defaults={"name": "recovery codes"}
    )
    # The device stays: a session that was opened with one of its codes goes on.
    device.token_set.all().delete()
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    tell("recovery_codes.made", of=user.username, by=user.username, at=at)
    return [f"{code[:5]}-{code[5:]}" for code in codes]
