"""The Union's files about quantity and price: scale of issue, central issue prices, rules of the retail price."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from rasad.policy.packs import Form, MisplacedError, file_of, read
from rasad.policy.rows import Code, Exact, Quotation, Row, refuse_overlaps
from rasad.values.quantities import Grams, grams


class CentralApplies(Form):
    """The one category, and where a row is not for the whole country the kind of area."""

    category: Code
    commodity: Code
    area: Code | None = None


class CentralScale(Row):
    """What the Centre allots a card. Never what a shop gives: that is the State's table."""

    value: Exact
    unit: Literal["kg per card per month", "kg per member per month"]
    applies: CentralApplies
    scheme: Literal["RPDS", "TPDS", "NFSA"]
    is_at_most: bool = False

    def grams_for(self, members: int) -> Grams:
        """The scale in grams for a card of this many members."""
        return grams(self.value * (members if "member" in self.unit else 1))


class ScaleFile(Form):
    """scale_of_issue.yaml. Rows of the Act stand beside the older ones, so the scheme is part of the key."""

    rows: tuple[CentralScale, ...]

    @model_validator(mode="after")
    def _one_answer_a_day(self) -> Self:
        _refuse_doubles(self.rows, [(row.applies.category, row.scheme == "NFSA") for row in self.rows])
        return self


class IssuePrice(Row):
    """What the State pays the Centre for a kilogram."""

    value: Exact
    unit: Literal["Rs per kg"]
    applies: CentralApplies


class FixedIn(Form):
    """The words that tell when the prices were fixed."""

    source: Quotation


class IssuePriceFile(Form):
    """central_issue_prices.yaml."""

    fixed_in: FixedIn
    rows: tuple[IssuePrice, ...]

    @model_validator(mode="after")
    def _one_answer_a_day(self) -> Self:
        _refuse_doubles(self.rows, [(row.applies.category, row.applies.commodity) for row in self.rows])
        return self


class RetailApplies(Form):
    """The categories, commodity and area of a rule; no commodity: every one."""

    category: tuple[Code, ...]
    commodity: Code | None = None
    area: Code | None = None


class RetailRule(Row):
    """What the Centre says of the price at the shop; packs/india/retail_rules.yaml explains each `rule`."""

    rule: Literal["margin_at_most", "set_by_state", "fixed", "below_issue_price", "cost_borne_by_state"]
    value: Exact | None = None
    unit: Literal["Rs per kg"] | None = None
    applies: RetailApplies
    scheme: Code | None = None

    @model_validator(mode="after")
    def _value_where_needed(self) -> Self:
        needs = self.rule in ("margin_at_most", "fixed", "below_issue_price")
        if needs != (self.value is not None and self.unit is not None):
            raise MisplacedError(f"{self.rule} {'needs' if needs else 'has no'} `value` and `unit`", "rule")
        return self

    @property
    def rupees(self) -> Decimal:
        """The number of a rule that has one."""
        assert self.value is not None
        return self.value


class RetailFile(Form):
    """retail_rules.yaml."""

    rows: tuple[RetailRule, ...]


def _refuse_doubles(rows: Iterable[Row], keys: list[tuple[object, ...]]) -> None:
    refuse_overlaps(list(rows), [frozenset([key]) for key in keys], "rows")


def scales_of_issue() -> tuple[CentralScale, ...]:
    """Every scale of issue there was, and is."""
    return _scales(file_of("india", "scale_of_issue.yaml"))


def issue_prices() -> tuple[IssuePrice, ...]:
    """Every central issue price there was, and is."""
    return _prices(file_of("india", "central_issue_prices.yaml"))


def retail_rules() -> tuple[RetailRule, ...]:
    """Every rule about the price at the shop."""
    return _rules(file_of("india", "retail_rules.yaml"))


@cache
def _scales(file: Path) -> tuple[CentralScale, ...]:
    return read(file, ScaleFile).rows


@cache
def _prices(file: Path) -> tuple[IssuePrice, ...]:
    return read(file, IssuePriceFile).rows


@cache
def _rules(file: Path) -> tuple[RetailRule, ...]:
    return read(file, RetailFile).rows
