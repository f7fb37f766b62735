"""What may be shown of a wrong value: little, and never an Aadhaar number, whatever column it stood in."""

import re

from rasad.values import aadhaar

_LONGEST = 60
# Digits of any script, in groups or not.
_LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){11,}")
_SHOWN_DIGITS = 4


def as_seen(column: str, value: str) -> str:
    """A value for the report. In the column for Aadhaar numbers only its last four characters are seen."""
    if column == "aadhaar":
        return "XXXX" + value[-_SHOWN_DIGITS:] if len(value) > 2 * _SHOWN_DIGITS else "X" * len(value)
    seen = _LONG_NUMBER.sub(_masked, value[: 4 * _LONGEST])
    return seen if len(seen) <= _LONGEST else seen[: _LONGEST - 1] + "…"


def holds_aadhaar(text: str) -> bool:
    """Whether an Aadhaar number stands somewhere in a text, in digits of any script, in groups or not."""
    return any(_is_aadhaar(found[0]) for found in _LONG_NUMBER.finditer(text))


def _is_aadhaar(grouped: str) -> bool:
    digits = _digits(grouped)
    return any(aadhaar.is_aadhaar(digits[start : start + 12]) for start in range(len(digits) - 11))


def _masked(found: re.Match[str]) -> str:
    digits = _digits(found[0])
    hidden = "X" * (len(digits) - _SHOWN_DIGITS) + digits[-_SHOWN_DIGITS:]
    return hidden if _is_aadhaar(found[0]) else found[0]


def _digits(grouped: str) -> str:
    return "".join(str(int(sign)) for sign in grouped if sign.isdigit())
