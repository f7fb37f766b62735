"""A State as a folder of packs: its categories, quantities, prices, free months and contacts."""

from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from rasad.policy.packs import Form, MisplacedError, folders, read
from rasad.policy.rows import Code, Exact, Row, Text, refuse_overlaps
from rasad.values.refused import Refused


class About(Form):
    """Which State a folder is, and whose rules stand behind its own. The Union has no parent and no LGD code."""

    code: str
    name: Text
    parent: str | None = None
    lgd_state: str = Field(default="", pattern=r"^\d*$")


class Category(Row):
    """A kind of card. A category that inherits has no quantities of its own: it follows another's."""

    value: Code
    name: Text
    parent: Code | None = None
    nfsa: bool
    inherits: Code | None = None


class CategoryFile(Form):
    """categories.yaml."""

    rows: tuple[Category, ...]

    @model_validator(mode="after")
    def _known(self) -> Self:
        codes = {row.value for row in self.rows}
        for number, row in enumerate(self.rows):
            for field, other in (("parent", row.parent), ("inherits", row.inherits)):
                if other and other not in codes:
                    raise MisplacedError(
                        f"no category {other} is written in this file", "rows", number, field
                    )
        refuse_overlaps(self.rows, [frozenset([row.value]) for row in self.rows], "rows")
        return self


class Commodity(Form):
    """Something a shop sells, and its name."""

    code: Code
    name: Text


class CommodityFile(Form):
    """commodities.yaml."""

    commodities: tuple[Commodity, ...]


class Applies(Form):
    """What a quantity or a price is for."""

    category: tuple[Code, ...] = Field(min_length=1)
    commodity: Code

    @property
    def key(self) -> frozenset[object]:
        """What no two rows may answer for on one day."""
        return frozenset((category, self.commodity) for category in self.category)


class Quantity(Row):
    """How much of a commodity is due a month, and under which scheme's name it is given."""

    value: Exact
    unit: Literal["kg per card per month", "kg per member per month"]
    applies: Applies
    scheme: Code


class QuantityFile(Form):
    """entitlements.yaml."""

    rows: tuple[Quantity, ...]

    @model_validator(mode="after")
    def _one_answer_a_day(self) -> Self:
        refuse_overlaps(self.rows, [row.applies.key for row in self.rows], "rows")
        return self


class Price(Row):
    """What a kilogram costs at the shop."""

    value: Exact
    unit: Literal["Rs per kg"]
    applies: Applies


class PriceFile(Form):
    """prices.yaml."""

    rows: tuple[Price, ...]

    @model_validator(mode="after")
    def _one_answer_a_day(self) -> Self:
        refuse_overlaps(self.rows, [row.applies.key for row in self.rows], "rows")
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


class Contact(Row):
    """Whom to call: a helpline and its numbers."""

    value: tuple[str, ...] = Field(min_length=1)
    unit: Literal["telephone"]
    name: Text
    toll_free: bool


class ContactFile(Form):
    """contacts.yaml."""

    rows: tuple[Contact, ...]


class Jurisdiction(Form):
    """Everything one State's folder says."""

    about: About
    categories: tuple[Category, ...]
    commodities: tuple[Commodity, ...]
    quantities: tuple[Quantity, ...]
    prices: tuple[Price, ...]
    free_months: tuple[FreeMonths, ...]
    contacts: tuple[Contact, ...]

    def commodity_name(self, code: str) -> Text:
        """The name of a commodity in each language."""
        return next(one.name for one in self.commodities if one.code == code)

    def contact(self, row: str) -> Contact:
        """The contact of a row id."""
        return next(one for one in self.contacts if one.id == row)


def jurisdiction(code: str) -> Jurisdiction:
    """The rules of a State by its code, IN-HR. Raises Refused("unknown_jurisdiction")."""
    return _jurisdiction(folder_of(code))


@cache
def _jurisdiction(folder: Path) -> Jurisdiction:
    return Jurisdiction(
        about=read(folder / "about.yaml", About),
        categories=read(folder / "categories.yaml", CategoryFile).rows,
        commodities=read(folder / "commodities.yaml", CommodityFile).commodities,
        quantities=read(folder / "entitlements.yaml", QuantityFile).rows,
        prices=read(folder / "prices.yaml", PriceFile).rows,
        free_months=read(folder / "free_months.yaml", FreeMonthsFile).rows,
        contacts=read(folder / "contacts.yaml", ContactFile).rows,
    )


def folder_of(code: str) -> Path:
    """The folder of a jurisdiction's packs by its code, IN-HR. Raises Refused("unknown_jurisdiction")."""
    if code not in (found := _folders(folders())):
        raise Refused("unknown_jurisdiction", jurisdiction=code)
    return found[code]


def jurisdictions() -> tuple[About, ...]:
    """Every jurisdiction there is a folder for, the Union first, then by name."""
    told = [_about(folder / "about.yaml") for folder in _folders(folders()).values()]
    return tuple(sorted(told, key=lambda one: (one.parent is not None, one.name.en)))


@cache
def _folders(read_from: tuple[Path, ...]) -> dict[str, Path]:
    # The first of two folders for one jurisdiction counts: those added come before ours.
    found: dict[str, Path] = {}
    for file in (file for folder in read_from for file in sorted(folder.glob("*/about.yaml"))):
        found.setdefault(_about(file).code, file.parent)
    return found


@cache
def _about(file: Path) -> About:
    return read(file, About)
