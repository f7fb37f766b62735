"""A day of the shop in figures."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from rasad import wiring
from rasad.counter import sales_of_day
from rasad.counter.api import answers, bodies
from rasad.counter.api.door import device_of
from rasad.counter.api.said import NO
from rasad.values.refused import Refused

router = Router()


@router.get("", response={200: answers.DayShown, NO: answers.Refusal})
def day_report(request: HttpRequest, asked: Query[bodies.OfDay]) -> answers.DayShown:
    """What was sold on a day, to whom and by which mode, and when the shop was open; today where no day is named."""
    at = wiring.now()
    today = timezone.localdate(at)
    day = asked.on or today
    if day > today:
        raise Refused("day_ahead", day=day)
    found = sales_of_day.day_report(device_of(request).shop, day, at=at)
    hours = found.hours
    return answers.DayShown(
        day=day, sales=found.sales, taken_back=found.taken_back, amount=found.amount, by_mode=found.by_mode,
        by_kind=found.by_kind,
        sums=[answers.SumShown.model_validate(one, from_attributes=True) for one in found.sums],
        hours=[
            answers.Hours(opens=f"{opens:%H:%M}", closes=f"{closes:%H:%M}")
            for opens, closes in (hours.hours if hours else ())
        ],
        started_at=hours.started_at if hours else None, late_minutes=hours.late_minutes if hours else None,
        offline_minutes=hours.offline_minutes if hours else 0,
        closed_reason=hours.closed_reason if hours else None,
    )  # fmt: skip
