"""A draft of the rules against the rules in force, as tables, CSV files and one page to print or send on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rasad.policy.jurisdiction import jurisdiction
from rasad.portal.groups import Group, grouped
from rasad.values.month import Month
from rasad.values.refused import Refused
from rasad.web.charts import Bar, Part, bars
from rasad.web.language import active
from rasad.web.templatetags.rasad import indian

if TYPE_CHECKING:
    import pyarrow as pa

    from rasad.pipelines.entitlements.difference import Difference

STYLES = ("rasad/rasad.css", "rasad/parts.css", "portal/portal.css")


def page(
    found: Difference, *, state: str, month: Month, districts: Mapping[str, str], old: Path, new: Path
) -> str:
    """The whole comparison as one HTML file that needs nothing beside it."""
    law = jurisdiction(state)
    categories = {one.value: f"{one.name.in_language(active())} ({one.value})" for one in law.categories}
    by_category = grouped(found.groups, "category", categories)
    context = {
        "state": law.about.name.in_language(active()),
        "month": month,
        "old": old,
        "new": new,
        "by_category": by_category,
        "by_district": grouped(found.groups, "district", districts),
        "goods": _goods(found.goods, state),
        "cards": {name: found.cards(name) for name in ("gains", "loses", "mixed", "same")},
        "price_unknown": sum(found.groups["price_unknown"].to_pylist()),
        "forgotten": sum(found.groups["forgotten"].to_pylist()),
        "effects": _effects(by_category),
        "styles": mark_safe("\n".join(_style(name) for name in STYLES)),
    }
    return render_to_string("portal/difference.html", context)


def _style(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str)
    return Path(found).read_text(encoding="utf-8")


def _effects(groups: list[Group]) -> Any:
    """Bars of cards that gain, change both ways, and lose, by category."""
    drawn = [
        Bar(
            one.name,
            (Part("good", one.gains), Part("wait", one.mixed), Part("bad", one.loses)),
            indian(one.gains + one.mixed + one.loses),
        )
        for one in groups
        if one.gains + one.mixed + one.loses
    ]
    if not drawn:
        return ""
    said = "; ".join(f"{one.name}: +{one.gains}, ±{one.mixed}, −{one.loses}" for one in groups)
    return bars(drawn, title=_("Cards that change, by category"), description=said)


def _goods(goods: pa.Table, state: str) -> list[dict[str, Any]]:
    """Each commodity of the State before and after."""
    found: dict[str, dict[str, Any]] = {}
    for row in goods.to_pylist():
        into = found.setdefault(
            row["commodity"],
            {"unit": row["unit"], "old": 0, "new": 0, "paise_old": 0, "paise_new": 0},
        )
        into["old"] += row["quantity_old"]
        into["new"] += row["quantity_new"]
        into["paise_old"] += row["amount_old"]
        into["paise_new"] += row["amount_new"]
    return [
        {"name": _commodity(state, code), **sums, "more": sums["new"] - sums["old"]}
        for code, sums in sorted(found.items())
    ]


def _commodity(state: str, code: str) -> str:
    try:
        return jurisdiction(state).commodity_name(code).in_language(active())
    except (Refused, StopIteration):
        return code
