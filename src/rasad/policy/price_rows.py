"""The forms of prices.yaml and free_months.yaml."""

from typing import Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from rasad.policy.applies import PriceApplies, refuse_strangers
from rasad.policy.packs import Form, MisplacedError
from rasad.policy.rows import Code, Exact, Row, refuse_overlaps


class Price(Row):
    """What a kilogram or a litre costs at the shop."""

    value: Exact
    unit: Literal["Rs per kg", "Rs per litre"]
    # The unit the document prints, where it cannot be meant.
    unit_printed: Literal["Rs per kg", "Rs per litre"] | None = None
    applies: PriceApplies


class PriceFile(Form):
    """prices.yaml."""

    rows: tuple[Price, ...]

    @model_validator(mode="after")
    def _one_answer_a_day(self) -> Self:
        for number, row in enumerate(self.rows):
            if not (row.applies.category or row.applies.price_group):
                raise MisplacedError("say for which `category` or `price_group`", "rows", number, "applies")
        refuse_overlaps(self.rows, [row.applies.key for row in self.rows], "rows")
        return self

    @model_validator(mode="after")
    def _fits_its_state(self, info: ValidationInfo) -> Self:
        if info.context:
            for number, row in enumerate(self.rows):
                refuse_strangers(row.applies, row.unit, info.context, number)
                if problem := info.context["price_problem"](row):
                    raise MisplacedError(problem, "rows", number, "value")
        return self


class AppliesToCategories(Form):
    """The categories whose every commodity a row is for."""

    category: tuple[Code, ...] = Field(min_length=1)


class FreeMonths(Row):
    """Months in which some categories pay another price, usually nil, for whatever is due to them."""

    value: Exact
    unit: Literal["Rs per kg"]
    applies: AppliesToCategories


class FreeMonthsFile(Form):
    """free_months.yaml."""

    rows: tuple[FreeMonths, ...]

    @model_validator(mode="after")
    def _one_answer_a_day(self) -> Self:
        refuse_overlaps(self.rows, [frozenset(row.applies.category) for row in self.rows], "rows")
        return self
