"""Fair price shops: where they stand, whom they can serve, when they are open, which devices they have.

Periods are half-open, as in the registry: the day `upper` is no longer in them.
"""

from datetime import timedelta
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DecimalRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Extract
from django.utils.translation import gettext_lazy as _

from rasad.registry.models import Place

# Two words of a device so far apart are one span: what lies between is no interruption.
TOLERANCE = timedelta(seconds=120)


class Shop(models.Model):
    """A fair price shop by its number (12 digits in Haryana); a shop without coordinates serves only its own place."""

    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="shops")
    district_code = models.CharField(max_length=12, db_index=True)
    address = models.CharField(max_length=250, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    # Families it can serve in a month beside its own cards.
    capacity_families = models.IntegerField()
    dealer_name = models.CharField(max_length=120, blank=True)
    dealer_mobile = models.CharField(max_length=10, blank=True)
    open_during = DateRangeField()

    AREA_LOOKUPS = {"district": "district_code", "place": "place__code", "shop": "number"}

    class Meta:
        constraints = [
            models.CheckConstraint(name="shops_capacity_not_negative", condition=Q(capacity_families__gte=0))
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """When a shop is open on a day of the week, and since when that holds; a break at noon makes two of these."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="hours")
    weekday = models.SmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()
    during = DateRangeField()

    AREA_LOOKUPS = {"district": "shop__district_code", "place": "shop__place__code", "shop": "shop__number"}

    class Meta:
        constraints = [
            models.CheckConstraint(name="shops_opens_before_it_closes", condition=Q(opens__lt=F("closes"))),
            models.CheckConstraint(name="shops_weekday_of_a_week", condition=Q(weekday__range=(0, 6))),
            ExclusionConstraint(
                name="shops_hours_never_overlap",
                expressions=[
                    (F("shop"), RangeOperators.EQUAL),
                    (F("weekday"), RangeOperators.EQUAL),
                    (F("during"), RangeOperators.OVERLAPS),
                    (
                        Func(
                            Extract("opens", "epoch"),
                            Extract("closes", "epoch"),
                            function="numrange",
                            output_field=DecimalRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"


class ClosedDay(models.Model):
    """A day on which a shop is not open although it is its day of the week: a holiday, a death, a flood."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="closed_days")
    on = models.DateField()
    reason = models.CharField(max_length=200)

    AREA_LOOKUPS = {"district": "shop__district_code", "place": "shop__place__code", "shop": "shop__number"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "on"], name="shops_closed_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on}: {self.reason}"


class Device(models.Model):
    """An e-PoS device, enrolled for one shop with the public half of a key that never leaves it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(max_length=60)
    public_key = models.BinaryField(unique=True)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.CharField(max_length=150)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)
    revoke_reason = models.CharField(max_length=300, blank=True)

    AREA_LOOKUPS = {"district": "shop__district_code", "place": "shop__place__code", "shop": "shop__number"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shops_revoked_by_somebody_for_a_reason",
                condition=Q(revoked_at=None, revoked_by="", revoke_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by="") & ~Q(revoke_reason="")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class EnrolmentCode(models.Model):
    """A code that makes a device one of a shop's, once and soon; here is only what the code turns into."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="enrolment_codes")
    name = models.CharField(max_length=60)
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    expires_at = models.DateTimeField()
    # Used by a device, or put out of use by the next code for the shop.
    ended_at = models.DateTimeField(null=True)

    AREA_LOOKUPS = {"district": "shop__district_code", "place": "shop__place__code", "shop": "shop__number"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop"], condition=Q(ended_at=None), name="shops_one_code_a_shop_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"code for {self.name}"


class DeviceSession(models.Model):
    """A device at work: opened with its own key; the key of its requests follows from `id` (values/signed.py).

    `shop_number` is written down when it opens, so that a sale needs no join to see whose counter it is at.
    """

    id = models.CharField(max_length=40, primary_key=True)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="sessions", db_index=False)
    shop_number = models.CharField(max_length=20)
    nonce = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    app_version = models.CharField(max_length=40, blank=True)
    # What the device said of itself last: percent, and bars of its telephone network.
    battery = models.SmallIntegerField(null=True)
    signal = models.SmallIntegerField(null=True)

    AREA_LOOKUPS = {
        "district": "device__shop__district_code",
        "place": "device__shop__place__code",
        "shop": "device__shop__number",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "nonce"], name="shops_opening_never_replayed"),
            models.CheckConstraint(
                name="shops_session_expires_later", condition=Q(expires_at__gt=F("opened_at"))
            ),
            models.CheckConstraint(
                name="shops_battery_in_percent", condition=Q(battery=None) | Q(battery__range=(0, 100))
            ),
        ]
        indexes = [models.Index(fields=["device", "opened_at"], name="shops_sessions_of_device")]

    def __str__(self) -> str:
        return self.id


class OnlineSpan(models.Model):
    """From when until when a device was heard of without a gap; the next word after a gap begins another span."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="online_spans", db_index=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="online_spans", db_index=False)
    since = models.DateTimeField()
    until = models.DateTimeField()

    AREA_LOOKUPS = {"district": "shop__district_code", "place": "shop__place__code", "shop": "shop__number"}

    class Meta:
        constraints = [
            models.CheckConstraint(name="shops_online_until_after_since", condition=Q(until__gte=F("since"))),
            # So that whoever asks about a day need not look further back (queries/days.sql).
            models.CheckConstraint(
                name="shops_online_a_day_at_most", condition=Q(until__lte=F("since") + timedelta(days=1))
            ),
        ]
        # `until` changes with every word of a device and stays out of the indexes.
        indexes = [
            models.Index(fields=["device", "since"], name="shops_online_of_device"),
            models.Index(fields=["shop", "since"], name="shops_online_of_shop"),
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d %H:%M} to {self.until:%H:%M}"
