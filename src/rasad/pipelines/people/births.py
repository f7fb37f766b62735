"""A birthday as offices write it, read once for each way it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import digit

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_DIGIT = re.compile(r"[^0-9]")
# 9/3/1979 and 1979-3-9, whatever follows.
_BACKWARDS = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", re.ASCII)
_FORWARDS = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])", re.ASCII)


def births(texts: Iterable[str]) -> pa.Table:
    """Every way a birthday is written, with its day and year: a State has millions of people and few days."""
    told = list(texts)
    days = [_birth(text) for text in told]
    return pa.table(
        {
            "born_text": pa.array(told, pa.string()),
            "born_day": pa.array([day for day, _ in days], pa.string()),
            "born_year": pa.array([year for _, year in days], pa.int32()),
        }
    )


def _birth(text: str) -> tuple[str | None, int | None]:
    """The day as eight digits and the year; the first of January is what offices write when nobody knows the day."""
    if not text.isascii():
        # १९७९ is 1979.
        text = "".join(str(digit(one, one)) for one in text)
    if backwards := _BACKWARDS.match(text):
        day, month, year = backwards.groups()
        eight = f"{year}{month:>02}{day:>02}"
    elif forwards := _FORWARDS.match(text):
        year, month, day = forwards.groups()
        eight = f"{year}{month:>02}{day:>02}"
    else:
        eight = _NOT_DIGIT.sub("", text)[:8]
    known = (
        len(eight) == 8 and "01" <= eight[4:6] <= "12" and "01" <= eight[6:] <= "31" and eight[4:] != "0101"
    )
    year = int(eight[:4]) if len(eight) >= 4 else 0
    return eight if known else None, year if 1850 <= year <= 2100 else None
