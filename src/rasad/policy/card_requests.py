"""What a family can ask of the office about a card, what each asks of it, and which period of the charter binds it."""

from datetime import date
from functools import cache
from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator

from rasad.policy.deadlines import has_period
from rasad.policy.documents import documents
from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, read
from rasad.policy.rows import Code, Row, Text, in_force, refuse_overlaps
from rasad.values.refused import Refused

NAME = "card_requests.yaml"
UNION = "IN"


class CardRequest(Row):
    """One thing a family can ask for.

    `periods`: the services of a charter whose days bind it, the first that a State has; none: the slip names the
    day. `asks`: what the form asks beside the applicant. `papers`: one from each group of the State, or any one.
    """

    value: Code
    name: Text
    # What it is for, in a line for the family.
    told: Text
    periods: tuple[Code, ...]
    of_a_card: StrictBool
    asks: tuple[
        Literal["people", "leaving", "place", "shop", "facts", "certificate", "head", "correction", "reason"],
        ...,
    ]
    papers: Literal["groups", "any_one"]
    verification: Literal["always", "if_needed", "never"]
    gives: Literal["card", "certificate", "nothing"]


class Head(Row):
    """Who is head of a family on its card: the eldest woman of an age, where there is one."""

    value: Literal["eldest_woman"]
    from_age: int = Field(ge=0)
    name: Text


class CardRequestFile(Form):
    """card_requests.yaml."""

    rows: tuple[CardRequest, ...] = Field(min_length=1)
    head: tuple[Head, ...] = ()

    @model_validator(mode="after")
    def _one_a_day(self) -> Self:
        refuse_overlaps(self.rows, [frozenset([row.value]) for row in self.rows], "rows")
        return self


def card_requests(*, on: date) -> tuple[CardRequest, ...]:
    """Everything that can be asked for on a day. Refused: before_first_rule."""
    return in_force(_file().rows, on=on, subject="services about a card")


def card_request(code: str, *, on: date) -> CardRequest:
    """One of them. Refused: unknown_service, before_first_rule."""
    for one in card_requests(on=on):
        if one.value == code:
            return one
    known = ", ".join(one.value for one in card_requests(on=on))
    raise Refused("unknown_service", service=code, state=UNION, known=known)


def period_of(service: CardRequest, *, state: str) -> str:
    """The service of the State's charter whose days bind this one; empty where the slip has to name the day."""
    return next((one for one in service.periods if has_period(one, state=state)), "")


def has_groups(state: str) -> bool:
    """Whether a State says which groups of papers an application needs."""
    try:
        return bool(documents(state))
    except Refused:
        return False


def head_rule(*, on: date) -> Head | None:
    """The rule on who is head of a family on a day; None before there was one."""
    return next((row for row in _file().head if row.holds_on(on)), None)


def head_of(people: list[tuple[str, int | None]], *, on: date) -> int | None:
    """Which of these people (sex, age in years or None) is head by the rule; None where no rule names one."""
    rule = head_rule(on=on)
    if rule is None:
        return None
    fit = [
        (age, -place)
        for place, (sex, age) in enumerate(people)
        if sex == "F" and age is not None and age >= rule.from_age
    ]
    return -max(fit)[1] if fit else None


@cache
def _file() -> CardRequestFile:
    return read(folder_of(UNION) / NAME, CardRequestFile)
