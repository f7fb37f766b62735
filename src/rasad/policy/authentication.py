"""How a card holder shows who he is at the shop: the ladder of a card tagged to it, step by step."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from rasad.policy.jurisdiction import counter_file
from rasad.policy.packs import Form, read
from rasad.policy.rows import Row, Text, in_force

NAME = "authentication.yaml"
Step = Literal["biometric", "mobile_otp", "unauthenticated"]
Whole = Annotated[int, Field(ge=1)]
WhyNot = Literal["no_mobile_seeded", "mobile_not_carried", "otp_expired", "otp_wrong", "otp_not_received"]


class Operation(Row):
    """How the e-PoS is run."""

    mode: Literal["online_only"] | None = None
    fetched: tuple[str, ...] = ()
    name: Text


class FingerStep(Row):
    """One finger, and after how many failures the code on a mobile is offered."""

    attempts_before_otp: Whole
    name: Text


class CodeStep(Row):
    """The code on a mobile: its window, who chooses the mobile, who enters the code, wrong entries allowed."""

    window_seconds: Whole
    inclusive: StrictBool
    mobile_choice: Literal["beneficiary"]
    must_carry_mobile: StrictBool
    entered_by: Literal["dealer"]
    wrong_codes: Whole
    name: Text


class UnauthenticatedStep(Row):
    """The sale without authentication, how it is marked, and the reasons recorded."""

    sale: Literal["allowed"]
    marked: Literal["unauthenticated"]
    request_ekyc: StrictBool
    reasons: tuple[WhyNot, ...]
    name: Text


class Serves(Row):
    """For whom one success is enough."""

    value: Literal["whole_family"]
    unit: Literal["scope"]
    name: Text


class EkycDay(Row):
    """By when cards are to be linked with Aadhaar, and what follows from missing it."""

    value: date
    unit: Literal["day"]
    consequence: Literal["none_stated"]
    name: Text


class RemainingOnly(Row):
    """Whom the dealer asks about a balance that is smaller than expected."""

    contact: Text
    name: Text


class Away(Row):
    """A card of the State at another shop of the State: the steps it may take."""

    modes: tuple[Step, ...]
    share_limit: StrictBool
    name: Text


class HomeLadder(Form):
    """The ladder of a card tagged to the shop."""

    card: Literal["tagged_to_this_fps"]
    chain: tuple[Step, ...] = Field(min_length=1)
    biometric: FingerStep
    mobile_otp: CodeStep
    unauthenticated: UnauthenticatedStep
    serves: Serves
    ekyc_deadline: EkycDay
    remaining_only: RemainingOnly
    away_in_state: Away


class AuthenticationFile(Form):
    """authentication.yaml."""

    operation: tuple[Operation, ...]
    home: HomeLadder


def next_step(
    state: str, *, failed: Sequence[Step], is_linked: bool = True, mobiles: int = 1, is_own_shop: bool = True
) -> Step | None:
    """The step a visit takes next, by the failures so far; None where no step is left.

    A card not linked with Aadhaar starts with the code; without a seeded mobile the code falls away. At the
    shop the card is tagged to the last step is always there; at another shop of the State it is not.
    """
    rules = authentication(state).home
    for step in rules.chain:
        if not is_own_shop and step not in rules.away_in_state.modes:
            continue
        if step == "biometric" and is_linked and failed.count(step) < rules.biometric.attempts_before_otp:
            return step
        if step == "mobile_otp" and mobiles and step not in failed:
            return step
        if step == "unauthenticated":
            return step
    return None


def is_in_time(state: str, *, sent: datetime, entered: datetime) -> bool:
    """Whether a code was entered within its window, the last moment included; never before it was sent."""
    step = authentication(state).home.mobile_otp
    seconds = (entered - sent).total_seconds()
    return seconds >= 0 and (
        seconds < step.window_seconds or (step.inclusive and seconds == step.window_seconds)
    )


def operation(state: str, *, on: date) -> tuple[Operation, ...]:
    """How the e-PoS is run on a day. Raises Refused("before_first_rule")."""
    return in_force(authentication(state).operation, on=on, subject="epos")


def authentication(state: str) -> AuthenticationFile:
    """The rules of a State. Raises Refused("unknown_jurisdiction" or "bad_pack")."""
    return _authentication(counter_file(state, NAME))


@cache
def _authentication(path: Path) -> AuthenticationFile:
    return read(path, AuthenticationFile)
