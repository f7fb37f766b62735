"""When a shop is open."""

from collections.abc import Collection
from datetime import date, datetime, time

from django.utils import timezone

from rasad.shops.models import ClosedDay, OpeningHours, Shop

Hours = tuple[time, time]
"""From when until when on one day; a break at noon makes two of these."""


def hours_on(shop: Shop, day: date) -> tuple[Hours, ...]:
    """From when until when a shop is open on a day; nothing on its day off, a closed day, or without a licence."""
    return hours_of([shop], day)[shop.pk]


def hours_of(shops: Collection[Shop], day: date) -> dict[int, tuple[Hours, ...]]:
    """The hours of many shops on one day, by the shop's id: one question, however many they are."""
    found: dict[int, tuple[Hours, ...]] = {shop.pk: () for shop in shops}
    hours = OpeningHours.objects.filter(
        shop__in=found, weekday=day.weekday(), during__contains=day, shop__open_during__contains=day
    ).exclude(shop__in=ClosedDay.objects.filter(shop__in=found, on=day).values("shop"))
    for shop_id, opens, closes in hours.order_by("opens").values_list("shop_id", "opens", "closes"):
        found[shop_id] = (*found[shop_id], (opens, closes))
    return found


def is_open(shop: Shop, at: datetime) -> bool:
    """Whether a shop is open at a moment; at the minute it closes it is closed."""
    here = timezone.localtime(at)
    moment = here.time().replace(tzinfo=None)
    return any(opens <= moment < closes for opens, closes in hours_on(shop, here.date()))


def week_of(shop: Shop, day: date) -> dict[int, tuple[Hours, ...]]:
    """The hours of each day of the week (0 is Monday) as they hold on a day."""
    found = OpeningHours.objects.filter(shop=shop, during__contains=day).order_by("opens")
    week: dict[int, tuple[Hours, ...]] = dict.fromkeys(range(7), ())
    for weekday, opens, closes in found.values_list("weekday", "opens", "closes"):
        week[weekday] = (*week[weekday], (opens, closes))
    return week


def next_weeks(shop: Shop, day: date) -> list[date]:
    """The days after this one from which other hours hold."""
    later = OpeningHours.objects.filter(shop=shop, during__startswith__gt=day)
    return sorted({during.lower for during in later.values_list("during", flat=True)})


def closed_from(shop: Shop, day: date) -> list[ClosedDay]:
    """The days from this one on that a shop stays closed."""
    return list(ClosedDay.objects.filter(shop=shop, on__gte=day).order_by("on"))
