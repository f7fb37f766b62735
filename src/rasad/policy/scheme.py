"""The form of a relief scheme's file: months, inherited category, sources and their conditions, grey zone."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator

from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.packs import Form, MisplacedError
from rasad.policy.rows import Code, MonthText, Quotation, Rule, Text
from rasad.values.month import Month
from rasad.values.refused import Refused

ColumnType = Literal["text", "boolean", "date", "integer", "number"]
Value = StrictBool | int | float | date | str


class Column(Form):
    """A column of a source beside those that every source has. `hindi` is its other heading."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    hindi: str = Field(min_length=1)
    type: ColumnType
    required: bool = True


class Otherwise(Form):
    """What becomes of a row that does not meet a condition."""

    outcome: Literal["refused", "in_review"]
    reason: str = Field(pattern=r"^[a-z][a-z_]*$", max_length=40)
    sentence: Text
    # The reason in half a line, as an officer notes it.
    short: Text | None = None


class Condition(Rule):
    """A test on one column. A row without a value in it does not meet the condition, whatever the test."""

    column: str
    test: Literal["is", "is_one_of", "is_present", "at_least", "at_most"]
    value: Value | None = None
    values: tuple[Value, ...] = ()
    otherwise: Otherwise

    @model_validator(mode="after")
    def _has_what_the_test_needs(self) -> Self:
        if (self.value is None) == (self.test in ("is", "at_least", "at_most")):
            raise MisplacedError(
                f"the test {self.test} {'needs a' if self.value is None else 'has no'} `value`", "test"
            )
        if bool(self.values) != (self.test == "is_one_of"):
            raise MisplacedError(
                f"`values` belongs to the test is_one_of and to no other, not to {self.test}", "test"
            )
        return self

    @property
    def wanted(self) -> tuple[Value, ...]:
        """The value or values the test compares with; none for is_present."""
        return self.values if self.value is None else (self.value,)

    def is_met_by(self, row: Mapping[str, object]) -> bool:
        """Whether a row meets the condition. Text is compared as it stands."""
        found = row.get(self.column)
        if found is None or found == "":
            return False
        if self.test == "at_least":
            return found >= self.value  # type: ignore[operator]
        if self.test == "at_most":
            return found <= self.value  # type: ignore[operator]
        return self.test == "is_present" or found in self.wanted


class SchemeSource(Rule):
    """A list of families that may lead to tokens, and the conditions that a row of it must meet, in order."""

    code: Code
    file: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Text
    # Who passes the list on to the officer who issues tokens; none where it comes straight.
    forwarded_by: Text | None = None
    columns: tuple[Column, ...]
    conditions: tuple[Condition, ...]

    @model_validator(mode="after")
    def _conditions_fit_columns(self) -> Self:
        types = {column.name: column.type for column in self.columns}
        if len(types) != len(self.columns):
            raise MisplacedError("two columns have one name", "columns")
        for number, condition in enumerate(self.conditions):
            place = ("conditions", number, "column")
            if condition.column not in types:
                raise MisplacedError(f"the source has no column {condition.column}", *place)
            kind = types[condition.column]
            if condition.test.startswith("at_") and kind not in ("date", "integer", "number"):
                raise MisplacedError(
                    f"{condition.test} needs a date or a number, {condition.column} is {kind}", *place
                )
            if not all(_is_of(kind, value) for value in condition.wanted):
                wrong = ("conditions", number, "values" if condition.values else "value")
                raise MisplacedError(f"{condition.column} is {kind}, the test compares another type", *wrong)
        return self


def _is_of(kind: ColumnType, value: Value) -> bool:
    allowed: dict[ColumnType, tuple[type, ...]] = {
        "text": (str,),
        "boolean": (bool,),
        "date": (date,),
        "integer": (int,),
        "number": (int, float),
    }
    return isinstance(value, allowed[kind]) and (kind == "boolean") == isinstance(value, bool)


class Validity(Rule):
    """The months of the scheme. Without `carry_back` a token's months begin with its month of issue."""

    months: tuple[MonthText, ...] = Field(min_length=1)
    first_day: date = Field(alias="from")
    last_day: date = Field(alias="to")
    carry_back: StrictBool
    # The months as they are spoken of.
    said: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(later <= earlier for earlier, later in pairwise(self.months)):
            raise MisplacedError("write the months in order, each once", "months")
        if not self.months[0].first_day <= self.first_day <= self.months[0].last_day:
            raise MisplacedError(f"the first day lies outside the first month, {self.months[0]}", "from")
        if not self.months[-1].first_day <= self.last_day <= self.months[-1].last_day:
            raise MisplacedError(f"the last day lies outside the last month, {self.months[-1]}", "to")
        return self


