"""What must be done how often and by whom, and when it is overdue."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, read
from rasad.policy.rows import Code, Row, Text
from rasad.policy.spans import Span, after
from rasad.values.refused import Refused

NAME = "obligations.yaml"
Doer = Literal["state", "village_panchayat", "urban_local_body", "vigilance_committee", "womens_shg"]


class Obligation(Row):
    """A duty, its period where the document names one, and how far a permission goes."""

    name: Text
    period: Span | None = None
    by: tuple[Doer, ...] = ()
    max_months: Annotated[int, Field(ge=1)] | None = None
    compulsion: StrictBool | None = None
    instalments: StrictBool | None = None
    applies_to: tuple[Code, ...] = ()
    # The limit in words, for whoever asks for more.
    said: Text | None = None


class ObligationFile(Form):
    """obligations.yaml."""

    rows: tuple[Obligation, ...]


def obligation(id_: str) -> Obligation:
    """A duty by the id of its row. Raises Refused("unknown_obligation")."""
    for row in _obligations(folder_of("IN") / NAME).rows:
        if row.id == id_:
            return row
    raise Refused("unknown_obligation", obligation=id_)


def next_by(id_: str, *, last: date) -> date:
    """By when a recurring duty is due again. Refused: unknown_obligation, obligation_without_period."""
    found = obligation(id_)
    if found.period is None:
        raise Refused("obligation_without_period", obligation=found.name)
    return after(last, found.period)


def is_overdue(id_: str, *, last: date, on: date) -> bool:
    """Whether a recurring duty is late: it may still be done on the day it falls due."""
    return on > next_by(id_, last=last)


@cache
def _obligations(path: Path) -> ObligationFile:
    return read(path, ObligationFile)
