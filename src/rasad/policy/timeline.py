"""The history of public distribution: what happened when, which programme ruled on a day, and where it worked."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import read
from rasad.policy.rows import in_force
from rasad.policy.timeline_file import Area, Event, TimelineFile
from rasad.values.reason import Reason
from rasad.values.refused import Refused

NAME = "timeline.yaml"


def timeline() -> tuple[Event, ...]:
    """Every event of the Union's history, in the order of the document's days."""
    return _timeline(folder_of("IN") / NAME).events


def scheme_on(on: date) -> tuple[Event, tuple[Reason, ...]]:
    """The programme that ruled on a day, the latest begun of those that lasted, and the row that says so.

    Raises Refused("before_first_rule") for a day before the earliest the document dates.
    """
    events = timeline()
    first = min(event.first_day for event in events if event.first_day)
    if on < first:
        raise Refused("before_first_rule", subject="programme", on=on, first_day=first)
    ruled = [event for event in events if event.programme and event.holds_on(on)]
    found = max(ruled, key=lambda event: event.first_day or date.min)
    facts = {"programme": found.name, "on": on}
    return found, (found.reason("programme_ruled", found.id, **facts),)


def programmes_on(on: date) -> tuple[Event, ...]:
    """Every programme that lasted on a day, the one that ruled first: TPDS goes on under the Act."""
    ruled = [event for event in timeline() if event.programme and event.holds_on(on)]
    return tuple(sorted(ruled, key=lambda event: event.first_day or date.min, reverse=True))


def areas(kind: Literal["areas", "special_areas", "features"], *, on: date) -> Sequence[Area]:
    """The area programmes, the special areas or the features of RPDS in force on a day."""
    found: Sequence[Area] = getattr(_timeline(folder_of("IN") / NAME), kind)
    return in_force(found, on=on, subject=kind)


@cache
def _timeline(path: Path) -> TimelineFile:
    return read(path, TimelineFile)
