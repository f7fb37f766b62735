"""Worked cases of cards of other States at a shop."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rasad.examples.written import exact, kg, noted, rs
from rasad.policy import home_sale, visitor
from rasad.policy.entitlements import entitlement
from rasad.policy.jurisdiction import jurisdiction, jurisdictions
from rasad.policy.portability import portability
from rasad.values.month import Month
from rasad.values.quantities import Grams, grams
from rasad.values.refused import Refused
from rasad.web.refusals import short

GIVEN = frozenset(
    [
        "on", "on []", "ask_kg", "biometric", "category", "commodity", "consent", "cycle", "date", "fingers []",
        "full_kg", "home", "home_kg", "home_state", "kg", "members", "mode", "month", "other_state_kg []",
        "portability_kg", "previous", "results []",
    ]
)  # fmt: skip
# The State of the shop: the only one whose order on portability we have.
SHOP = "IN-WB"
# A case without a day is about the month in which the order came into force.
ORDER = "2021-08-03"
GRAMS_A_KG = 1000
# How a case says that a card is of the State of the shop.
OWN = ("same", "own", SHOP)
GRAINS = {"rice", "wheat", "atta", "coarse_grain"}


def play(given: Mapping[str, Any]) -> dict[str, Any]:
    """Every answer that can be told from what is given."""
    told: dict[str, Any] = {}
    if "other_state_kg" in given:
        lifted = sum(grams(exact(one)) for one in _several(given["other_state_kg"]))
        told["additional_allocation_kg"] = kg(lifted)
    if "kg" in given and _is_grain(given):
        on = _day(given.get("date", given.get("on", ORDER)))
        price = visitor.price("PHH", str(given["commodity"]), grams(exact(given["kg"])), on=on)
        told["amount"] = rs(price)
    if "results" in given or "fingers" in given:
        told |= _fingers(given)
    try:
        _may_be_served(given)
    except Refused as refused:
        return told | {"allowed": False, "allowed_kg": "0", "sale": "refused", "reason": short(refused)}
    try:
        full = _full(given)
    except Refused as refused:
        return told | {"allowed": False, "allowed_kg": "0", "sale": "refused", "reason": short(refused)}
    if not told.get("allowed", "results" not in given):
        # No finger matched yet, or the same one was placed again: nothing is sold so far.
        return {"allowed": False, "allowed_kg": "0", "sale": "refused"} | told
    if isinstance(given.get("on"), list):
        answers = [_answer({**given, "on": one}, full) for one in given["on"]]
        return told | {
            "allowed": [one["allowed"] for one in answers],
            "message": answers[-1].get("message", ""),
            "next": next((one["next"] for one in answers if not one["allowed"] and "next" in one), None),
        }
    return _answer(given, full) | told


def _answer(given: Mapping[str, Any], full: Grams) -> dict[str, Any]:
    if full and _is_own(given):
        before = sum(grams(exact(given[one])) for one in ("portability_kg", "home_kg") if one in given)
        asked = grams(exact(given["ask_kg"])) if "ask_kg" in given else full
        found = home_sale.portion(SHOP, full=full, lifted_elsewhere=Grams(before), asked=asked)
        return {"allowed": True, "sale": "allowed", "allowed_kg": kg(found.quantity)}
    if full:
        return _lift(given, full)
    if given.get("previous"):
        # Only the gap is asked about, whatever the entitlement.
        only = _lift(given, Grams(2 * GRAMS_A_KG))
        return {name: only[name] for name in ("allowed", "sale", "next") if name in only}
    return {"allowed": True, "sale": "allowed"}


def _may_be_served(given: Mapping[str, Any]) -> None:
    if _is_own(given):
        home_sale.check_away_mode(SHOP, mode=str(given.get("mode", "biometric")))
        return
    if "category" in given:
        visitor.check_card(SHOP, is_nfsa=_is_nfsa(str(given.get("home", "")), str(given["category"])))
    if "commodity" in given:
        visitor.check_commodity(SHOP, kind="foodgrain" if _is_grain(given) else "other")
    visitor.check_consent(SHOP, is_given=bool(given.get("consent", True)))
    visitor.check_mode(SHOP, mode=str(given.get("mode", "biometric")))
    visitor.check_match(SHOP, is_match=given.get("biometric", "match") in ("match", True))


def _is_own(given: Mapping[str, Any]) -> bool:
    return given.get("home_state", given.get("home")) in OWN


def _lift(given: Mapping[str, Any], full: Grams) -> dict[str, Any]:
    before = sum(grams(exact(given[one])) for one in ("portability_kg", "home_kg") if one in given)
    asked = grams(exact(given["ask_kg"])) if "ask_kg" in given else Grams(full - before)
    previous = _day(given["previous"]) if given.get("previous") else None
    try:
        found = visitor.lift(
            SHOP, full=full, left=Grams(full - before), asked=asked, on=_day(given.get("on", ORDER)),
            previous=previous,
        )  # fmt: skip
    except Refused as refused:
        said = noted(refused)
        from_day = {"next": str(refused.facts["earliest"])} if "earliest" in refused.facts else {}
        refusal = {"allowed": False, "allowed_kg": "0", "sale": "refused", "reason": said, "message": said}
        return refusal | from_day
    then = {"next": found.next.earliest.isoformat(), "second": kg(found.left)}
    message = noted(found.reasons[0])
    return {"allowed": True, "allowed_kg": kg(found.quantity), "sale": "allowed", "message": message, **then}


def _fingers(given: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    fingers = [str(one) for one in given.get("fingers", ())]
    for number, finger in enumerate(fingers):
        try:
            visitor.check_finger(SHOP, cycle=fingers[:number], finger=finger)
        except Refused as refused:
            told = {"allowed": False, "second": "refused", "reason": short(refused), "may_retry": True}
            break
    results = [one in ("match", True) for one in given.get("results", ())]
    if any(results):
        return told | {"sale": "allowed", "allowed": True}
    if visitor.is_cycle_over(SHOP, results=results):
        back = portability(SHOP).biometric.on_cycle_fail.removeprefix("back_to_")
        told |= {"sale": "refused", "allowed": False, "next": back, "may_retry": True}
        try:
            visitor.check_match(SHOP, is_match=False)
        except Refused as refused:
            told |= {"message": short(refused), "reason": short(refused)}
        return told
    return told | ({"next": "another_finger", "may_retry": True} if results else {})


def _full(given: Mapping[str, Any]) -> Grams:
    """The month's entitlement: as given, else by the rules of the home State for its foodgrain."""
    if "full_kg" in given:
        return grams(exact(given["full_kg"]))
    if not {"home", "category", "members"} <= set(given):
        return Grams(0)
    month = Month.parse(str(given["month"])) if "month" in given else Month.of(_day(given.get("on", ORDER)))
    asked = str(given["commodity"]) if "commodity" in given else None
    due = entitlement(
        str(given["category"]), members=int(given["members"]), month=month, state=str(given["home"]),
        commodity=asked,
    )  # fmt: skip
    return Grams(sum(line.quantity for line in due.lines if line.commodity in GRAINS))


def _is_grain(given: Mapping[str, Any]) -> bool:
    return str(given.get("commodity")) in GRAINS


def _is_nfsa(home: str, category: str) -> bool:
    # A case that names no State is about a category as any State has it.
    states = (
        [jurisdiction(home)]
        if home.startswith("IN-")
        else [jurisdiction(one.code) for one in jurisdictions()]
    )
    return any(row.value == category and row.nfsa for state in states for row in state.categories)


def _several(given: Any) -> Sequence[Any]:
    return given if isinstance(given, list) else [given]


def _day(given: object) -> date:
    return date.fromisoformat(str(given))
