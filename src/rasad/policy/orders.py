"""The orders and pages that the rows of a jurisdiction stand on: number, day, office."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, read
from rasad.policy.rows import Rule, Text


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


def orders(state: str) -> tuple[Order, ...]:
    """The orders of a jurisdiction; none where its folder has no orders.yaml. Raises Refused("bad_pack")."""
    path = folder_of(state) / "orders.yaml"
    return _orders(path).rows if path.is_file() else ()


@cache
def _orders(path: Path) -> OrderFile:
    return read(path, OrderFile)
