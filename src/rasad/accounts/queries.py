"""Reads about staff and their devices."""

import time

from django.db.models import Prefetch, Q, QuerySet
from django_otp.models import Device
from django_otp.oath import hotp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from rasad.accounts.models import Area, User
from rasad.values.refused import Refused


def username_if_known(username: str) -> str:
    """The name when there is such an account, else `unknown`."""
    return username if User.objects.filter(username=username).exists() else "unknown"


def is_one_person(account: str, *others: str) -> bool:
    """Whether an account is of the same human being as one of others: whoever changes posts has two, with one mobile.

    Whoever decides as the second officer is somebody else, not another account.
    """
    if account in others:
        return True
    mobile = User.objects.filter(username=account).exclude(mobile="").values_list("mobile", flat=True).first()
    return mobile is not None and User.objects.filter(username__in=others, mobile=mobile).exists()


def has_second_factor(user: User) -> bool:
    """Whether an app is set up: recovery codes alone do not count."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def device_for_code(user: User, code: str) -> Device | None:
    """The device a code can come from: six digits from the app, anything else from the recovery codes."""
    kind = TOTPDevice if len(code) == 6 and code.isdigit() else StaticDevice
    device: Device | None = kind.objects.filter(user=user, confirmed=True).first()
    return device


def recovery_codes_left(user: User) -> int:
    """How many recovery codes are unused."""
    device = StaticDevice.objects.filter(user=user, confirmed=True).first()
    return device.token_set.count() if device else 0


def staff_list(visible: QuerySet[User], *, q: str = "", role: str = "") -> QuerySet[User]:
    """Of the staff a reader may see those with `q` in a name and with the role, each with its areas."""
    if q:
        visible = visible.filter(Q(username__icontains=q) | Q(first_name__icontains=q))
    if role:
        visible = visible.filter(role=role)
    return visible.order_by("username").prefetch_related(
        Prefetch("areas", queryset=Area.objects.order_by("kind", "code"))
    )


def staff_called(username: str) -> User:
    """The account of this name. Raises Refused `unknown_staff`."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refused("unknown_staff", username=username)
    return user


def demo_code(username: str) -> str:
    """The code the app would show now. Raises Refused `not_a_demo_account` for a real one."""
    user = staff_called(username)
    device = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    if not user.is_demo or device is None:
        raise Refused("not_a_demo_account", username=username)
    # The code of this half minute may be used up: then the next one, which is accepted as well.
    step = max(int(time.time() - device.t0) // device.step, device.last_t + 1)
    return f"{hotp(device.bin_key, step, device.digits):0{device.digits}d}"
