"""Annex-II: how far each State's computerisation had come, in the annex's own words and in seven statuses."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, MisplacedError, read
from rasad.policy.rows import Quotation, Rule
from rasad.values.refused import Refused

Status = Literal["none", "not_applicable", "partial", "in_progress", "implemented", "yes"]
NOT_REPORTED = "-"


class StateRow(Form):
    """A State's cells, in the order of the columns; none where nothing was reported."""

    state: str
    cells: tuple[str | None, ...]


class AnnexFile(Rule):
    """annex_ii.yaml."""

    as_on: date
    columns: tuple[str, ...]
    statuses: dict[str, Status]
    footnote: Quotation
    rows: tuple[StateRow, ...]

    @model_validator(mode="after")
    def _cells_understood(self) -> Self:
        for number, row in enumerate(self.rows):
            if len(row.cells) != len(self.columns):
                problem = f"{row.state} has {len(row.cells)} cells for {len(self.columns)} columns"
                raise MisplacedError(problem, "rows", number, "cells")
            for place, cell in enumerate(row.cells):
                if cell is not None and cell not in self.statuses and not _percent(cell):
                    problem = f"say under `statuses` what {cell!r} comes to"
                    raise MisplacedError(problem, "rows", number, "cells", place)
        return self


@dataclass(frozen=True)
class Cell:
    """One cell: what it comes to, and the words of the annex."""

    status: Status | Literal["percent", "not_reported"]
    text: str

    @property
    def percent(self) -> int | None:
        """The whole percentage, where the cell is one."""
        return _percent(self.text)


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
    return Cell("percent" if _percent(text) is not None else annex().statuses[text], text)


def _percent(text: str) -> int | None:
    number = text.removesuffix("%")
    return int(number) if text.endswith("%") and number.isdigit() else None


@cache
def _annex(path: Path) -> AnnexFile:
    return read(path, AnnexFile)
