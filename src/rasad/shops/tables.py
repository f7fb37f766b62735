"""The lists of shops, devices, months and days."""

from collections.abc import Mapping

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rasad.shops.models import Device, OpeningHours, Shop
from rasad.shops.queries import Day, Hours, MonthOfShop
from rasad.shops.queries.devices import DeviceState, ShopState
from rasad.values.signed import fingerprint
from rasad.web.language import in_language
from rasad.web.templatetags.rasad import day, indian, moment

NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}
# The word says it; the tone only helps.
TONES: dict[str, str] = {
    DeviceState.ONLINE: "good",
    DeviceState.SILENT: "wait",
    DeviceState.NEVER: "plain",
    DeviceState.REVOKED: "bad",
    ShopState.MISSING: "bad",
    ShopState.OFFLINE: "plain",
    ShopState.NO_DEVICE: "wait",
}


def tag(tone: str, words: object) -> SafeString:
    """A state as a word with its tone."""
    return format_html('<span class="tag {}">{}</span>', tone, words)


def clock_times(hours: tuple[Hours, ...]) -> str:
    """Hours as they are written at a shop's door: 08:00–12:00, 14:00–17:00."""
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in hours)


def shop_link(number: str, name: str, *, to: str = "shops:one", query: str = "") -> SafeString:
    """A shop's name, with the way to it, and its number."""
    href = reverse(to, args=[number]) + query
    return format_html('<a href="{}">{}</a><br><small class="soft">{}</small>', href, name, number)


class ShopTable(tables.Table):  # type: ignore[misc]
    """Shops with their hours of today and whether they are online."""

    name = tables.Column(verbose_name=_("Shop"), order_by=("name", "number"))
    place = tables.Column(verbose_name=_("Village or ward"), order_by=("place__name", "number"))
    district_code = tables.Column(verbose_name=_("District"), order_by=("district_code", "number"))
    today = tables.Column(empty_values=(), verbose_name=_("Open today"), orderable=False)
    device_count = tables.Column(verbose_name=_("Devices"), attrs=NUMBER, order_by=("device_count", "number"))
    state = tables.Column(verbose_name=_("Now"), order_by=("state", "number"))
    last_heard = tables.Column(
        verbose_name=_("Last heard of"), default="–", order_by=("last_heard", "number")
    )

    class Meta:
        empty_text = _("No shop here")

    def __init__(self, *args: object, districts: Mapping[str, str], **more: object) -> None:
        super().__init__(*args, **more)
        self.districts = districts
        self.hours: dict[int, tuple[Hours, ...]] = {}

    def render_name(self, record: Shop) -> SafeString:
        """The name, with the way to the shop, and its number."""
        return shop_link(record.number, in_language(record.name, record.name_hi))

    def render_place(self, record: Shop) -> str:
        """Where it stands."""
        return in_language(record.place.name, record.place.name_hi)

    def render_district_code(self, value: str) -> str:
        """The district's name."""
        return self.districts.get(value, value)

    def render_today(self, record: Shop) -> str:
        """From when until when, or that it is closed."""
        return clock_times(self.hours.get(record.pk, ())) or gettext("closed")

    def render_state(self, value: str) -> SafeString:
        """Online or not, in words."""
        return tag(TONES[value], ShopState(value).label)

    def render_last_heard(self, value: object) -> str:
        """The moment."""
        return moment(value)  # type: ignore[arg-type]


class DeviceTable(tables.Table):  # type: ignore[misc]
    """Devices: of which shop, since when, how they are."""

    name = tables.Column(verbose_name=_("Device"), order_by=("name", "pk"))
    shop = tables.Column(verbose_name=_("Shop"), order_by=("shop__name", "shop__number", "pk"))
    state = tables.Column(verbose_name=_("Status"), order_by=("state", "pk"))
    last_heard = tables.Column(verbose_name=_("Last heard of"), default="–", order_by=("last_heard", "pk"))
    condition = tables.Column(empty_values=(), verbose_name=_("It said"), orderable=False)
    enrolled_at = tables.Column(verbose_name=_("Enrolled"), order_by=("enrolled_at", "pk"))

    class Meta:
        empty_text = _("No device here")

    def render_name(self, record: Device) -> SafeString:
        """The name, with the way to the device, and its key as people compare it."""
        return format_html(
            '<a href="{}">{}</a><br><small class="soft"><code>{}</code></small>',
            reverse("shops:device", args=[record.pk]),
            record.name,
            fingerprint(bytes(record.public_key)),
        )

    def render_shop(self, record: Device) -> SafeString:
        """The shop it was enrolled for."""
        return shop_link(record.shop.number, in_language(record.shop.name, record.shop.name_hi))

    def render_state(self, value: str) -> SafeString:
        """The state as a word."""
        return tag(TONES[value], DeviceState(value).label)

    def render_last_heard(self, value: object) -> str:
        """The moment."""
        return moment(value)  # type: ignore[arg-type]

    def render_condition(self, record: Device) -> str:
        """Battery, signal and version as the device told them last."""
        return condition(record)

    def render_enrolled_at(self, record: Device) -> SafeString:
        """The day, and who did it."""
        return format_html(
            '{}<br><small class="soft">{}</small>', day(record.enrolled_at), record.enrolled_by
        )


