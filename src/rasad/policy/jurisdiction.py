"""A State as a folder of packs: its categories, quantities, prices, free months and contacts."""

from collections.abc import Sequence
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from pydantic import Field

from rasad.policy.categories import Category, CategoryFile
from rasad.policy.commodities import Commodity, CommodityFile
from rasad.policy.contacts import Contact, ContactFile
from rasad.policy.extras import FestivalExtra, FestivalFile, Override, OverrideFile
from rasad.policy.packs import Form, folders, read
from rasad.policy.price_rows import FreeMonths, FreeMonthsFile, Price, PriceFile
from rasad.policy.retail import end_price_problem
from rasad.policy.rows import Text
from rasad.policy.scales import CapGroup, ChoiceGroup, Quantity, QuantityFile, TopUp
from rasad.values.refused import Refused


class About(Form):
    """Which State a folder is, and whose rules stand behind its own. The Union has no parent and no LGD code."""

    code: str
    name: Text
    parent: str | None = None
    lgd_state: str = Field(default="", pattern=r"^\d*$")
    # The State whose procedure at the counter is followed where this one has published none.
    counter_as_in: str | None = None


class Jurisdiction(Form):
    """Everything one folder says. A folder without a file has no rows of that subject.

    Read once and never changed, so it is told from another by being another: what follows from its rows may be
    remembered for it.
    """

    about: About
    categories: tuple[Category, ...] = ()
    commodities: tuple[Commodity, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    choice_groups: tuple[ChoiceGroup, ...] = ()
    cap_groups: tuple[CapGroup, ...] = ()
    top_ups: tuple[TopUp, ...] = ()
    festival_extras: tuple[FestivalExtra, ...] = ()
    prices: tuple[Price, ...] = ()
    free_months: tuple[FreeMonths, ...] = ()
    overrides: tuple[Override, ...] = ()
    contacts: tuple[Contact, ...] = ()

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    @cached_property
    def quantities_of(self) -> dict[str, tuple[Quantity, ...]]:
        """The rows of each category, in the order of the file."""
        named = {category for row in self.quantities for category in row.applies.category}
        return {one: tuple(row for row in self.quantities if one in row.applies.category) for one in named}

    @cached_property
    def prices_of(self) -> dict[str, tuple[Price, ...]]:
        """The prices of each commodity."""
        named = {row.applies.commodity for row in self.prices}
        return {one: tuple(row for row in self.prices if row.applies.commodity == one) for one in named}

    @cached_property
    def commodity_of(self) -> dict[str, Commodity]:
        """The commodities by their codes."""
        return {one.code: one for one in self.commodities}

    def cap_group(self, name: str) -> CapGroup:
        """A shared cap by its id."""
        return next(one for one in self.cap_groups if one.id == name)

    def commodity_name(self, code: str) -> Text:
        """The name of a commodity in each language."""
        return self.commodity(code).name

    def commodity(self, code: str) -> Commodity:
        """A commodity by its code. Raises KeyError for one that no shop of the State sells."""
        return self.commodity_of[code]

    def contact(self, row: str) -> Contact:
        """The contact of a row id."""
        return next(one for one in self.contacts if one.id == row)


def jurisdiction(code: str) -> Jurisdiction:
    """The rules of a State by its code, IN-HR. Raises Refused("unknown_jurisdiction")."""
    return _jurisdiction(folder_of(code))


@cache
def _jurisdiction(folder: Path) -> Jurisdiction:
    categories = _rows(folder / "categories.yaml", CategoryFile)
    goods = folder / "commodities.yaml"
    commodities = read(goods, CommodityFile).commodities if goods.exists() else ()
    state = {
        "categories": {row.value for row in categories},
        "price_groups": {row.price_group for row in categories},
        "commodities": {one.code: one.counted_in for one in commodities},
        "price_problem": partial(end_price_problem, antyodaya=_antyodaya(categories)),
    }
    scales, festivals = folder / "entitlements.yaml", folder / "festival_extras.yaml"
    due = read(scales, QuantityFile, **state) if scales.exists() else QuantityFile(rows=())
    return Jurisdiction(
        about=_about(folder / "about.yaml"),
        categories=categories,
        commodities=commodities,
        quantities=due.rows,
        choice_groups=due.choice_groups,
        cap_groups=due.cap_groups,
        top_ups=due.top_ups,
        festival_extras=read(festivals, FestivalFile).rows if festivals.exists() else (),
        prices=_rows(folder / "prices.yaml", PriceFile, **state),
        free_months=_rows(folder / "free_months.yaml", FreeMonthsFile),
        overrides=_rows(folder / "overrides.yaml", OverrideFile),
        contacts=_rows(folder / "contacts.yaml", ContactFile),
    )


def _rows(path: Path, form: Any, **context: object) -> Any:
    return read(path, form, **context).rows if path.exists() else ()


def _antyodaya(categories: Sequence[Category]) -> frozenset[str]:
    """The categories that are Antyodaya, or kinds of it."""
    return frozenset(row.value for row in categories if "AAY" in (row.value, row.parent))


def folder_of(code: str) -> Path:
    """The folder of a jurisdiction's packs by its code, IN-HR. Raises Refused("unknown_jurisdiction")."""
    if code not in (found := _folders(folders())):
        raise Refused("unknown_jurisdiction", jurisdiction=code)
    return found[code]


def counter_file(code: str, name: str) -> Path:
    """A State's own file on the counter, else that of the State it follows. Raises Refused("unknown_jurisdiction")."""
    own = folder_of(code)
    followed = _about(own / "about.yaml").counter_as_in
    return own / name if (own / name).exists() or followed is None else folder_of(followed) / name


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
