"""Scales and prices against each other: units of a choice, days without a price, tables that end, fixed prices."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from rasad.policy.check.entries import FOREVER, PackRow
from rasad.policy.check.findings import Finding

DAY = timedelta(days=1)


def choice_units(rows: Iterable[PackRow]) -> Iterator[Finding]:
    """Alternatives that are not counted in one unit."""
    groups: dict[tuple[object, ...], list[PackRow]] = defaultdict(list)
    for row in rows:
        if row.data.get("choice_group"):
            groups[(row.file, row.data["choice_group"])].append(row)
    for (_, name), group in groups.items():
        units = sorted({str(row.data.get("unit")) for row in group})
        if len(units) > 1:
            yield Finding(
                "choice_units", tuple(group), f"the choice {name} is across units: {', '.join(units)}"
            )


def table_ends(rows: Iterable[PackRow]) -> Iterator[Finding]:
    """A printed table by members that ends, while rows per member of the same category know no end."""
    scales = [row for row in rows if row.name == "entitlements.yaml"]
    for row in scales:
        sizes = _sizes(row)
        if not sizes or re.search(rf"\bup\s?to\s+{max(sizes)}\b", row.quotation, re.IGNORECASE):
            continue
        beside = [
            other
            for other in scales
            if "per member" in str(other.data.get("unit"))
            and _commodity(other) == _commodity(row)
            and _categories(other) & _categories(row)
        ]
        if beside:
            largest = max(sizes)
            said = f"the printed table ends at {largest} members; rows per member go on for {largest + 1} and more"
            yield Finding("table_ends", (row, *beside), said, measure=str(largest))


def price_missing(rows: Iterable[PackRow]) -> Iterator[Finding]:
    """Days on which a scale is in force for a category and nothing says its price."""
    rows = list(rows)
    groups = {
        str(row.data.get("value")): row.data.get("price_group")
        for row in rows
        if row.name == "categories.yaml"
    }
    prices = [row for row in rows if row.name == "prices.yaml"]
    for row in rows:
        applies = row.data.get("applies")
        if row.name != "entitlements.yaml" or row.section != "rows" or not isinstance(applies, Mapping):
            continue
        missing: dict[tuple[date, date], list[str]] = defaultdict(list)
        found: dict[str, PackRow] = {}
        for category in sorted(_categories(row)):
            asked = [price for price in prices if _is_for(price, category, groups.get(category), applies)]
            found |= {price.id: price for price in asked}
            for days in _uncovered(row, asked):
                missing[days].append(category)
        for (first, last), categories in missing.items():
            until = "on" if last == FOREVER else f"to {last}"
            said = f"{', '.join(categories)}: no price of {applies.get('commodity')} from {first} {until}"
            yield Finding("price_missing", (row, *found.values()), said, measure=f"{first} {until}")


def fixed_prices(rows: Iterable[PackRow], union: Iterable[PackRow]) -> Iterator[Finding]:
    """A price of a State for Antyodaya that departs from the end price the Union fixes."""
    fixed = [row for row in union if row.name == "retail_rules.yaml" and row.data.get("rule") == "fixed"]
    for row in rows:
        applies = row.data.get("applies")
        if row.name != "prices.yaml" or not isinstance(applies, Mapping) or applies.get("part"):
            continue
        for rule in fixed:
            asked: Mapping[str, Any] = rule.data.get("applies", {})
            same = set(asked.get("category", ())) == {"AAY"} & _categories(row)
            together = row.first_day <= rule.last_day and rule.first_day <= row.last_day
            if same and together and asked.get("commodity") == applies.get("commodity"):
                price, end = row.number("value"), rule.number("value")
                if price != end:
                    what = applies.get("commodity")
                    said = f"the end price of {what} is fixed at Rs {end} per kg, the State says {price}"
                    yield Finding("fixed_price", (row, rule), said, measure=str(price))


def _sizes(row: PackRow) -> list[int]:
    table = row.data.get("table")
    members = table.get("members") if isinstance(table, Mapping) else None
    return [int(size) for size in members] if isinstance(members, Mapping) else []


def _commodity(row: PackRow) -> object:
    applies = row.data.get("applies")
    return applies.get("commodity") if isinstance(applies, Mapping) else None


def _categories(row: PackRow) -> set[str]:
    applies = row.data.get("applies", row.data)
    found = applies.get("category", ()) if isinstance(applies, Mapping) else ()
    return {found} if isinstance(found, str) else set(found or ())


def _is_for(price: PackRow, category: str, group: object, applies: Mapping[str, Any]) -> bool:
    said = price.data.get("applies")
    if not isinstance(said, Mapping):
        return False
    whom = category in _categories(price) or (group is not None and group in said.get("price_group", ()))
    area = said.get("tribal_area") in (None, applies.get("tribal_area"))
    return whom and area and all(said.get(one) == applies.get(one) for one in ("commodity", "part"))


def _uncovered(row: PackRow, prices: list[PackRow]) -> Iterator[tuple[date, date]]:
    day = row.first_day
    for price in sorted(prices, key=lambda one: one.first_day):
        if price.last_day < day:
            continue
        if price.first_day > row.last_day:
            break
        if price.first_day > day:
            yield day, price.first_day - DAY
        if price.last_day == FOREVER:
            return
        day = max(day, price.last_day + DAY)
    if day <= row.last_day:
        yield day, row.last_day
