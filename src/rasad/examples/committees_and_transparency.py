"""Worked cases of committees, record access, recurring reviews and Annex-II."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rasad.examples.written import exact, rs
from rasad.policy import annex, committees, history, obligations, records
from rasad.values.quantities import Paise, paise
from rasad.values.refused import Refused
from rasad.web.refusals import short

GIVEN = frozenset(
    [
        "by_bodies", "card_attached", "card_holder_since", "card_holders", "chair_since", "jurisdiction",
        "last_review", "paid", "requester", "shop", "shops []", "state", "table", "today", "total",
    ]
)  # fmt: skip
# The only charter with committees and registers of its own, and the one with a fee.
COMMITTEES, FEE = "IN-HP", "IN-HR"
YEARLY = "in.ob.review"
CELLS = {
    "fps": "fps_data_pct",
    "godowns": "godowns_data_pct",
    "cards": "ration_card_data_pct",
    "online_allocation": "online_allocation",
    "supply_chain": "supply_chain_management",
    "portal": "transparency_portal",
    "grievance": "online_grievance_redressal",
    "toll_free": "toll_free_numbers",
}
# What a case counts in Annex-II: the column and what its cells come to.
COUNTS = {
    "fps_100": ("fps", "100"),
    "fps_blank": ("fps", "not_reported"),
    "godowns_100": ("godowns", "100"),
    "godowns_blank": ("godowns", "not_reported"),
    "godowns_na": ("godowns", "not_applicable"),
    "cards_100": ("cards", "100"),
    "cards_blank": ("cards", "not_reported"),
    "alloc_implemented": ("online_allocation", "implemented"),
    "alloc_blank": ("online_allocation", "not_reported"),
    "scm_implemented": ("supply_chain", "implemented"),
    "scm_blank": ("supply_chain", "not_reported"),
    "portal_yes": ("portal", "yes"),
    "griev_yes": ("grievance", "yes"),
    "tollfree_yes": ("toll_free", "yes"),
}


def play(given: Mapping[str, Any]) -> dict[str, Any]:
    """Every answer that can be told from what is given."""
    told = {**_committee(given), **_turns(given), **_review(given)}
    if "state" in given:
        cells = annex.annex_row(str(given["state"]))
        told |= {name: cells[column].text for name, column in CELLS.items()}
    if "table" in given:
        told |= {name: annex.tally(CELLS[column])[stands] for name, (column, stands) in COUNTS.items()}
        told["rows"] = len(annex.annex().rows)
        told["portal_griev_tollfree_all"] = annex.together(
            "yes", *(CELLS[one] for one in ("portal", "grievance", "toll_free"))
        )
    if "by_bodies" in given and "total" in given:
        told["percent"] = str(history.share(exact(given["by_bodies"]), exact(given["total"])))
    if "paid" in given or "requester" in given or "card_attached" in given:
        told |= _access(given)
    return told


def _committee(given: Mapping[str, Any]) -> dict[str, Any]:
    if "card_holders" not in given and "shops" not in given:
        return {}
    area = committees.committee("area", state=str(given.get("jurisdiction", COMMITTEES)))
    if isinstance(given.get("shops"), list):
        return {"valid": [committees.made_up(area, shops=int(one)).is_valid for one in given["shops"]]}
    found = committees.made_up(
        area,
        seats={"card_holder": int(given["card_holders"])} if "card_holders" in given else {},
        shops=int(given["shops"]) if "shops" in given else None,
    )
    return {"valid": found.is_valid, **({"reason": short(found.wrong[0])} if found.wrong else {})}


def _turns(given: Mapping[str, Any]) -> dict[str, Any]:
    area = committees.committee("area", state=COMMITTEES)
    told: dict[str, Any] = {}
    if "card_holder_since" in given:
        until = committees.seat_until(area, "card_holder", since=_day(given["card_holder_since"]))
        told["card_holder_until"] = until.isoformat()
    if "chair_since" in given:
        told["chair_until"] = committees.chair_until(area, since=_day(given["chair_since"])).isoformat()
    untils = [_day(until) for until in told.values()]
    if "today" in given and untils:
        told["overdue"] = _day(given["today"]) >= min(untils)
    return told


def _review(given: Mapping[str, Any]) -> dict[str, Any]:
    """A list reviewed by a day, or a State committee's review where a State or no day is named."""
    if "last_review" not in given:
        return {}
    last = _day(given["last_review"])
    if "jurisdiction" in given or "today" not in given:
        state = str(given.get("jurisdiction", COMMITTEES))
        by = committees.next_review(committees.committee("state", state=state), last=last)
    else:
        by = obligations.next_by(YEARLY, last=last)
    return {"next_by": by.isoformat(), **({"overdue": _day(given["today"]) > by} if "today" in given else {})}


def _access(given: Mapping[str, Any]) -> dict[str, Any]:
    fee = records.records(FEE).access
    told: dict[str, Any] = {"fee": rs(paise(fee.value)) if fee and "card_attached" not in given else "0.00"}
    try:
        if "card_attached" in given:
            state = str(given.get("jurisdiction", COMMITTEES))
            found = records.access_of_holder(state, is_attached=bool(given["card_attached"]))
        else:
            paid = paise(exact(given["paid"])) if "paid" in given else Paise(0)
            found = records.access_for_fee(str(given.get("jurisdiction", FEE)), paid=paid)
    except Refused as refused:
        return told | {"access": "refused", "reason": short(refused)}
    registers = [one.code for one in found.registers]
    return told | {"access": "allowed", "registers": registers, "personal_data": found.personal_data}


def _day(given: object) -> date:
    return date.fromisoformat(str(given))
