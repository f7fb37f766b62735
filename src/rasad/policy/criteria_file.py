"""The form of eligibility.yaml: the lists of a State's areas, the order they are weighed in, cards under review."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from rasad.policy.criteria import Criterion, refuse_misfits
from rasad.policy.facts import CODE, NAME, Choice, Fact
from rasad.policy.packs import Form, MisplacedError
from rasad.policy.rows import Row, Text, in_force, refuse_overlaps


class Order(Row):
    """In which order the groups of criteria are weighed; the first group that matches decides."""

    value: tuple[str, ...] = Field(min_length=1)


class Group(Row):
    """A group of criteria of an area, under its heading; `{name}` in its sentence is a criterion's name."""

    area: str = Field(pattern=NAME)
    group: str = Field(pattern=NAME)
    sentence: Text


class EligibilityFile(Form):
    """eligibility.yaml."""

    category: str = Field(pattern=CODE)
    areas: tuple[Choice, ...] = Field(min_length=1)
    facts: tuple[Fact, ...] = Field(min_length=1)
    order: tuple[Order, ...] = Field(min_length=1)
    groups: tuple[Group, ...]
    rows: tuple[Criterion, ...] = Field(min_length=1)
    near_limit: tuple[Criterion, ...] = ()
    review: tuple[Criterion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        areas = {one.code for one in self.areas}
        groups = {group for one in self.order for group in one.value}
        headed = {(one.area, one.group) for one in self.groups}
        for number, row in enumerate(self.rows):
            if row.area not in areas:
                raise MisplacedError(f"there is no area {row.area} in this file", "rows", number, "area")
            if row.group not in groups:
                raise MisplacedError(
                    f"the order does not name the group {row.group}", "rows", number, "group"
                )
            if row.sentence is None and (row.area, row.group) not in headed:
                problem = f"{row.code} has no sentence, nor has its group {row.group}"
                raise MisplacedError(problem, "rows", number)
        return self

    @model_validator(mode="after")
    def _tests_fit_facts(self) -> Self:
        for field in ("rows", "near_limit", "review"):
            rows = getattr(self, field)
            refuse_misfits([(row.test, (field, at, "test")) for at, row in enumerate(rows)], self.facts)
        return self

    @model_validator(mode="after")
    def _one_answer_a_day(self) -> Self:
        # An order adds to the open-ended line of its code; it does not take its place.
        keys = [frozenset([(row.area, row.code, row.order or "")]) for row in self.rows]
        refuse_overlaps(self.rows, keys, "rows")
        refuse_overlaps(self.order, [frozenset(["order"]) for _ in self.order], "order")
        refuse_overlaps(self.review, [frozenset(["review"]) for _ in self.review], "review")
        named: set[str] = set()
        for number, row in enumerate(self.rows):
            if row.id in named:
                raise MisplacedError(f"two rows have the id {row.id}", "rows", number, "id")
            named.add(row.id)
        return self

    @model_validator(mode="after")
    def _orders_add_to_open_lines(self) -> Self:
        open_lines = {(row.area, row.code) for row in self.rows if row.open_ended}
        for number, row in enumerate(self.rows):
            if row.order and (row.area, row.code) not in open_lines:
                raise MisplacedError(f"{row.code} is not open-ended: no order can add to it", "rows", number)
            if not row.order and not row.open_ended and (row.area, row.code) in open_lines:
                raise MisplacedError(f"{row.id} adds to {row.code}: name its `order`", "rows", number)
        return self

    def order_on(self, on: date) -> Order:
        """The order of evaluation on a day. Raises Refused("before_first_rule")."""
        return in_force(self.order, on=on, subject="order of evaluation")[0]

    def excludes_first(self, order: Row) -> bool:
        """Whether exclusions are weighed before inclusions."""
        return isinstance(order, Order) and order.value[0] == "exclusion"

    def area_name(self, code: str) -> Text:
        """The name of an area in each language."""
        return next(one.name for one in self.areas if one.code == code)

    def sentence(self, row: Criterion) -> Text:
        """What a criterion says to the family: its own sentence, or its group's with its name."""
        if row.sentence:
            return row.sentence
        said = next(one.sentence for one in self.groups if (one.area, one.group) == (row.area, row.group))
        name = row.name or Text(en=row.code, hi=row.code, bn=row.code)
        return Text(
            en=said.en.replace("{name}", name.en),
            hi=said.hi.replace("{name}", name.hi),
            bn=said.bn.replace("{name}", name.bn),
        )