def condition(device: Device) -> str:
    """Battery, signal and version of a device from `with_state`, in words; a dash when it told nothing."""
    said = []
    if device.battery is not None:  # type: ignore[attr-defined]
        said.append(gettext("battery %(percent)s%%") % {"percent": device.battery})  # type: ignore[attr-defined]
    if device.signal is not None:  # type: ignore[attr-defined]
        said.append(gettext("signal %(bars)s") % {"bars": device.signal})  # type: ignore[attr-defined]
    if device.app_version:  # type: ignore[attr-defined]
        said.append(gettext("version %(version)s") % {"version": device.app_version})  # type: ignore[attr-defined]
    return ", ".join(said) or "–"


class MonthTable(tables.Table):  # type: ignore[misc]
    """Shops with what a month came to."""

    name = tables.Column(verbose_name=_("Shop"), order_by=("name", "number"))
    days = tables.Column(verbose_name=_("Days to be open"), attrs=NUMBER, order_by=("days", "number"))
    late_days = tables.Column(verbose_name=_("Late starts"), attrs=NUMBER, order_by=("late_days", "number"))
    late_minutes = tables.Column(
        verbose_name=_("Minutes late"), attrs=NUMBER, order_by=("late_minutes", "number")
    )
    days_not_started = tables.Column(
        verbose_name=_("Days not started"), attrs=NUMBER, order_by=("days_not_started", "number")
    )
    offline_days = tables.Column(
        verbose_name=_("Days with time offline"), attrs=NUMBER, order_by=("offline_days", "number")
    )
    offline_minutes = tables.Column(
        verbose_name=_("Minutes offline"), attrs=NUMBER, order_by=("offline_minutes", "number")
    )

    class Meta:
        empty_text = _("No shop here")

    def __init__(self, *args: object, month: str, **more: object) -> None:
        super().__init__(*args, **more)
        self.month = month

    def render_name(self, record: MonthOfShop) -> SafeString:
        """The name, with the way to the days of the shop."""
        name = in_language(record.name, record.name_hi)
        return shop_link(record.number, name, to="shops:days", query=f"?month={self.month}")

    def render_late_minutes(self, value: int) -> str:
        """A number as India writes it."""
        return indian(value)

    def render_offline_minutes(self, value: int) -> str:
        """A number as India writes it."""
        return indian(value)


class DayTable(tables.Table):  # type: ignore[misc]
    """The days of one shop in a month."""

    day = tables.Column(verbose_name=_("Day"), orderable=False)
    hours = tables.Column(empty_values=(), verbose_name=_("To be open"), orderable=False)
    started_at = tables.Column(verbose_name=_("Started"), default="–", orderable=False)
    late_minutes = tables.Column(verbose_name=_("Minutes late"), attrs=NUMBER, default="–", orderable=False)
    offline_minutes = tables.Column(
        empty_values=(), verbose_name=_("Minutes offline"), attrs=NUMBER, orderable=False
    )
    remark = tables.Column(empty_values=(), verbose_name=_("Remark"), orderable=False)

    class Meta:
        empty_text = _("No day of this month has come yet")

    def render_day(self, record: Day) -> str:
        """The day with its day of the week."""
        return f"{OpeningHours.Weekday(record.day.weekday()).label}, {day(record.day)}"

    def render_hours(self, record: Day) -> str:
        """From when until when, a break left out."""
        return clock_times(record.hours) or "–"

    def render_started_at(self, record: Day) -> str:
        """The time of the day in India."""
        return moment(record.started_at).rpartition(", ")[2]

    def render_offline_minutes(self, record: Day) -> str:
        """The minutes; none on a day without hours, or before they begin."""
        return indian(record.offline_minutes) if record.begun else "–"

    def render_remark(self, record: Day) -> SafeString:
        """What the day was, in words."""
        return tag(*remark(record))


def remark(record: Day) -> tuple[str, str]:
    """What a day was: the tone, and the words."""
    if record.closed_reason:
        return "plain", gettext("closed: %(reason)s") % {"reason": record.closed_reason}
    if not record.is_transaction_day:
        return "plain", gettext("no hours")
    if not record.begun:
        return "plain", gettext("not open yet")
    if record.not_started:
        return "bad", gettext("not started")
    if record.late_minutes:
        return "wait", gettext("late start")
    if record.offline_minutes:
        return "wait", gettext("interrupted")
    return "good", gettext("in order")
