"""What a scale or a price is for: categories, commodity, part, area; and whether its State knows them."""

from typing import Any

from pydantic import Field

from rasad.policy.packs import Form, MisplacedError
from rasad.policy.rows import Code


class Applies(Form):
    """What a quantity is for. Rows of another `part` come on top; `members` is for cards of just that size."""

    category: tuple[Code, ...] = Field(min_length=1)
    commodity: Code
    part: Code | None = None
    tribal_area: bool | None = None
    members: int | None = Field(default=None, ge=1)

    @property
    def key(self) -> frozenset[object]:
        """What no two rows may answer for on one day."""
        areas = (True, False) if self.tribal_area is None else (self.tribal_area,)
        thing = (self.commodity, self.part, self.members)
        return frozenset((category, *thing, area) for category in self.category for area in areas)


class PriceApplies(Form):
    """What a price is for: categories, or the price groups that categories belong to."""

    category: tuple[Code, ...] = ()
    price_group: tuple[Code, ...] = ()
    commodity: Code
    part: Code | None = None
    tribal_area: bool | None = None

    @property
    def key(self) -> frozenset[object]:
        """What no two rows may answer for on one day."""
        areas = (True, False) if self.tribal_area is None else (self.tribal_area,)
        whom = [("category", one) for one in self.category] + [("group", one) for one in self.price_group]
        return frozenset((who, self.commodity, self.part, area) for who in whom for area in areas)


def refuse_strangers(applies: Applies | PriceApplies, unit: str, state: dict[str, Any], number: int) -> None:
    """Refuse a row for a category, price group or commodity its State does not name, or in another unit."""
    here = ("rows", number, "applies")
    for category in applies.category:
        if category not in state["categories"]:
            raise MisplacedError(f"no category {category} is written in categories.yaml", *here, "category")
    for group in getattr(applies, "price_group", ()):
        if group not in state["price_groups"]:
            raise MisplacedError(f"no category has the price group {group}", *here, "price_group")
    if applies.commodity not in state["commodities"]:
        problem = f"no commodity {applies.commodity} is written in commodities.yaml"
        raise MisplacedError(problem, *here, "commodity")
    if state["commodities"][applies.commodity] not in unit:
        problem = f"{applies.commodity} is counted in {state['commodities'][applies.commodity]}"
        raise MisplacedError(problem, "rows", number, "unit")
