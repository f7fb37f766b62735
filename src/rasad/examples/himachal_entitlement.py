"""Worked cases of Himachal Pradesh: what is due, what may still be taken, and prices against the Union's rules."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rasad.examples.haryana_entitlement import written
from rasad.examples.written import exact, kg, rs
from rasad.policy.entitlements import Entitlement, Line, entitlement
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.lifting import may_sell
from rasad.policy.retail import check_end_price, margin
from rasad.values.measure import Measure
from rasad.values.month import Month
from rasad.values.quantities import Paise, grams, paise
from rasad.values.refused import Refused
from rasad.web.refusals import short

GIVEN = frozenset(
    [
        "already.wheat", "already.atta", "already.rice", "already.soya_refined_oil", "already.mustard_oil",
        "ask.atta", "ask.wheat", "ask.rice", "ask.mustard_oil", "ask.soya_refined_oil",
        "cases []", "cases.[].category", "cases.[].members", "category", "choice",
        "cip.rice_apl", "cip.rice_bpl", "cip.wheat_apl", "cip.wheat_bpl", "commodity", "from",
        "himachal.rice_apl", "himachal.rice_bpl", "himachal.wheat_apl", "himachal.wheat_bpl",
        "jurisdiction", "members", "month", "price", "scope", "tribal_area",
    ]
)  # fmt: skip
HIMACHAL = "IN-HP"
OIL = "hp.oil"
# A case that names no month is about the page as it was last seen.
MONTH_OF_THE_PAGE = "2022-06"
# What a case asks for, by the kinds of commodity it means.
SCOPES = {
    "grain": ("foodgrain",), "foodgrain": ("foodgrain",), "sugar": ("sugar",), "oil": ("oil",),
    "pulses": ("pulses",), "salt": ("salt",),
}  # fmt: skip


def play(given: Mapping[str, Any]) -> dict[str, Any]:
    """Every answer that can be told from what is given."""
    given = _in_our_words(given)
    if "himachal" in given:
        return _margins(given)
    if "price" in given:
        return _price_row(given)
    if "ask" in given:
        return _asked(given)
    try:
        if "cases" in given:
            return _several(given)
        if "category" not in given:
            return _several({**given, "cases": [{"category": one} for one in _one_of_each_price_group()]})
        return _one(given)
    except Refused as refused:
        return {"allowed": False, "reason": short(refused), "tribal_row_applies": False, "lines": []}


def _in_our_words(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """A case with cards in full: one may be named by its category or price group, goods by their kind."""
    law = jurisdiction(HIMACHAL)
    first_of = {row.price_group: row.value for row in reversed(law.categories)}
    told = dict(given)
    if "category" in given:
        told["category"] = first_of.get(given["category"], given["category"])
    if "cases" in given:
        cards = [one if isinstance(one, Mapping) else {"category": one} for one in given["cases"]]
        told["cases"] = [_in_our_words(one) for one in cards]
    if given.get("commodity") in {one.kind for one in law.commodities} - {
        one.code for one in law.commodities
    }:
        told["scope"] = f"{told.pop('commodity')} {given.get('scope', '')}"
    return told


def _one(given: Mapping[str, Any]) -> dict[str, Any]:
    due = _due(given)
    lines = [line for line in due.lines if _is_in_scope(line, given)]
    told: dict[str, Any] = {
        "allowed": True,
        "lines": [written(line) for line in lines],
        "kg": kg(sum(line.quantity for line in lines if line.unit == "kg")),
        "tribal_row_applies": any(".tribal." in reason.row for line in lines for reason in line.reasons),
        "pulses": [rs(line.amount or 0) for line in lines if _kind(line) == "pulses"],
        "salt": [rs(line.amount or 0) for line in lines if _kind(line) == "salt"],
    }
    try:
        told["total"] = rs(Entitlement(due.category, due.members, due.month, tuple(lines)).amount)
    except Refused as refused:
        told |= {"reason": short(refused), "total": "unknown"}
    return told


def _several(given: Mapping[str, Any]) -> dict[str, Any]:
    """Several cards asked about at once: a line is named after its category, sums are one a card."""
    found = [(case, _due({**given, **case})) for case in given["cases"]]
    lines = [
        (case["category"], line) for case, due in found for line in due.lines if _is_in_scope(line, given)
    ]

    def by_card(*kinds: str) -> list[str]:
        return [rs(sum(line.amount or 0 for line in due.lines if _kind(line) in kinds)) for _, due in found]

    asked = _kinds(given)
    totals = by_card(*asked) if asked else by_card("pulses", "salt")
    if "commodity" in given:
        totals = [rs(due.amount) for _, due in found]
    return {
        "allowed": True,
        "lines": [written(line, f"{line.name}_{category.lower()}") for category, line in lines],
        "pulses": by_card("pulses"),
        "salt": by_card("salt"),
        "total": totals,
    }


def _due(given: Mapping[str, Any]) -> Entitlement:
    return entitlement(
        given["category"],
        members=int(given.get("members", 1)),
        month=Month.parse(given.get("month", MONTH_OF_THE_PAGE)),
        state=given.get("jurisdiction", HIMACHAL),
        commodity=given.get("commodity"),
        choice=given.get("choice"),
        tribal_area=bool(given.get("tribal_area", False)),
    )


def _asked(given: Mapping[str, Any]) -> dict[str, Any]:
    try:
        allowed = may_sell(
            given["category"],
            members=int(given.get("members", 1)),
            month=Month.parse(given.get("month", MONTH_OF_THE_PAGE)),
            state=given.get("jurisdiction", HIMACHAL),
            asked={name: grams(exact(quantity)) for name, quantity in given["ask"].items()},
            lifted={name: grams(exact(quantity)) for name, quantity in given.get("already", {}).items()},
            choice=given.get("choice"),
            tribal_area=bool(given.get("tribal_area", False)),
        )
    except Refused as refused:
        told: dict[str, Any] = {"allowed": False, "reason": short(refused)}
        left = refused.facts.get("left")
        if isinstance(left, Measure) and left.unit == "litre":
            told["left_litre"] = str(left.number)
        return told
    told = {"allowed": True, "amount": rs(allowed.amount)}
    if OIL in allowed.left_of_cap:
        told["left_litre"] = kg(allowed.left_of_cap[OIL])
    return told


def _price_row(given: Mapping[str, Any]) -> dict[str, Any]:
    on = date.fromisoformat(given["from"])
    try:
        check_end_price(given["category"], given["commodity"], paise(exact(given["price"])), on=on)
    except Refused as refused:
        return {"accepted": False, "reason": short(refused)}
    return {"accepted": True}


def _margins(given: Mapping[str, Any]) -> dict[str, Any]:
    on = date.fromisoformat(given["from"]) if "from" in given else _first_day(given)
    found = {
        name: margin(
            name.rpartition("_")[2].upper(), issue_price=_money(given["cip"][name]), retail_price=_money(price),
            on=on,
        )
        for name, price in given["himachal"].items()
    }  # fmt: skip
    return {
        "margins": {name: rs(one.per_kg) for name, one in found.items()},
        "warning_50_paise": any(one.warning for one in found.values()),
    }


def _first_day(given: Mapping[str, Any]) -> date:
    return Month.parse(given.get("month", MONTH_OF_THE_PAGE)).first_day


def _money(rupees: Any) -> Paise:
    return paise(exact(rupees))


def _kind(line: Line) -> str:
    return jurisdiction(HIMACHAL).commodity(line.commodity).kind


def _kinds(given: Mapping[str, Any]) -> Sequence[str]:
    scope = str(given.get("scope", ""))
    return [kind for word, kinds in SCOPES.items() if word in scope for kind in kinds]


def _is_in_scope(line: Line, given: Mapping[str, Any]) -> bool:
    kinds = _kinds(given)
    if "state" in str(given.get("scope", "")) and not kinds:
        return line.section == "state"
    return not kinds or _kind(line) in kinds


def _one_of_each_price_group() -> Iterator[str]:
    seen: set[str | None] = set()
    for row in jurisdiction(HIMACHAL).categories:
        if row.price_group not in seen:
            seen.add(row.price_group)
            yield row.value
