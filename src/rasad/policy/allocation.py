"""What the Centre allocates: families it reckons with, totals, shares of cost, and the checks between them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, MisplacedError, read
from rasad.policy.rows import Code, Exact, Row, Rule, Text, in_force
from rasad.values.refused import Refused

NAME = "allocation.yaml"


class Families(Row):
    """A number of families, in lakh: meant, reckoned with, or with a card in hand."""

    value: Exact
    unit: Literal["lakh"]
    kind: Literal["intended", "target", "cards_issued"]
    category: Code
    approx: StrictBool = False
    # The percentage as the document prints it, and the row it is a share of. Counts never follow from it.
    percent_printed: Exact | None = None
    percent_of: str | None = None
    name: Text


class Basis(Row):
    """The estimate or projection that counts of families rest on."""

    value: str
    unit: Literal["poverty_estimate", "population_projection"]
    of: tuple[str, ...] = Field(min_length=1)
    name: Text


class Estimate(Row):
    """A published estimate."""

    value: Exact
    unit: Literal["percent"]
    approx: StrictBool = False
    name: Text


class Total(Row):
    """A quantity allocated; none where the document gives no figure."""

    value: Exact | None
    unit: Literal["lakh_tonne_per_year", "lakh_tonne", "years"]
    kind: Literal["tpds", "transitory", "additional", "average_offtake"]
    category: Code | None = None
    approx: StrictBool = False
    same_as: str | None = None
    name: Text


class EconomicCost(Row):
    """Which part of the economic cost a category is charged; subsidised where the document says no more."""

    value: Exact | None
    unit: Literal["percent_of_economic_cost"]
    category: Code
    rule: Literal["share", "subsidised_above_bpl"]
    name: Text


class AnnexRow(Form):
    """One State of Annex-I."""

    state: str
    estimated_families: Exact
    families_identified: Exact
    cards_issued: Exact


class AnnexI(Rule):
    """The annex of AAY families by State: its columns, and no row, since the document lacks it."""

    columns: tuple[str, ...]
    rows: tuple[AnnexRow, ...]


class AllocationFile(Form):
    """allocation.yaml."""

    families: tuple[Families, ...]
    bases: tuple[Basis, ...]
    estimates: tuple[Estimate, ...]
    totals: tuple[Total, ...]
    economic_cost: tuple[EconomicCost, ...]
    annex_i: AnnexI

    @model_validator(mode="after")
    def _rows_named_are_there(self) -> Self:
        ids = {row.id for row in (*self.families, *self.totals)}
        for field, rows in (("percent_of", self.families), ("same_as", self.totals)):
            for number, row in enumerate(rows):
                if (named := getattr(row, field)) and named not in ids:
                    where = "families" if field == "percent_of" else "totals"
                    raise MisplacedError(f"no row {named} is written in this file", where, number, field)
        return self


def families(
    category: str, *, on: date, kind: Literal["intended", "target", "cards_issued"] = "target"
) -> Families:
    """How many families the Centre reckoned with on a day.

    Raises Refused("before_first_rule" or "no_family_count").
    """
    rows = [row for row in allocation().families if (row.category, row.kind) == (category, kind)]
    found = in_force(rows, on=on, subject=category)
    if not found:
        raise Refused("no_family_count", category=category, on=on)
    return found[0]


def average_offtake(tonnes: Sequence[Decimal]) -> Decimal:
    """A State's allocation of 1997: the average of its yearly offtake in the ten years before.

    Raises Refused("years_missing") for more or fewer years than the rule names.
    """
    rule = next(row for row in allocation().totals if row.kind == "average_offtake")
    if len(tonnes) != rule.value:
        raise Refused("years_missing", given=len(tonnes), wanted=rule.value)
    return sum(tonnes, Decimal(0)) / len(tonnes)


def allocation() -> AllocationFile:
    """The Union's allocation figures. Raises Refused("bad_pack")."""
    return _allocation(folder_of("IN") / NAME)


@cache
def _allocation(path: Path) -> AllocationFile:
    return read(path, AllocationFile)
