"""Worked cases of allocation, release, receipt, advance distribution and certificates."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rasad.examples.written import exact, kg, rs
from rasad.policy import programme, supply
from rasad.policy.entitlements import entitlement
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.supply import Cards
from rasad.values.month import Month
from rasad.values.quantities import Grams, grams
from rasad.values.refused import Refused
from rasad.web.refusals import short

GIVEN = frozenset(
    [
        "aay_cards", "cards_issued", "category", "central", "choice", "closing_stock_kg", "closing_stock_t",
        "dispatched_kg", "distributed_t", "estimated_families", "lifted_t", "loss_t", "members", "months",
        "offered_months", "phh_cards_1_3", "phh_cards_4plus", "phh_members_1_3", "phh_members_4plus",
        "project_crore", "received_kg", "requirement_kg", "states", "states []", "wants",
    ]
)  # fmt: skip
# The cases of a shop's requirement are of the page of Himachal Pradesh; a release is by the Centre's 35 kg.
STATE, MONTH = "IN-HP", Month(2022, 6)
OTHER_STATE, OTHER_MONTH = "IN-HR", Month(2015, 1)
LARGER = 4
CARDS = ("aay_cards", "phh_cards_4plus", "phh_cards_1_3")


def play(given: Mapping[str, Any]) -> dict[str, Any]:
    """Every answer that can be told from what is given."""
    told: dict[str, Any] = {}
    if any(name in given for name in CARDS):
        told |= _requirement(given)
    if "requirement_kg" in given:
        stock = _kilograms(given, "closing_stock_kg")
        told["allocation_kg"] = kg(
            supply.allocation(_kilograms(given, "requirement_kg"), closing_stock=stock)
        )
    if "dispatched_kg" in given:
        short_by = supply.shortage(
            dispatched=_kilograms(given, "dispatched_kg"), received=_kilograms(given, "received_kg")
        )
        told |= {"shortage_kg": kg(short_by), "leakage_case": "opened" if short_by else "none"}
    if "cards_issued" in given:
        released = supply.release(int(given["cards_issued"]), state=STATE, month=MONTH)
        told["aay_allocation_kg"] = kg(released)
    if "months" in given or "offered_months" in given or "wants" in given:
        told |= _advance(given)
    if "lifted_t" in given:
        told |= _certificate(given)
    if "central" in given and "states" in given:
        told["total"] = f"{exact(given['central']) + exact(given['states'])}"
    if "project_crore" in given:
        told |= _shares(given)
    return told


def _requirement(given: Mapping[str, Any]) -> dict[str, Any]:
    groups = [
        Cards("AAY", int(given.get("aay_cards", 0)), int(given.get("aay_cards", 0))),
        Cards("PHH", int(given.get("phh_cards_4plus", 0)), int(given.get("phh_members_4plus", 0)), LARGER),
        Cards("PHH", int(given.get("phh_cards_1_3", 0)), int(given.get("phh_members_1_3", 0))),
    ]
    choice = given.get("choice")
    needed = supply.requirement(groups, state=STATE, month=MONTH, choice=choice)
    grain = {what: Grams(quantity) for what, quantity in needed.items()}
    told = {"total_kg": kg(sum(grain.values()))}
    for scheme in ("NFSA", "OTNFSA"):
        for commodity in {"wheat", "rice", choice or "wheat"}:
            told[f"{scheme.lower()}_{commodity}_kg"] = kg(grain.get((scheme, commodity), Grams(0)))
    return told


def _advance(given: Mapping[str, Any]) -> dict[str, Any]:
    offered = int(given.get("months", given.get("offered_months", given.get("wants", 1))))
    try:
        taken, rest = supply.months_taken(offered=offered, wanted=int(given.get("wants", offered)))
    except Refused as refused:
        return {"allowed": False, "reason": short(refused)}
    told: dict[str, Any] = {"allowed": True, "rest": rest}
    if "category" in given:
        state, month = _where(str(given["category"]))
        due = entitlement(
            str(given["category"]), members=int(given.get("members", 1)), month=month, state=state,
            choice=given.get("choice"),
        )  # fmt: skip
        lines = [line for line in due.lines if line.commodity in ("wheat", "atta", "rice")]
        for commodity in ("wheat", "rice"):
            told[f"{commodity}_kg"] = kg(
                taken * sum(one.quantity for one in lines if one.commodity == commodity)
            )
        told["total_kg"] = kg(taken * sum(one.quantity for one in lines))
        told["amount"] = rs(taken * sum(one.amount or 0 for one in lines))
    return told


def _where(category: str) -> tuple[str, Month]:
    """The page that has a category; what both have is of the page of Himachal Pradesh."""
    known = {row.value for row in jurisdiction(STATE).categories}
    return (STATE, MONTH) if category in known else (OTHER_STATE, OTHER_MONTH)


def _certificate(given: Mapping[str, Any]) -> dict[str, Any]:
    sums = {
        "lifted": "lifted_t",
        "distributed": "distributed_t",
        "closing_stock": "closing_stock_t",
        "loss": "loss_t",
    }
    try:
        found = supply.certificate(**{name: exact(given.get(key, 0)) for name, key in sums.items()})
    except Refused as refused:
        unexplained = str(refused.facts["unexplained"])
        return {"certificate": "refused", "unexplained_t": unexplained, "reason": short(refused)}
    return {"certificate": "issued", "certified_t": str(found.certified), "unexplained_t": "0"}


def _shares(given: Mapping[str, Any]) -> dict[str, Any]:
    states = given["states"] if isinstance(given.get("states"), list) else [given.get("states", "other")]
    project = exact(given["project_crore"])
    shares = [programme.cost_share(project, north_east=_is_north_east(str(one))) for one in states]
    return {
        "central": [_like(project, one) for one, _ in shares],
        "state": [_like(project, one) for _, one in shares],
    }


def _is_north_east(state: str) -> bool:
    return state in ("north_east", "NE") or programme.is_north_east(state)


def _like(given: Decimal, number: Decimal) -> str:
    """A number with at least the decimals of the one it is a share of: of 10.00 crore 9.00, of 10 crore 9."""
    plain = Decimal(f"{number.normalize():f}")
    return str(max(plain, plain.quantize(given), key=lambda one: -int(one.as_tuple().exponent)))


def _kilograms(given: Mapping[str, Any], name: str) -> Grams:
    return grams(exact(given.get(name, 0)))
