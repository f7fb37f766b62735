"""Worked cases of service periods: due days, slips, what is owed when a day has passed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from rasad.policy import deadlines
from rasad.values.refused import Refused
from rasad.web.refusals import short

GROUP = "service_dates"
GIVEN = frozenset(
    [
        "by", "cases []", "days_late", "jurisdiction", "physical_verification", "promised", "proof", "ready",
        "received", "service", "today",
    ]
)  # fmt: skip
# The names that a case uses for services, beside those of the packs.
NAMES = {
    "same_state": "fresh_card_on_surrender_same_state",
    "other_state": "fresh_card_on_surrender_other_state",
    "same_fps": "address_change_same_fps",
    "same_shop": "address_change_same_fps",
    "fps_change": "address_change_with_fps_change",
    "change_of_fps": "address_change_with_fps_change",
    "other_fps": "address_change_with_fps_change",
    "other_shop": "address_change_with_fps_change",
    "change_of_shop": "address_change_with_fps_change",
    "surrender": "surrender_certificate",
    "duplicate": "duplicate_card",
    "member": "member_inclusion_or_deletion",
    "address": "address_change_same_jurisdiction",
    "deletion": "member_deletion",
    "inclusion": "member_inclusion",
    "difficulty": "fps_registration_difficulty",
}
# The answers that a case asks for by a name of its own.
SEPARATELY = {
    "duplicate": "duplicate_card",
    "member": "member_inclusion_or_deletion",
    "address_same_jurisdiction": "address_change_same_jurisdiction",
}
DIFFICULTY = "fps_registration_difficulty"


def play(given: Mapping[str, Any]) -> dict[str, Any]:
    """Every answer about due days that can be told from what is given."""
    state = str(given.get("jurisdiction", "IN-HP" if "promised" in given else "IN-HR"))
    told: dict[str, Any] = {}
    if "received" in given:
        told |= _received(given, state)
    elif "service" in given and deadlines.has_period(_service(given["service"]), state=state):
        told["penalty"] = deadlines.penalty(_service(given["service"]), state=state).en
    if "promised" in given and "service" not in given:
        told["due"] = _day(given["promised"]).isoformat()
    if given.get("ready") is True:
        told |= {"state": "ready", "must_record": []}
    elif "promised" in given:
        told |= _promised(given, state)
    if "days_late" in given:
        told |= _late(int(given["days_late"]), state)
    return told


def _received(given: Mapping[str, Any], state: str) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if "cases" in given:
        told["due"] = [_due(given, state, one).due.isoformat() for one in given["cases"]]
    elif "service" in given or "by" not in given:
        told |= _one(given, state)
    if "by" in given:
        found = _due(given, state, "grievance_acknowledgement")
        told["ack_due"] = found.due.isoformat()
        told["final_due"] = _due(given, state, "grievance_final_reply").due.isoformat()
    for name, service in SEPARATELY.items():
        if deadlines.has_period(service, state=state):
            told[name] = _due(given, state, service).due.isoformat()
    return told


def _one(given: Mapping[str, Any], state: str) -> dict[str, Any]:
    # A case of the shop's difficulty names no service.
    service = given.get("service", DIFFICULTY)
    if not deadlines.has_period(_service(service), state=state):
        return {}
    found = _due(given, state, service)
    told: dict[str, Any] = {"due": found.due.isoformat(), "penalty": found.penalty.en}
    if found.period.must:
        told["must"] = found.period.must.en
    if "today" in given and given.get("ready") is not True:
        told["state"] = found.standing(on=_day(given["today"]))
        if told["state"] == "overdue":
            told["must_record"] = list(deadlines.owed_when_late(state))
            told |= _late(found.days_late(on=_day(given["today"])), state)
    return told


def _promised(given: Mapping[str, Any], state: str) -> dict[str, Any]:
    ready = given.get("ready")
    came = _day(ready) if ready not in (None, False) else None
    last = came or (_day(given["today"]) if "today" in given else None)
    if last is None and ready is None:
        return {}
    # "Not ready" without a day is said of a promised day that is over.
    last = last or _day(given["promised"]) + timedelta(days=1)
    if not deadlines.is_delayed(_day(given["promised"]), ready=came, on=last):
        if came:
            # What is ready is not due any more, on the promised day itself neither.
            return {"state": "on_time", "must_record": []}
        return {"state": deadlines.standing(_day(given["promised"]), on=last), "must_record": []}
    return {"state": "delayed", "must_record": list(deadlines.owed_when_late(state))}


def _late(days: int, state: str) -> dict[str, Any]:
    try:
        deadlines.refuse_without_reason(days_late=days, reason="")
    except Refused as refused:
        return {
            "state": "overdue",
            "cannot_close_without": short(refused),
            "must_record": list(deadlines.owed_when_late(state)),
        }
    return {}


def _due(given: Mapping[str, Any], state: str, service: object) -> deadlines.Due:
    return deadlines.due(
        _service(service),
        received=_day(given["received"]),
        state=state,
        physical_verification=bool(given.get("physical_verification", False)),
        by=given.get("by"),
        proof=bool(given.get("proof", True)),
        promised=_day(given["promised"]) if "promised" in given else None,
    )


def _service(name: object) -> str:
    return NAMES.get(str(name), str(name))


def _day(given: object) -> date:
    return date.fromisoformat(str(given))
