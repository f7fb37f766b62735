"""Accounts of staff: made, closed, opened again, given a new start."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from rasad.accounts.models import Area, Role, User
from rasad.accounts.roles import AREA_KINDS
from rasad.accounts.told import tell
from rasad.values.refused import Refused

# Read out over a telephone and typed once: no letter looks like another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Provision:
    """What the new holder must be given, once; `otpauth_url` only for a demonstration account."""

    user: User
    password: str
    otpauth_url: str = ""


@transaction.atomic
def create_staff(
    *,
    username: str,
    role: str,
    areas: Iterable[tuple[str, str]],
    by: User | str,
    at: datetime,
    name: str = "",
    designation: str = "",
    mobile: str = "",
    password: str = "",
    demo: bool = False,
) -> Provision:
    """Make an account with one role, bound to areas of (kind, code).

    The holder changes the password and sets up the second factor at the first log-in; a demonstration
    account has both at once. Raises Refused
    `unknown_role`, `staff_without_area`, `area_not_for_role`, `username_taken`.
    """
    bound = sorted(set(areas))
    _check(role=role, areas=bound)
    if User.objects.filter(username__iexact=username).exists():
        raise Refused("username_taken", username=username)
    password = password or readable_password()
    user = User(username=username, first_name=name, role=role, designation=designation, mobile=mobile)
    user.is_demo, user.password_is_initial = demo, not demo
    user.set_password(password)
    user.save()
    Area.objects.bulk_create(Area(user=user, kind=kind, code=code) for kind, code in bound)
    facts: dict[str, object] = {
        "role": role,
        "areas": [f"{kind}:{code}" for kind, code in bound],
        "demo": demo,
    }
    tell("staff.created", of=username, by=str(by), at=at, facts=facts)
    return Provision(user=user, password=password, otpauth_url=_demo_device(user) if demo else "")


@transaction.atomic
def close_account(*, user: User, by: User | str, at: datetime, reason: str) -> None:
    """Shut an account, open sessions too. It is never deleted: the journal names it."""
    _by_another(user, by, reason)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        tell("staff.closed", of=user.username, by=str(by), at=at, reason=reason)


@transaction.atomic
def reopen_account(*, user: User, by: User | str, at: datetime, reason: str) -> None:
    """Open a closed account again, with the role it always had."""
    _by_another(user, by, reason)
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        tell("staff.reopened", of=user.username, by=str(by), at=at, reason=reason)


@transaction.atomic
def reset_access(*, user: User, by: User | str, at: datetime, reason: str) -> Provision:
    """A new start for somebody who lost password or phone: new first password, no second factor yet."""
    _by_another(user, by, reason)
    password = readable_password()
    user.set_password(password)
    user.password_is_initial = True
    user.save(update_fields=["password", "password_is_initial"])
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    tell("staff.access_reset", of=user.username, by=str(by), at=at, reason=reason)
    return Provision(user=user, password=password)


@transaction.atomic
def change_password(*, user: User, password: str, at: datetime) -> None:
    """The holder's own choice of password, checked by the form. Every other session of theirs ends."""
    user.set_password(password)
    user.password_is_initial = False
    user.save(update_fields=["password", "password_is_initial"])
    tell("password.changed", of=user.username, by=user.username, at=at)


def _check(*, role: str, areas: list[tuple[str, str]]) -> None:
    if role not in Role.values:
        raise Refused("unknown_role", role=role, allowed=[str(value) for value in Role.values])
    if not areas:
        raise Refused("staff_without_area")
    allowed = AREA_KINDS[Role(role)]
    if any(kind not in allowed for kind, _ in areas):
        raise Refused("area_not_for_role", allowed=[str(kind.label) for kind in allowed])


def _by_another(user: User, by: User | str, reason: str) -> None:
    if str(by) == user.username:
        raise Refused("not_your_own_account")
    if not reason.strip():
        raise Refused("reason_missing")


def readable_password() -> str:
    """Four groups of four, 79 bits: xk4m-…"""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def _demo_device(user: User) -> str:
    url: str = TOTPDevice.objects.create(user=user, name="demo", confirmed=True).config_url
    return url
