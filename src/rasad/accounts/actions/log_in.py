"""The two steps of a log-in, and the way out."""

from datetime import datetime

from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest
from django_otp import login as bind_device
from django_otp import verify_token
from django_otp.models import Device

from rasad.accounts.models import User
from rasad.accounts.queries import device_for_code, username_if_known
from rasad.accounts.told import tell
from rasad.values.refused import Refused


def check_password(*, request: HttpRequest, username: str, password: str, at: datetime) -> User:
    """The first step. Raises Refused `log_in_wrong`; axes closes the door after too many of them."""
    user = auth.authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        # Some type their password into the field for the name: only a name that exists is written down.
        known = username_if_known(username)
        action = "log_in.locked" if getattr(request, "axes_locked_out", False) else "log_in.failed"
        with transaction.atomic():
            tell(action, of=known, by=known, at=at, facts=_from(request))
        raise Refused("log_in_wrong")
    with transaction.atomic():
        auth.login(request, user)
        tell("log_in.password", of=user.username, by=user.username, at=at, facts=_from(request))
    return user


def check_code(*, request: HttpRequest, user: User, code: str, at: datetime) -> None:
    """The second step: the app's code or a recovery code. Raises Refused `code_wrong`, `code_too_soon`."""
    code = code.replace(" ", "").replace("-", "").lower()
    device = device_for_code(user, code)
    _not_throttled(device, at)
    if device is None or verify_token(user, device.persistent_id, code) is None:
        with transaction.atomic():
            tell("log_in.code_failed", of=user.username, by=user.username, at=at, facts=_from(request))
        raise Refused("code_wrong")
    with transaction.atomic():
        # A session known before the log-in was complete is worth nothing after it.
        request.session.cycle_key()
        bind_device(request, device)
        facts = _from(request) | {"device": type(device).__name__}
        tell("log_in.done", of=user.username, by=user.username, at=at, facts=facts)


def leave(*, request: HttpRequest, user: User, at: datetime) -> None:
    """End the session."""
    with transaction.atomic():
        tell("log_out", of=user.username, by=user.username, at=at)
        auth.logout(request)


def _not_throttled(device: Device | None, at: datetime) -> None:
    if device is None:
        return
    allowed, why = device.verify_is_allowed()
    if not allowed:
        raise Refused("code_too_soon", seconds=int((why["locked_until"] - at).total_seconds()) + 1)


def _from(request: HttpRequest) -> dict[str, object]:
    return {"address": request.META.get("REMOTE_ADDR", "")}
