"""How many cards were eliminated and restored, by district and period, and what penal action was taken; no names."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from rasad.oversight import moves
from rasad.oversight.models import Case, PenalReferral
from rasad.values.month import INDIA


@dataclass(frozen=True)
class Row:
    """One district in a period. `cards`, `members`, `categories`: ended or changed by order; `restored`: of them."""

    district: str
    opened: int
    cleared: int
    cards: int
    members: int
    categories: int
    restored: int
    referred: int


def by_district(
    cases: QuerySet[Case], referrals: QuerySet[PenalReferral], *, since: date, until: date
) -> list[Row]:
    """The figures of a period, both days included, by district; what was restored counts on its own day."""
    first = datetime.combine(since, time(), INDIA)
    after = datetime.combine(until + timedelta(days=1), time(), INDIA)
    ordered = Q(ordered_at__gte=first, ordered_at__lt=after)
    cleared = Q(state=moves.CLEARED, steps__act="clear", steps__at__gte=first, steps__at__lt=after)
    counted = cases.order_by().values("district_code").annotate(
        opened=Count("pk", filter=Q(opened_at__gte=first, opened_at__lt=after), distinct=True),
        cleared=Count("pk", filter=cleared, distinct=True),
        cards=Count("pk", filter=ordered & Q(what="card"), distinct=True),
        members=Count("pk", filter=ordered & Q(what="membership"), distinct=True),
        categories=Count("pk", filter=ordered & Q(what="category"), distinct=True),
        restored=Count("pk", filter=Q(restored_at__gte=first, restored_at__lt=after), distinct=True),
    )  # fmt: skip
    penal = dict(
        referrals.filter(referred_on__range=(since, until))
        .order_by()
        .values_list("district_code")
        .annotate(number=Count("pk"))
    )
    names = [one.name for one in fields(Row)][1:-1]
    told: list[dict[str, Any]] = list(counted)  # type: ignore[arg-type]  # typed by the words above
    return [
        Row(
            district=one["district_code"],
            referred=penal.get(one["district_code"], 0),
            **{name: one[name] for name in names},
        )
        for one in sorted(told, key=lambda one: one["district_code"])
    ]


def total(rows: Iterable[Row]) -> Row:
    """All districts together."""
    told = list(rows)
    names = [one.name for one in fields(Row)][1:]
    return Row(district="", **{name: sum(getattr(row, name) for row in told) for name in names})
