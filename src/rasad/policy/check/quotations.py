"""What the quotations themselves contradict: one limit in two measures, a fact that is let in and kept out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from pathlib import Path

from rasad.policy.check.entries import PackRow
from rasad.policy.check.findings import Finding

# Each unit in the smallest of its kind. 1 hectare = 2.47105 acres.
UNITS: dict[str, tuple[str, Decimal]] = {
    "acre": ("acres", Decimal(1)), "acres": ("acres", Decimal(1)),
    "hectare": ("acres", Decimal("2.47105")), "hectares": ("acres", Decimal("2.47105")),
    "kg": ("grams", Decimal(1000)), "kgs": ("grams", Decimal(1000)), "gram": ("grams", Decimal(1)),
    "grams": ("grams", Decimal(1)), "quintal": ("grams", Decimal(100_000)),
    "second": ("seconds", Decimal(1)), "seconds": ("seconds", Decimal(1)),
    "minute": ("seconds", Decimal(60)), "minutes": ("seconds", Decimal(60)),
    "day": ("days", Decimal(1)), "days": ("days", Decimal(1)),
    "week": ("days", Decimal(7)), "weeks": ("days", Decimal(7)),
    "lakh": ("persons", Decimal(100_000)), "crore": ("persons", Decimal(10_000_000)),
}  # fmt: skip
NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
UNIT = "(" + "|".join(sorted(UNITS, key=len, reverse=True)) + r")\b\.?"
MEASURE = re.compile(rf"{NUMBER}\s*{UNIT}(?:\s*\(\s*(?:i\.e\.?\s*)?{NUMBER}\s*{UNIT}\s*\))?", re.IGNORECASE)
# The words before or after a number that make it a limit, and whether the limit itself is within.
ABOVE = (("more than", False), ("above", False), ("exceeding", False), ("over", False), ("at least", True))
BELOW = (
    ("upto", True),
    ("up to", True),
    ("not more than", True),
    ("at most", True),
    ("less than", False),
    ("below", False),
)
OR_MORE = ("or more", "or above", "and above")


@dataclass(frozen=True)
class Span:
    """From a lower limit to an upper one, none where open, in the smallest unit of its kind."""

    kind: str
    lower: Decimal | None
    lower_within: bool
    upper: Decimal | None
    upper_within: bool

    def meets(self, other: "Span") -> str:
        """The values in both, in words; nothing where there are none."""
        if self.kind != other.kind:
            return ""
        lowers = [(one.lower, not one.lower_within) for one in (self, other) if one.lower is not None]
        uppers = [(one.upper, one.upper_within) for one in (self, other) if one.upper is not None]
        if not lowers or not uppers:
            return ""
        (low, low_open), (high, high_within) = max(lowers), min(uppers)
        if low > high or (low == high and (low_open or not high_within)):
            return ""
        begins = f"{'more than' if low_open else 'from'} {low.normalize():f}"
        return f"{begins} {'up to' if high_within else 'and below'} {high.normalize():f} {self.kind}"


def two_measures(rows: Iterable[PackRow]) -> Iterator[Finding]:
    """A limit that a quotation gives in two measures which are not the same, with every row that quotes it."""
    quoting: dict[tuple[Path, str], list[PackRow]] = defaultdict(list)
    for row in rows:
        quoting[(row.file, row.quotation)].append(row)
    for (_, quotation), group in quoting.items():
        for found in MEASURE.finditer(quotation):
            if not found[3]:
                continue
            (kind, one), (other_kind, other) = _amount(found[1], found[2]), _amount(found[3], found[4])
            if kind == other_kind and one != other:
                said = f"{found[1]} {found[2]} are {one.normalize():f} {kind}, not {other.normalize():f}"
                yield Finding("two_measures", tuple(group), said, measure=f"{abs(one - other).normalize():f}")


def in_and_out(rows: Iterable[PackRow]) -> Iterator[Finding]:
    """A value that the words of one criterion let in and those of another keep out, in the same area."""
    criteria = [row for row in rows if row.name == "eligibility.yaml" and row.quotation and _facts(row)]
    kept_in = [row for row in criteria if str(row.data.get("group", "")).startswith("inclusion")]
    kept_out = [row for row in criteria if row.data.get("group") == "exclusion"]
    for one, other in product(kept_in, kept_out):
        together = one.first_day <= other.last_day and other.first_day <= one.last_day
        if one.data.get("area") != other.data.get("area") or not _facts(one) & _facts(other) or not together:
            continue
        meet = [first.meets(second) for first in spans(one.quotation) for second in spans(other.quotation)]
        if both := next(filter(None, meet), ""):
            yield Finding("in_and_out", (one, other), f"{both} are let in and kept out", measure=both)


def spans(quotation: str) -> list[Span]:
    """The limits that a quotation states, one for each measure it gives them in."""
    found = []
    for measure in MEASURE.finditer(quotation):
        before, after = (
            quotation[: measure.start()].lower().rstrip(),
            quotation[measure.end() :].lower().lstrip(),
        )
        amounts = [_amount(measure[1], measure[2])] + (
            [_amount(measure[3], measure[4])] if measure[3] else []
        )
        for kind, amount in amounts:
            if (within := _limit(before, BELOW)) is not None:
                found.append(Span(kind, None, False, amount, within))
            elif (within := _limit(before, ABOVE)) is not None:
                found.append(Span(kind, amount, within, None, False))
            elif after.startswith(OR_MORE):
                found.append(Span(kind, amount, True, None, False))
    return found


def _limit(before: str, words: Iterable[tuple[str, bool]]) -> bool | None:
    return next((within for word, within in words if before.endswith(word)), None)


def _amount(number: str, unit: str) -> tuple[str, Decimal]:
    kind, factor = UNITS[unit.lower()]
    return kind, Decimal(number.replace(",", "")) * factor


def _facts(row: PackRow) -> frozenset[str]:
    return frozenset(_named(row.data.get("test")))


def _named(test: object) -> Iterator[str]:
    if isinstance(test, Mapping):
        for key, value in test.items():
            if key == "fact":
                yield str(value)
            else:
                yield from _named(value)
    elif isinstance(test, list):
        for one in test:
            yield from _named(one)
