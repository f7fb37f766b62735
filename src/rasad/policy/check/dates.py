"""Rows that answer for one thing: two on one day, none on a day, none any more."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise, product
from typing import Any

from rasad.policy.check.entries import FOREVER, PackRow
from rasad.policy.check.findings import Finding

# What a row says, and not what it is about.
SAYS = frozenset(
    [
        "id", "value", "table", "name", "note", "from", "to", "precision", "basis", "observed", "ambiguity",
        "source", "printed", "percent_printed", "population", "census", "closed_form", "card_total", "over",
        "overrides", "listed", "sentence", "approx", "unit_printed", "split", "split_note", "announced_on",
    ]
)  # fmt: skip
# Files that report what was, so that nothing in them can run out.
REPORTS = frozenset(
    [
        "timeline.yaml", "programme.yaml", "action_plan.yaml", "annex_ii.yaml", "statistics.yaml",
        "allocation.yaml", "overrides.yaml", "resolved.yaml",
    ]
)  # fmt: skip
DAY = timedelta(days=1)


def by_question(rows: Iterable[PackRow]) -> dict[tuple[object, ...], list[PackRow]]:
    """Rows with a number or a table, by what they are about: all they say besides it and its days.

    A row for several categories is among those of each. A row that an `overrides` sets apart stands alone.
    """
    found: dict[tuple[object, ...], list[PackRow]] = defaultdict(list)
    for row in rows:
        if not ("table" in row.data or row.number("value") is not None) or "overrides" in row.data:
            continue
        about = {key: value for key, value in row.data.items() if key not in SAYS}
        if set(about) <= {"unit"}:
            continue
        for one in _one_by_one(about):
            found[(row.file, row.section, one)].append(row)
    return found


def overlaps(rows: Iterable[PackRow]) -> Iterator[Finding]:
    """Two rows that both answer for one thing on one day."""
    told = set()
    for group in by_question(rows).values():
        for one, other in combinations(group, 2):
            first, last = max(one.first_day, other.first_day), min(one.last_day, other.last_day)
            if first <= last and (one.id, other.id) not in told:
                told.add((one.id, other.id))
                until = "on" if last == FOREVER else f"to {last}"
                yield Finding("overlap", (one, other), f"both answer for the same thing from {first} {until}")


def gaps(rows: Iterable[PackRow]) -> Iterator[Finding]:
    """Days between two rows on which none answers."""
    told = set()
    for group in by_question(rows).values():
        for one, other in pairwise(sorted(group, key=lambda row: row.first_day)):
            if one.last_day != FOREVER and one.last_day + DAY < other.first_day and one.id not in told:
                told.add(one.id)
                first, last = one.last_day + DAY, other.first_day - DAY
                yield Finding("gap", (one, other), f"nothing answers from {first} to {last}")


def out_of_force(rows: Iterable[PackRow], *, on: date) -> Iterator[Finding]:
    """Rows past their last day that no later row follows."""
    rows = [row for row in rows if row.name not in REPORTS]
    followed = set()
    for group in by_question(rows).values():
        for one, other in combinations(group, 2):
            followed.add(min(one, other, key=lambda row: row.first_day).id)
    for row in rows:
        if "from" in row.data and row.last_day < on and row.id not in followed:
            yield Finding("out_of_force", (row,), f"past its last day, {row.last_day}, and no row follows it")


def _one_by_one(about: dict[str, Any]) -> Iterator[str]:
    applies = about.get("applies")
    lists = {key: value for key, value in about.items() if isinstance(value, list)}
    if isinstance(applies, dict):
        lists |= {f"applies.{key}": value for key, value in applies.items() if isinstance(value, list)}
    for chosen in product(*lists.values()):
        one = json.loads(json.dumps(about, default=str))
        for key, value in zip(lists, chosen, strict=True):
            part, _, inner = key.partition(".")
            if inner:
                one[part][inner] = value
            else:
                one[part] = value
        yield json.dumps(one, sort_keys=True)
