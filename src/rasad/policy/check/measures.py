"""Measures and limits as quotations write them: 2 hectares (5 acres), upto 5.0 acres, 60 seconds or more."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

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


def spans(quotation: str) -> list[Span]:
    """The limits that a quotation states, one for each measure it gives them in."""
    found = []
    for measure in MEASURE.finditer(quotation):
        before, after = (
            quotation[: measure.start()].lower().rstrip(),
            quotation[measure.end() :].lower().lstrip(),
        )
        amounts = [amount(measure[1], measure[2])] + ([amount(measure[3], measure[4])] if measure[3] else [])
        for kind, number in amounts:
            if (within := _limit(before, BELOW)) is not None:
                found.append(Span(kind, None, False, number, within))
            elif (within := _limit(before, ABOVE)) is not None:
                found.append(Span(kind, number, within, None, False))
            elif after.startswith(OR_MORE):
                found.append(Span(kind, number, True, None, False))
    return found


def _limit(before: str, words: Iterable[tuple[str, bool]]) -> bool | None:
    return next((within for word, within in words if before.endswith(word)), None)


def amount(number: str, unit: str) -> tuple[str, Decimal]:
    """A measure in the smallest unit of its kind, and the kind."""
    kind, factor = UNITS[unit.lower()]
    return kind, Decimal(number.replace(",", "")) * factor
