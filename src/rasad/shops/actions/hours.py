"""When a shop is open: its weekly hours from a day on, and days on which it stays closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Func, Value
from django.utils import timezone

from rasad.accounts import access
from rasad.accounts.models import User
from rasad.journal.actions import write
from rasad.shops.models import ClosedDay, OpeningHours, Shop
from rasad.shops.queries.hours import Hours
from rasad.values.refused import Refused


@transaction.atomic
def set_hours(
    *, shop: Shop, week: Mapping[int, Sequence[Hours]], since: date, by: User | str, at: datetime
) -> None:
    """Give a shop the hours of a week (0 is Monday; a day without hours is its day off, two a break) from a day on.

    What held up to today stays as it was; only the first hours of a shop may begin earlier.
    Raises Refused `not_for_your_role`, `hours_change_the_past`, `hours_do_not_fit`.
    """
    _allowed(by)
    _check_week(week)
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    hours = OpeningHours.objects.filter(shop=shop)
    today = timezone.localdate(at)
    if since <= today and hours.filter(during__overlap=(since, today + timedelta(days=1))).exists():
        raise Refused("hours_change_the_past", shop=shop.number, since=since)
    hours.filter(during__startswith__gte=since).delete()
    hours.filter(during__contains=since).update(
        during=Func(Func(F("during"), function="lower"), Value(since), function="daterange")
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(shop=shop, weekday=day, opens=opens, closes=closes, during=(since, None))
        for day, spans in week.items()
        for opens, closes in spans
    )
    told = {
        str(day): [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans] for day, spans in week.items()
    }
    facts: dict[str, object] = {"since": since, "week": told}
    write("shop.hours_set", of_kind="shop", of_key=shop.number, by=by, at=at, facts=facts)


@transaction.atomic
def close_day(*, shop: Shop, on: date, reason: str, by: User | str, at: datetime) -> None:
    """Keep a shop closed on a day that is not over, for a reason; told again, the reason is the new one.

    Raises Refused `not_for_your_role`, `day_is_over`, `reason_for_closing_missing`.
    """
    _allowed(by)
    reason = reason.strip()
    if not reason:
        raise Refused("reason_for_closing_missing", day=on)
    _not_over(on, at)
    ClosedDay.objects.update_or_create(shop=shop, on=on, defaults={"reason": reason})
    write(
        "shop.day_closed", of_kind="shop", of_key=shop.number, by=by, at=at, reason=reason, facts={"on": on}
    )


@transaction.atomic
def open_day(*, shop: Shop, on: date, by: User | str, at: datetime) -> None:
    """Have a shop open after all on a day it was to stay closed. Raises Refused `not_for_your_role`, `day_is_over`."""
    _allowed(by)
    _not_over(on, at)
    deleted, _ = ClosedDay.objects.filter(shop=shop, on=on).delete()
    if deleted:
        write("shop.day_opened", of_kind="shop", of_key=shop.number, by=by, at=at, facts={"on": on})


def _allowed(by: User | str) -> None:
    if isinstance(by, User):
        access.require(by, "set_hours")


def _not_over(on: date, at: datetime) -> None:
    if on < timezone.localdate(at):
        raise Refused("day_is_over", day=on)


def _check_week(week: Mapping[int, Sequence[Hours]]) -> None:
    for spans in week.values():
        times = [moment for span in sorted(spans) for moment in span]
        if any(later <= earlier for earlier, later in zip(times[::2], times[1::2], strict=True)) or any(
            later < earlier for earlier, later in zip(times[1::2], times[2::2], strict=False)
        ):
            raise Refused("hours_do_not_fit")