class Inheritance(Rule):
    """The category of regular card whose entitlement the token has."""

    category: Code


class Bar(Rule):
    """The categories of living card that no family of a token may be on."""

    categories: tuple[Code, ...]


class Matching(Rule):
    """How sure a probable match must be. Weights are the base-2 logarithm of the odds for a match.

    `refuse_weight` and above: on a free card, probably. From `review_weight` up to it: the grey zone.
    `same_family_weight` and above: two source rows are one family. An identity on more families than
    `shared_identity_limit` says nothing about any of them, as when an operator enters his own number.
    `model`: by figures set once (`fixed`), or by what the run learns from its own files (`learnt`, ADR 25).
    """

    refuse_weight: float
    review_weight: float
    same_family_weight: float
    shared_identity_limit: int = Field(ge=1)
    model: Literal["fixed", "learnt"] = "fixed"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.review_weight > self.refuse_weight:
            raise MisplacedError("a match must be surer to refuse than to be reviewed", "review_weight")
        return self


class GreyZone(Rule):
    """Whether food waits for the answer of a person."""

    rule: Literal["token_and_review", "hold"]


class ShopRule(Rule):
    """How a token comes to its shop, and whose queue it enters when none is found."""

    by: Literal["location"]
    otherwise: Text
    otherwise_short: Text | None = None
    # The words for the fallback, where they stand apart from those for the rule.
    otherwise_source: Quotation | None = None


class Statistic(Rule):
    """A published count: how many tokens there were, at least, on a day."""

    tokens_more_than: int = Field(ge=0)
    as_on: date


class Channel(Rule):
    """A way by which a token reaches its family."""

    code: Code
    name: Text


class Integrations(Rule):
    """The systems that the scheme is joined with, by the names the document gives them."""

    systems: tuple[str, ...]


class Lists(Rule):
    """Whose tokens an officer sees listed."""

    of: Literal["own_district"]


class SchemeFile(Form):
    """A relief scheme as it is written down."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    token: Code
    title: Text
    jurisdiction: str
    helpline: str
    complaint_to: Text
    validity: Validity
    inheritance: Inheritance = Field(alias="inherits")
    bar: Bar = Field(alias="refuses_cards_of")
    sources: tuple[SchemeSource, ...] = Field(min_length=1)
    matching: Matching
    grey_zone: GreyZone
    shop: ShopRule
    statistics: tuple[Statistic, ...] = ()
    channels: tuple[Channel, ...] = ()
    integrations: Integrations | None = None
    lists: Lists | None = None

    @model_validator(mode="after")
    def _known_to_its_state(self) -> Self:
        try:
            law = jurisdiction(self.jurisdiction)
        except Refused as refused:
            if refused.code != "unknown_jurisdiction":
                raise
            raise MisplacedError(f"no State's packs are for {self.jurisdiction}", "jurisdiction") from None
        categories = {row.value for row in law.categories}
        for number, code in enumerate(self.refused_categories):
            if code not in categories:
                place = ("refuses_cards_of", "categories", number)
                raise MisplacedError(f"{self.jurisdiction} has no category {code}", *place)
        if self.inherits not in categories:
            problem = f"{self.jurisdiction} has no category {self.inherits}"
            raise MisplacedError(problem, "inherits", "category")
        if self.helpline not in {row.id for row in law.contacts}:
            raise MisplacedError(f"{self.jurisdiction} has no contact {self.helpline}", "helpline")
        return self

    @model_validator(mode="after")
    def _sources_apart(self) -> Self:
        for field in ("code", "file"):
            seen: set[str] = set()
            for number, source in enumerate(self.sources):
                written = getattr(source, field)
                if written in seen:
                    raise MisplacedError(f"two sources have the {field} {written}", "sources", number, field)
                seen.add(written)
        return self

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of the scheme, in order."""
        return self.validity.months

    @property
    def first_day(self) -> date:
        """The first day a token may be drawn on."""
        return self.validity.first_day

    @property
    def last_day(self) -> date:
        """The last day a token may be drawn on; it expires at its end."""
        return self.validity.last_day

    @property
    def carry_back(self) -> bool:
        """Whether months before the month of issue may still be drawn."""
        return self.validity.carry_back

    @property
    def inherits(self) -> str:
        """The category whose entitlement the token has."""
        return self.inheritance.category

    @property
    def refused_categories(self) -> tuple[str, ...]:
        """A family with a member on a living card of one of these gets no token."""
        return self.bar.categories

    def source(self, code: str) -> SchemeSource:
        """The source of a code. Raises KeyError."""
        return {source.code: source for source in self.sources}[code]


class Scheme(SchemeFile):
    """A relief scheme with what its State's packs add: the State's LGD code and the helpline's numbers."""

    state_code: str
    helpline_numbers: tuple[str, ...]
