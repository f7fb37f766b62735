"""Worked cases of the Distress Ration Token."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rasad.examples.written import kg
from rasad.policy import relief
from rasad.values.month import Month
from rasad.values.refused import Refused
from rasad.web.refusals import short

GIVEN = frozenset(
    [
        "on", "assigned_shop", "card", "district", "forwarded", "generated", "list_of", "location.shop_known",
        "location.ward", "member_on_card", "members", "month", "option", "presented_at", "role", "shop_known",
        "source", "sources []", "token", "unit_committee_found", "verified_by_district_administration",
    ]
)  # fmt: skip
SCHEME = "drt_2020"
# What a case calls a column of a source.
COLUMNS = {
    "card": "card_category",
    "verified_by_district_administration": "verified",
    "option": "ration_option",
    "forwarded": "forwarded",
}
# A source that a case does not say more about is one whose conditions are met.
MET = {"card_category": "APL", "verified": True, "ration_option": "ration", "forwarded": True}
NO_CARD = ("none", "", None)


def play(given: Mapping[str, Any]) -> dict[str, Any]:
    """Every answer about tokens that can be told from what is given."""
    told: dict[str, Any] = {}
    if "source" in given or "sources" in given or "member_on_card" in given:
        told |= _issue(given)
        if not told["token"]:
            return told
    if "generated" in given or told.get("token"):
        told |= _months(given)
    if "shop_known" in given or "location" in given:
        told |= _shop(given)
    if "presented_at" in given or ("on" in given and "token" in given):
        told |= _draw(given)
    if "unit_committee_found" in given:
        found = bool(given["unit_committee_found"])
        told |= {
            "channels": list(relief.channels(relief.scheme(SCHEME), committee_found=found)),
            "link": found,
        }
    if "list_of" in given:
        told |= _list(given)
    if "members" in given and "entitlement" not in told:
        told |= _wheat(given, Month.parse(str(given["month"])) if "month" in given else None)
    return told


def _issue(given: Mapping[str, Any]) -> dict[str, Any]:
    """Whether a token is issued: the source's conditions first, then the check against living cards."""
    scheme = relief.scheme(SCHEME)
    sources = list(given.get("sources", [given["source"]] if "source" in given else []))
    row = {**MET, **{column: given[name] for name, column in COLUMNS.items() if name in given}}
    for name in ("card", "member_on_card"):
        # A free card bars the family whatever the list says of it.
        try:
            relief.check_not_barred(scheme, "" if given.get(name) in NO_CARD else str(given[name]))
        except Refused as refused:
            return {"token": False, "tokens": 0, "state": "rejected", "reason": short(refused)}
    for source in sources:
        if (found := relief.screen(scheme, str(source), row)) is not None:
            said = found.condition.otherwise
            state = "waiting_forward" if found.outcome == "in_review" else "rejected"
            return {"token": False, "tokens": 0, "state": state, "reason": (said.short or said.sentence).en}
    return {"token": True, "tokens": 1, **({"second": "already issued"} if len(sources) > 1 else {})}


def _months(given: Mapping[str, Any]) -> dict[str, Any]:
    scheme = relief.scheme(SCHEME)
    generated = _day(given.get("generated", given.get("on", scheme.first_day)))
    try:
        months = relief.months_for(scheme, generated)
    except Refused:
        return {"token": False, "months": [], **_wheat({"members": 1}, Month.of(generated))}
    told: dict[str, Any] = {"months": [str(month) for month in months]}
    if "month" in given:
        try:
            relief.check_month(scheme, issued_on=generated, month=Month.parse(str(given["month"])))
            told["allowed"] = True
        except Refused as refused:
            told |= {"allowed": False, "reason": short(refused)}
    return told | (_wheat(given, months[0]) if "members" in given else {})


def _list(given: Mapping[str, Any]) -> dict[str, Any]:
    try:
        own, other = str(given.get("district", "")), str(given["list_of"])
        relief.check_may_list(relief.scheme(SCHEME), district=own, list_of=other)
    except Refused as refused:
        return {"allowed": False, "reason": short(refused)}
    return {"allowed": True}


def _shop(given: Mapping[str, Any]) -> dict[str, Any]:
    known = given["shop_known"] if "shop_known" in given else given["location"].get("shop_known", False)
    found = relief.completion(relief.scheme(SCHEME), "known" if known else None)
    if found.queue is None:
        return {"state": found.state, "shop": "assigned_automatically"}
    brief = relief.scheme(SCHEME).shop.otherwise_short or found.queue
    return {"state": found.state, "queue": brief.en, "shop": "none"}


def _draw(given: Mapping[str, Any]) -> dict[str, Any]:
    scheme = relief.scheme(SCHEME)
    assigned = str(given.get("assigned_shop", given.get("presented_at", "S1")))
    on = _day(given.get("on", scheme.first_day))
    months = relief.months_for(scheme, _day(given.get("generated", scheme.first_day)))
    told: dict[str, Any] = {"state": relief.state_on(scheme, "in_use", on=on)}
    try:
        shop = str(given.get("presented_at", assigned))
        relief.draw(scheme, months=months, assigned_shop=assigned, shop=shop, on=on)
    except Refused as refused:
        return told | {"allowed": False, "reason": short(refused)}
    return told | {"allowed": True}


def _wheat(given: Mapping[str, Any], month: Month | None) -> dict[str, Any]:
    scheme = relief.scheme(SCHEME)
    try:
        due = relief.due(scheme, members=int(given["members"]), month=month or scheme.months[0])
    except Refused as refused:
        return {"allowed": False, "reason": short(refused)}
    wheat = kg(sum(line.quantity for line in due.lines if line.commodity == "wheat"))
    return {"wheat_kg_per_month": wheat, "entitlement": {"wheat_kg_per_month": wheat}}


def _day(given: object) -> date:
    return date.fromisoformat(str(given))
