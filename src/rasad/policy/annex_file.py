"""The form of annex_ii.yaml: each State's cells in the annex's own words, and what the words come to."""

from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from rasad.policy.packs import Form, MisplacedError
from rasad.policy.rows import Quotation, Rule

Status = Literal["none", "not_applicable", "partial", "in_progress", "implemented", "yes"]


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
                if cell is not None and cell not in self.statuses and not percent_of(cell):
                    problem = f"say under `statuses` what {cell!r} comes to"
                    raise MisplacedError(problem, "rows", number, "cells", place)
        return self


def percent_of(text: str) -> int | None:
    """The whole percentage that a cell says; none for any other words."""
    number = text.removesuffix("%")
    return int(number) if text.endswith("%") and number.isdigit() else None
