"""The orders and pages that the rows of a jurisdiction stand on: number, day, office, and what is only reported."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, read
from rasad.policy.rows import Exact, Rule, Text


class Order(Rule):
    """An order, or a page where there is no order."""

    id: str = Field(pattern=r"^[a-z0-9_.]+$")
    number: str | None
    day: date
    effect: Literal["immediate"] | None = None
    office: Text | None = None
    name: Text


class OrderFile(Form):
    """orders.yaml."""

    rows: tuple[Order, ...]


class Reported(Form):
    """Something reported outside the documents. It is never applied: `enabled` is always false."""

    id: str = Field(pattern=r"^[a-z0-9_.]+$")
    enabled: Literal[False]
    what: Text
    figures: dict[str, Exact]
    first_day: date | None = Field(alias="from")
    last_day: date | None = Field(alias="to")
    reference: str = Field(min_length=3)


class ReportedFile(Form):
    """outside.yaml."""

    rows: tuple[Reported, ...]


def orders(state: str) -> tuple[Order, ...]:
    """The orders of a jurisdiction; none where its folder has no orders.yaml. Raises Refused("bad_pack")."""
    path = folder_of(state) / "orders.yaml"
    return _orders(path).rows if path.is_file() else ()


def reported(state: str) -> tuple[Reported, ...]:
    """What is reported of a jurisdiction and not applied; none without outside.yaml. Raises Refused("bad_pack")."""
    path = folder_of(state) / "outside.yaml"
    return _reported(path).rows if path.is_file() else ()


@cache
def _orders(path: Path) -> OrderFile:
    return read(path, OrderFile)


@cache
def _reported(path: Path) -> ReportedFile:
    return read(path, ReportedFile)
