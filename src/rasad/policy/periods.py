"""The form of service_periods.yaml: how many days a request may take, and who answers for it."""

from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, MisplacedError, read
from rasad.policy.rows import Code, Exact, Row, Rule, Text, refuse_overlaps

NAME = "service_periods.yaml"


class Request(Form):
    """Which requests a period is for: services, and the circumstance that makes it another period."""

    service: tuple[Code, ...] = Field(min_length=1)
    physical_verification: Literal[True] | None = None
    by: Literal["counter", "post"] | None = None

    @property
    def key(self) -> frozenset[object]:
        """What no two rows may answer for on one day."""
        return frozenset((one, self.physical_verification, self.by) for one in self.service)


class Period(Row):
    """The days one service may take; none where the slip of the acknowledgement names the day."""

    value: Exact | None
    unit: Literal["days"]
    applies: Request
    name: Text
    officer: Text | None
    complaint_authority: Text | None
    # None is "not specified" in the document, and is shown so: it is not a penalty of nil.
    penalty: Text | None
    on_slip: StrictBool = False
    needs_proof: StrictBool = False
    must: Text | None = None

    @model_validator(mode="after")
    def _days_or_slip(self) -> Self:
        if (self.value is None) != self.on_slip:
            raise MisplacedError(
                "a period has a number of days, or its day is on the slip, not both", "value"
            )
        if self.value is not None and self.value != int(self.value):
            raise MisplacedError(f"{self.value} is no whole number of days", "value")
        return self


class Counting(Rule):
    """How days are counted from the day of receipt."""

    day_count: Literal["calendar_days_after_receipt"]
    # Whether a day on which the offices are closed is left out when days are counted.
    moved_by_holidays: StrictBool


class Authority(Rule):
    """The office as the document prints it."""

    printed: str
    name: Text


class SlipRules(Form):
    """What the acknowledgement promises, under which condition, and what is owed when the day passes."""

    date_on_slip: Rule
    condition: Text
    when_late: tuple[Literal["reasons", "likely_date"], ...]
    when_late_rule: Rule


class PeriodFile(Form):
    """service_periods.yaml."""

    counting: Counting
    penalty_not_named: Text
    authority: Authority | None = None
    slip: SlipRules | None = None
    rows: tuple[Period, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_answer_a_day(self) -> Self:
        refuse_overlaps(self.rows, [row.applies.key for row in self.rows], "rows")
        return self


def periods_of(state: str) -> PeriodFile:
    """The periods of a State by its code. Raises Refused("unknown_jurisdiction" or "bad_pack")."""
    return _read(folder_of(state) / NAME)


@cache
def _read(path: Path) -> PeriodFile:
    return read(path, PeriodFile)
