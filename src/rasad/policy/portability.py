"""Cards of other States at a shop: who may lift, how much at a time, and from which day again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from rasad.policy.jurisdiction import counter_file
from rasad.policy.packs import Form, read
from rasad.policy.rows import Exact, Row, Text
from rasad.values.month import Month
from rasad.values.quantities import Grams

NAME = "portability.yaml"
Whole = Annotated[int, Field(ge=1)]


class Menu(Row):
    """Where the dealer finds it on the device."""

    path: tuple[str, ...] = Field(min_length=1)
    name: Text


class Identify(Row):
    """By which numbers a visitor is found."""

    by: tuple[Literal["ration_card_number", "aadhaar_number"], ...]
    name: Text


class Consent(Row):
    """Whether the visitor must agree to the use of Aadhaar."""

    required: StrictBool
    name: Text


class Fingers(Row):
    """How many fingers a cycle has, and what follows a cycle without a match."""

    fingers_per_cycle: Whole
    distinct_fingers: StrictBool
    on_cycle_fail: Literal["back_to_previous_screen"]
    cycles: Literal["unlimited"]
    name: Text


class OnlyMode(Row):
    """Whether a code or a sale without authentication is ever allowed."""

    otp_allowed: StrictBool
    unauthenticated_allowed: StrictBool
    name: Text


class Lift(Row):
    """The share of the full entitlement that one lift may take, and the days before the next."""

    value: Exact
    unit: Literal["percent of the full family entitlement"]
    min_gap_days: Whole
    name: Text


class Replenishment(Row):
    """When shops get back what they gave to other States' cards."""

    when: Literal["subsequently"]
    name: Text


class Eligible(Row):
    """Which cards may lift outside their State."""

    nfsa: StrictBool
    aadhaar_linked: StrictBool
    aadhaar_validated: StrictBool
    name: Text


class Display(Row):
    """What every shop pastes up."""

    name: Text


class PortabilityFile(Form):
    """portability.yaml."""

    card: Literal["nfsa_card_of_another_state"]
    menu: Menu
    identify: Identify
    consent: Consent
    biometric: Fingers
    only_mode: OnlyMode
    lift: Lift
    replenishment: Replenishment
    eligible: Eligible
    display: Display


@dataclass(frozen=True)
class NextLift:
    """When the rest may be lifted: at another shop from a day on, if the month still has it; else only at home."""

    earliest: date
    until: date

    @property
    def is_this_month(self) -> bool:
        """Whether the gap ends within the month of the entitlement."""
        return self.earliest <= self.until


def allowed(state: str, *, full: Grams, left: Grams, asked: Grams) -> Grams:
    """How much of a commodity one lift may take: never more than asked, than is left, than the share of the full
    entitlement, which is cut to the gram."""
    share = portability(state).lift.value / 100
    cap = int((Decimal(full) * share).to_integral_value(ROUND_DOWN))
    return Grams(max(0, min(cap, left, asked)))


def next_lift(state: str, *, lifted: date) -> NextLift:
    """When the rest may be lifted after a lift on a day: that day plus the gap, and not after the month."""
    gap = timedelta(days=portability(state).lift.min_gap_days)
    return NextLift(lifted + gap, Month.of(lifted).last_day)


def may_try(state: str, *, cycle: Sequence[str], finger: str) -> bool:
    """Whether a finger may be tried now: within one cycle each finger once, and no more than the cycle has."""
    rules = portability(state).biometric
    if len(cycle) >= rules.fingers_per_cycle:
        return False
    return not (rules.distinct_fingers and finger in cycle)


def portability(state: str) -> PortabilityFile:
    """The rules of the State of the shop. Raises Refused("unknown_jurisdiction" or "bad_pack")."""
    return _portability(counter_file(state, NAME))


@cache
def _portability(path: Path) -> PortabilityFile:
    return read(path, PortabilityFile)
