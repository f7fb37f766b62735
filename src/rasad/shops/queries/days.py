"""Late starts and time offline: of shops, by day and by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from rasad.shops.models import TOLERANCE, Shop
from rasad.shops.queries.hours import Hours
from rasad.values.month import Month


@dataclass(frozen=True)
class Day:
    """One day of a shop. Without hours it is no transaction day, and nothing is late or offline on it."""

    shop_number: str
    day: date
    # When it is to be open, a break left out; nothing on a day off or a closed day.
    hours: tuple[Hours, ...]
    # Whether its first hour has struck.
    begun: bool
    # The beginning of the first span that reaches into the hours; None: the device was not started.
    started_at: datetime | None
    late_minutes: int | None
    # Within the hours, those before a late start among them; a gap of up to two minutes is none.
    offline_minutes: int
    closed_reason: str | None

    @property
    def is_transaction_day(self) -> bool:
        """Whether the shop was to be open."""
        return bool(self.hours)

    @property
    def not_started(self) -> bool:
        """Whether no device was heard of in the hours, as far as they have come."""
        return self.begun and self.started_at is None


@dataclass(frozen=True)
class MonthOfShop:
    """What the days of one shop come to in a month."""

    number: str
    name: str
    name_hi: str
    district_code: str
    days: int
    late_days: int
    late_minutes: int
    days_not_started: int
    offline_days: int
    offline_minutes: int


_BY_SHOP = """
SELECT s.number, s.name, s.name_hi, s.district_code, count(*) FILTER (WHERE d.begun) AS days,
       count(*) FILTER (WHERE d.late_minutes > 0) AS late_days,
       coalesce(sum(d.late_minutes), 0) AS late_minutes,
       count(*) FILTER (WHERE d.begun AND d.started_at IS NULL) AS days_not_started,
       count(*) FILTER (WHERE d.offline_minutes > 0) AS offline_days,
       coalesce(sum(d.offline_minutes), 0) AS offline_minutes
FROM shops_shop s JOIN (__DAYS__) d ON d.number = s.number
GROUP BY s.id
ORDER BY sum(d.offline_minutes) DESC, s.number
"""


def days(shops: QuerySet[Shop], month: Month, *, at: datetime) -> Iterator[Day]:
    """Each day of each of these shops in a month, up to now, in order: one question, however many they are."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_days()} ORDER BY number, day", _given(shops, month, at))
        while rows := cursor.fetchmany(1000):
            yield from (_day(*row) for row in rows)


def months(shops: QuerySet[Shop], month: Month, *, at: datetime) -> list[MonthOfShop]:
    """What a month came to, shop by shop, up to now, the longest offline first; shops without hours have no days."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_SHOP.replace("__DAYS__", _days()), _given(shops, month, at))
        return [MonthOfShop(*row) for row in cursor.fetchall()]


def _day(
    number: str, day: date, opens: list[time] | None, closes: list[time] | None, begun: bool, *more: Any
) -> Day:
    return Day(number, day, tuple(zip(opens or (), closes or (), strict=True)), begun, *more)


def _given(shops: QuerySet[Shop], month: Month, at: datetime) -> dict[str, Any]:
    return {
        "shops": list(shops.order_by().values_list("pk", flat=True)),
        "first": month.first_day,
        "last": min(month.last_day, timezone.localdate(at)),
        "at": at,
        "zone": settings.TIME_ZONE,
        "tolerance": TOLERANCE.total_seconds(),
    }


@cache
def _days() -> str:
    return Path(__file__).with_name("days.sql").read_text()
