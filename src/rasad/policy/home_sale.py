"""The sale to a card tagged to the shop: by which step it is authenticated, and how much may be handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rasad.policy.authentication import Step, WhyNot, authentication, next_step
from rasad.policy.rows import Text
from rasad.values.quantities import Grams, kilograms
from rasad.values.reason import Reason
from rasad.values.refused import Refused

NOTHING = Grams(0)
Code = Literal["right", "otp_wrong", "otp_expired", "otp_not_received", "mobile_not_carried"]


@dataclass(frozen=True)
class Served:
    """Where a visit stands: the step it takes next, or the mode in which the whole family is served.

    A sale without authentication says why, and asks for eKYC; the card is then listed for the office.
    """

    next: Step | None
    mode: Step | None
    why: WhyNot | None = None
    asked: Reason | None = None

    @property
    def is_listed(self) -> bool:
        """Whether the card is on the list of those to be linked."""
        return self.asked is not None


@dataclass(frozen=True)
class Portion:
    """What is handed over, what is left after it, and whom to ask where it was less than expected."""

    quantity: Grams
    left: Grams
    contact: Text | None
    reasons: tuple[Reason, ...]


def check_online(state: str, *, is_online: bool) -> None:
    """Refuse a sale that the server cannot record. Raises Refused("no_sale_offline")."""
    rule = next(row for row in authentication(state).operation if row.mode == "online_only")
    if not is_online:
        facts = {"rule": rule.id, "document": rule.source.file, "quotation": rule.source.quotation}
        raise Refused("no_sale_offline", **facts)


def check_away_mode(state: str, *, mode: str) -> None:
    """Refuse a sale without authentication at another shop of the card's State. Refused("away_unauthenticated")."""
    rule = authentication(state).home.away_in_state
    named = {"otp": "mobile_otp"}.get(mode, mode)
    if named not in rule.modes:
        facts = {"rule": rule.id, "document": rule.source.file, "quotation": rule.source.quotation}
        raise Refused("away_unauthenticated", **facts)


def served(
    state: str,
    *,
    fingers: Sequence[bool] = (),
    code: Code | None = None,
    mobiles: int,
    is_linked: bool = True,
) -> Served:
    """How a home card is served after these tries. Nobody is sent away because authentication failed."""
    if any(fingers):
        return Served(None, "biometric", asked=None if is_linked else _asked(state))
    if code == "right":
        return Served(None, "mobile_otp", asked=None if is_linked else _asked(state))
    failed: list[Step] = ["biometric"] * len(fingers)
    if code is not None:
        failed.append("mobile_otp")
    step = next_step(state, failed=failed, is_linked=is_linked, mobiles=mobiles)
    if step != "unauthenticated":
        return Served(step, None)
    return Served(None, "unauthenticated", code or "no_mobile_seeded", _asked(state))


def portion(
    state: str,
    *,
    full: Grams,
    lifted_here: Grams = NOTHING,
    lifted_elsewhere: Grams = NOTHING,
    asked: Grams,
    where: tuple[date | str, str] | None = None,
) -> Portion:
    """What may be handed over of a commodity: never more than is left. Raises Refused("nothing_left").

    `where`: the day of the lift elsewhere and the shop with its State, as far as the register knows them.
    """
    rule = authentication(state).home.remaining_only
    left = Grams(full - lifted_here - lifted_elsewhere)
    if left <= 0 and asked > 0:
        facts = {"rule": rule.id, "document": rule.source.file, "quotation": rule.source.quotation}
        raise Refused("nothing_left", left=kilograms(Grams(max(0, left))), **facts)
    quantity = Grams(min(asked, left))
    if not lifted_elsewhere:
        return Portion(quantity, Grams(left - quantity), None, ())
    gone = kilograms(lifted_elsewhere)
    if where is None:
        said = rule.because("lifted_elsewhere", quantity=gone)
    else:
        said = rule.because("lifted_at", quantity=gone, on=where[0], shop=where[1])
    return Portion(quantity, Grams(left - quantity), rule.contact, (said,))


def ekyc_is_past(state: str, *, on: date) -> bool:
    """Whether the day for linking cards has passed; no consequence follows from it at the shop."""
    return on > authentication(state).home.ekyc_deadline.value


def _asked(state: str) -> Reason:
    rule = authentication(state).home.ekyc_deadline
    return rule.because("ekyc_asked", by=rule.value)
