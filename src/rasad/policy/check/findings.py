"""What a check found, and whether it was settled."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from pydantic import Field

from rasad.policy.check.entries import PackRow
from rasad.policy.packs import Form, read

Kind = Literal[
    "bad_form", "unread_file", "overlap", "gap", "out_of_force", "two_measures", "in_and_out", "sum", "percent",
    "fixed_price", "choice_units", "price_missing", "table_ends", "card_total",
]  # fmt: skip
RESOLVED = "resolved.yaml"


@dataclass(frozen=True)
class Finding:
    """Something wrong: what kind, in which rows, in words; `measure` is how much, where that can be said."""

    kind: Kind
    rows: tuple[PackRow, ...]
    problem: str
    measure: str = ""
    # For a file without rows that can be read: where it is, and what to do.
    file: Path | None = None
    line: int = 0
    advice: str = ""
    resolved: dict[str, str] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """The rows by their ids."""
        return tuple(row.id for row in self.rows)

    @property
    def places(self) -> tuple[str, ...]:
        """File and line of each row, or of the file itself."""
        if not self.rows:
            return (f"{self.file}:{self.line}",)
        return tuple(f"{row.file}:{row.line}" for row in self.rows)


class Settled(Form):
    """A finding that was thought through: exactly these rows, exactly this measure, and how it was settled."""

    kind: Kind
    rows: tuple[str, ...] = Field(min_length=1)
    measure: str = ""
    because: dict[str, str] = Field(min_length=1)


class ResolvedFile(Form):
    """resolved.yaml."""

    rows: tuple[Settled, ...]


def settle(findings: Iterable[Finding], folder: Path) -> tuple[list[Finding], list[Settled]]:
    """The findings, those that the folder's file settles marked so; and what it settles that is not there."""
    path = folder / RESOLVED
    settled = {
        (one.kind, frozenset(one.rows), one.measure): one
        for one in (read(path, ResolvedFile).rows if path.is_file() else ())
    }
    found = []
    for finding in findings:
        one = settled.pop((finding.kind, frozenset(finding.ids), finding.measure), None)
        found.append(replace(finding, resolved=one.because) if one else finding)
    return found, list(settled.values())
