"""Annex-II: how far each State's computerisation had come, in the annex's own words and in seven statuses."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from rasad.policy.annex_file import AnnexFile, Status, percent_of
from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import read
from rasad.values.refused import Refused

NOT_REPORTED = "-"


@dataclass(frozen=True)
class Cell:
    """One cell: what it comes to, and the words of the annex."""

    status: Status | Literal["percent", "not_reported"]
    text: str

    @property
    def percent(self) -> int | None:
        """The whole percentage, where the cell is one."""
        return percent_of(self.text)


def annex_row(state: str) -> dict[str, Cell]:
    """A State's row by the name the annex gives it. Raises Refused("unknown_state_name")."""
    for row in annex().rows:
        if row.state == state:
            return dict(zip(annex().columns, map(_cell, row.cells), strict=True))
    raise Refused("unknown_state_name", state=state)


def tally(column: str) -> Counter[str]:
    """How many States stand where in a column: by status, and `100` for those at a hundred percent."""
    found: Counter[str] = Counter()
    for row in annex().rows:
        cell = annex_row(row.state)[column]
        found[cell.status] += 1
        found["100"] += cell.percent == 100
    return found


def together(status: str, *columns: str) -> int:
    """How many States stand so in every one of these columns."""
    rows = [annex_row(row.state) for row in annex().rows]
    return sum(all(cells[column].status == status for column in columns) for cells in rows)


def annex() -> AnnexFile:
    """The annex as it is written. Raises Refused("bad_pack")."""
    return _annex(folder_of("IN") / "annex_ii.yaml")


def _cell(text: str | None) -> Cell:
    if text is None:
        return Cell("not_reported", NOT_REPORTED)
    return Cell("percent" if percent_of(text) is not None else annex().statuses[text], text)


@cache
def _annex(path: Path) -> AnnexFile:
    return read(path, AnnexFile)
