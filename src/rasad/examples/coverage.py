"""Plays cases of coverage: headroom, admission of a family, percentages, a table that does not add up."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rasad.policy import coverage

GIVEN = frozenset(
    [
        "area", "ceiling", "covered", "current", "household_members", "jurisdiction", "rural", "rural []",
        "total", "total []", "urban", "urban []",
    ]
)  # fmt: skip
# The cases give no day: the ceilings are those the document was seen with.
ON = date(2015, 1, 16)
STATE = "IN-HR"


def play(given: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that can be told about coverage from what the case gives."""
    told: dict[str, Any] = {}
    given = {name: _plain(value) for name, value in given.items()}
    state, area = given.get("jurisdiction", STATE), given.get("area", "total")
    areas = {name: given[name] for name in ("rural", "urban", "total") if name in given}
    for name, pair in areas.items():
        if isinstance(pair, list):
            told[f"{name}_percent"] = str(coverage.percent(*(int(one) for one in pair)))
    persons = {name: int(one[0] if isinstance(one, list) else one) for name, one in areas.items()}
    # A case that gives nothing but the State is about its printed table.
    if len(persons) == len(coverage.AREAS) or set(given) == {"jurisdiction"}:
        found = coverage.consistent(**persons) if persons else coverage.printed_table(state, on=ON)
        told |= {"consistent": found.consistent, "sum": found.sum, "difference": found.difference}
        told["resolved_rural"] = found.resolved_rural
    most = int(given["ceiling"]) if "ceiling" in given else None
    covered = given.get("covered", given.get("current"))
    if covered is not None:
        limit = coverage.ceiling(state, area, on=ON).persons if most is None else most
        told["additional"] = coverage.headroom(int(covered), limit)
    if covered is not None and "household_members" in given:
        admission = coverage.admit(
            state=state,
            area=area,
            covered=int(covered),
            members=int(given["household_members"]),
            on=ON,
            most=most,
        )
        told |= {"admit": admission.admit, "place": admission.place, "would_be": admission.would_be}
    return told


def _plain(value: Any) -> Any:
    """A number that may be written with commas, 90,98,000."""
    return value.replace(",", "") if isinstance(value, str) else value
