"""The cards of a district or a category under a draft of the rules: how many gain, what it weighs, what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

SUMMED = ("gains", "loses", "mixed", "same", "grams_old", "grams_new", "paise_old", "paise_new")


@dataclass(frozen=True)
class Group:
    """One district or category: its cards by effect, kilograms and rupees before and after."""

    name: str
    gains: int
    loses: int
    mixed: int
    same: int
    grams_old: int
    grams_new: int
    paise_old: int
    paise_new: int

    @property
    def grams(self) -> int:
        """How much more grain the State needs in the month; less is below zero."""
        return self.grams_new - self.grams_old

    @property
    def paise(self) -> int:
        """How much more the families pay in the month."""
        return self.paise_new - self.paise_old


def grouped(groups: pa.Table, column: str, names: Mapping[str, str]) -> list[Group]:
    """The groups added up by one of their columns, `district` or `category`, with the names of its codes."""
    found: dict[str, dict[str, int]] = {}
    for row in groups.to_pylist():
        into = found.setdefault(row[column] or "", dict.fromkeys(SUMMED, 0))
        for field in SUMMED:
            into[field] += row[field] or 0
    return [Group(names.get(code, code), **sums) for code, sums in sorted(found.items())]
