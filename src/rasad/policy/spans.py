"""Months and years as the packs write them (P6M, P1Y), and the day that comes so much after another."""

import calendar
import re
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

Span = Annotated[str, Field(pattern=r"^P\d+[YMD]$")]


def after(day: date, span: str) -> date:
    """The day a span after another: six months after 31 August is the last of February.

    Raises ValueError for a span that is not P, a number, and Y, M or D.
    """
    found = re.fullmatch(r"P(\d+)([YMD])", span)
    if found is None:
        raise ValueError(f"{span!r} is no span of years, months or days")
    number, unit = int(found[1]), found[2]
    if unit == "D":
        return day + timedelta(days=number)
    months = day.month - 1 + number * (12 if unit == "Y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
