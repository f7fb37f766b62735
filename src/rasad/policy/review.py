"""How cards are reviewed: days to answer, the sample of a campaign, the share of real families that stops it."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, read
from rasad.policy.rows import Exact, Row, Text, in_force, refuse_overlaps

NAME = "review.yaml"
# The cards of families below the poverty line, from among whom Antyodaya families are chosen (R-IDN-04).
BPL_CARDS = frozenset({"BPL", "CBPL", "SBPL"})
ANTYODAYA = "AAY"
Figure = Literal["answer_days", "sample_families", "sample_real", "by_hand", "objection_days"]


class ReviewRow(Row):
    """One figure of the review."""

    code: Figure
    value: Exact
    unit: str
    name: Text


class ReviewFile(Form):
    """review.yaml."""

    rows: tuple[ReviewRow, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_answer_a_day(self) -> Self:
        refuse_overlaps(self.rows, [frozenset([row.code]) for row in self.rows], "rows")
        return self


@dataclass(frozen=True)
class Review:
    """The figures of a day: whole days, families, percent, cases."""

    answer_days: int
    sample_families: int
    sample_real: int
    by_hand: int
    objection_days: int


def review(*, on: date) -> Review:
    """How cards are reviewed on a day. Refused: before_first_rule, bad_pack."""
    rows = in_force(_rows(folder_of("IN") / NAME).rows, on=on, subject="review of cards")
    return Review(**{row.code: int(row.value) for row in rows})


@cache
def _rows(path: Path) -> ReviewFile:
    return read(path, ReviewFile)
