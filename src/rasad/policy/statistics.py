"""Counts a State publishes."""

from functools import cache
from pathlib import Path
from typing import Literal

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, read
from rasad.policy.rows import Exact, Row, Text

NAME = "statistics.yaml"


class Count(Row):
    """How many there are of something, in towns, in villages, or in all."""

    value: Exact
    unit: Literal["shops"]
    area: Literal["urban", "rural", "total"]
    name: Text


class StatisticsFile(Form):
    """statistics.yaml."""

    rows: tuple[Count, ...]


def statistics(state: str) -> tuple[Count, ...]:
    """The published counts of a State. Raises Refused("unknown_jurisdiction" or "bad_pack")."""
    return _statistics(folder_of(state) / NAME).rows


@cache
def _statistics(path: Path) -> StatisticsFile:
    return read(path, StatisticsFile)
