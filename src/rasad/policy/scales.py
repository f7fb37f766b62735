"""The form of entitlements.yaml: scales of every kind, choices, shared caps, top-ups."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from rasad.policy.applies import Applies, refuse_strangers
from rasad.policy.packs import Form, MisplacedError
from rasad.policy.rows import Code, Exact, Quotation, Row, Rule, Text, refuse_overlaps
from rasad.policy.sizes import Table

Unit = Literal["kg per card per month", "kg per member per month", "litre per card per month"]
# The Union's schemes and the State's own stand apart on every list.
Section = Literal["union", "state"]


class Quantity(Row):
    """How much of a commodity is due a month: a number, a table by members, or a cap shared with others."""

    value: Exact | None = None
    table: Table | None = None
    cap_group: str | None = None
    unit: Unit
    applies: Applies
    scheme: Code
    section: Section = "union"
    # The number of the line in the document's own list.
    listed: str = ""
    # Whose grain it is, where another scheme's than its own.
    from_allocation: Code | None = None
    # Of the rows with one choice group a card has one a month.
    choice_group: str | None = None
    # Rows whose quantity this one adds to, and what both come to for every size the table names.
    over: tuple[str, ...] = ()
    card_total: Exact | None = None
    closed_form: str = ""
    note: str = ""
    # The row this one stands in for, where both would answer.
    overrides: str | None = None

    @model_validator(mode="after")
    def _one_quantity(self) -> Self:
        told = [field for field in ("value", "table", "cap_group") if getattr(self, field) is not None]
        if len(told) != 1:
            raise MisplacedError(f"{self.id} needs one of `value`, `table`, `cap_group`", *told[1:2])
        if self.table and "member" in self.unit:
            raise MisplacedError("a table by members is per card, not per member", "unit")
        if bool(self.over) != (self.card_total is not None):
            raise MisplacedError(
                "`over` and `card_total` stand together", "over" if self.over else "card_total"
            )
        return self


class ChoiceGroup(Rule):
    """Alternatives of which a card has one a month; `default` until the family has chosen."""

    id: str = Field(pattern=r"^[a-z0-9_.]+$")
    default: Code


class CapGroup(Row):
    """What the commodities of a group may come to together, by the members of the card."""

    name: Text
    table: Table
    unit: Literal["kg per card per month", "litre per card per month"]
    rows: tuple[str, ...] = Field(min_length=2)


class TopUp(Row):
    """What brings a small card up to a total: split in shares, at another category's prices."""

    table: Table
    unit: Literal["kg per card per month"]
    category: tuple[Code, ...] = Field(min_length=1)
    # The grain counted against the total, by its rows; the missing rest is split in these shares.
    over: tuple[str, ...] = Field(min_length=1)
    split: dict[Code, Exact]
    split_note: str = ""
    scheme: Code
    section: Section = "union"
    from_allocation: Code
    price_group: Code
    part: Code = "topup"

    @model_validator(mode="after")
    def _whole_shares(self) -> Self:
        if not sum(self.split.values()):
            raise MisplacedError("the shares come to nothing", "split")
        return self


class Observed(Form):
    """The day on which a table without dates was seen."""

    day: date
    source: Quotation


class QuantityFile(Form):
    """entitlements.yaml."""

    table_observed: Observed | None = None
    rows: tuple[Quantity, ...]
    choice_groups: tuple[ChoiceGroup, ...] = ()
    cap_groups: tuple[CapGroup, ...] = ()
    top_ups: tuple[TopUp, ...] = ()

    @model_validator(mode="after")
    def _one_answer_a_day(self) -> Self:
        refuse_overlaps(self.rows, [row.applies.key for row in self.rows], "rows")
        return self

    @model_validator(mode="after")
    def _names_what_is_there(self) -> Self:
        ids = {row.id for row in self.rows}
        known = {
            "choice_group": {group.id for group in self.choice_groups},
            "cap_group": {group.id for group in self.cap_groups},
            "overrides": ids,
        }
        for number, row in enumerate(self.rows):
            for field, there in known.items():
                named = getattr(row, field)
                if named is not None and named not in there:
                    raise MisplacedError(f"nothing in this file is called {named}", "rows", number, field)
            _refuse_unknown(row.over, ids, "rows", number, "over")
        for number, group in enumerate(self.cap_groups):
            _refuse_unknown(group.rows, ids, "cap_groups", number, "rows")
        for number, top_up in enumerate(self.top_ups):
            _refuse_unknown(top_up.over, ids, "top_ups", number, "over")
        return self

    @model_validator(mode="after")
    def _fits_its_state(self, info: ValidationInfo) -> Self:
        if info.context:
            for number, row in enumerate(self.rows):
                refuse_strangers(row.applies, row.unit, info.context, number)
        return self


def _refuse_unknown(named: Iterable[str], there: set[str], *place: str | int) -> None:
    for one in named:
        if one not in there:
            raise MisplacedError(f"no row of this file is called {one}", *place)
