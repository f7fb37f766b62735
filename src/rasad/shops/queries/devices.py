"""Devices and what was last heard of them; shops and whether they are open and online."""

from datetime import datetime

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rasad.accounts import areas
from rasad.shops.models import TOLERANCE, ClosedDay, Device, DeviceSession, OnlineSpan, OpeningHours, Shop


class DeviceState(TextChoices):
    """How a device is, told by when it was last heard of."""

    ONLINE = "online", _("Online")
    SILENT = "silent", _("Silent")
    NEVER = "never", _("Not heard of yet")
    REVOKED = "revoked", _("Revoked")


class ShopState(TextChoices):
    """How a shop is, told by its hours and its devices."""

    ONLINE = "online", _("Online")
    MISSING = "missing", _("To be open, but offline")
    OFFLINE = "offline", _("Offline, outside its hours")
    NO_DEVICE = "no_device", _("Without a device")


def with_state(devices: QuerySet[Device], *, at: datetime) -> QuerySet[Device]:
    """Devices with `state`, `last_heard`, and what each said of itself last: `battery`, `signal`, `app_version`."""
    spans = OnlineSpan.objects.filter(device=OuterRef("pk")).order_by("-since")
    sessions = DeviceSession.objects.filter(device=OuterRef("pk")).order_by("-opened_at")
    return devices.select_related("shop").annotate(
        last_heard=Subquery(spans.values("until")[:1]),
        battery=Subquery(sessions.values("battery")[:1]),
        signal=Subquery(sessions.values("signal")[:1]),
        app_version=Subquery(sessions.values("app_version")[:1]),
        state=Case(
            When(revoked_at__isnull=False, then=Value(DeviceState.REVOKED)),
            When(last_heard=None, then=Value(DeviceState.NEVER)),
            When(last_heard__gte=at - TOLERANCE, then=Value(DeviceState.ONLINE)),
            default=Value(DeviceState.SILENT),
            output_field=CharField(),
        ),
    )


def with_devices(shops: QuerySet[Shop], *, at: datetime) -> QuerySet[Shop]:
    """Shops with `state`, `is_open_now`, `last_heard` and `device_count`, the devices that are not revoked."""
    here = timezone.localtime(at)
    today, moment = here.date(), here.time().replace(tzinfo=None)
    spans = OnlineSpan.objects.filter(shop=OuterRef("pk")).order_by("-since")
    hours = OpeningHours.objects.filter(
        shop=OuterRef("pk"),
        weekday=today.weekday(),
        during__contains=today,
        opens__lte=moment,
        closes__gt=moment,
    )
    devices = Device.objects.filter(shop=OuterRef("pk"), revoked_at=None).order_by().values("shop")
    return shops.select_related("place").annotate(
        device_count=Coalesce(Subquery(devices.annotate(count=Count("pk")).values("count")), 0),
        last_heard=Subquery(spans.values("until")[:1]),
        is_open_now=Q(open_during__contains=today)
        & Exists(hours)
        & ~Exists(ClosedDay.objects.filter(shop=OuterRef("pk"), on=today)),
        state=Case(
            When(device_count=0, then=Value(ShopState.NO_DEVICE)),
            When(last_heard__gte=at - TOLERANCE, then=Value(ShopState.ONLINE)),
            When(is_open_now=True, then=Value(ShopState.MISSING)),
            default=Value(ShopState.OFFLINE),
            output_field=CharField(),
        ),
    )


def counts(shops: QuerySet[Shop]) -> dict[str, int]:
    """How many shops are in each state, of shops from `with_devices`; and `open`, those in their hours now."""
    wanted = {state: Count("pk", filter=Q(state=state)) for state in ShopState.values}
    return shops.order_by().aggregate(**wanted, open=Count("pk", filter=Q(is_open_now=True)))


def districts_of(shops: QuerySet[Shop]) -> list[tuple[str, str]]:
    """Code and name of the districts in which these shops lie, by name."""
    codes = list(shops.order_by().values_list("district_code", flat=True).distinct())
    named = areas.names("district", codes)
    return sorted(((code, named.get(code, code)) for code in codes), key=lambda choice: choice[1])
