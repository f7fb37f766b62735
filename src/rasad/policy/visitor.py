"""A card of another State at a shop: whether it is served, how much of a grain, at which price, and what then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rasad.policy.history import due_under_act
from rasad.policy.portability import Lift, NextLift, allowed, may_try, next_lift, portability
from rasad.policy.rows import Row
from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise, amount, kilograms
from rasad.values.reason import Reason
from rasad.values.refused import Refused


@dataclass(frozen=True)
class Lifted:
    """What one lift gives, what is left for the month after it, when that may be had, and the words for it."""

    quantity: Grams
    left: Grams
    next: NextLift
    reasons: tuple[Reason, ...]


def check_card(state: str, *, is_nfsa: bool, is_linked: bool = True, is_validated: bool = True) -> None:
    """Refuse a card that cannot travel, saying which condition it misses.

    Refused: portability_not_nfsa, portability_not_linked, portability_not_validated.
    """
    rule = portability(state).eligible
    if rule.nfsa and not is_nfsa:
        raise Refused("portability_not_nfsa", **_facts(rule))
    if rule.aadhaar_linked and not is_linked:
        raise Refused("portability_not_linked", **_facts(rule))
    if rule.aadhaar_validated and not is_validated:
        raise Refused("portability_not_validated", **_facts(rule))


def check_commodity(state: str, *, kind: str) -> None:
    """Refuse what does not travel: only foodgrain does. Raises Refused("portability_only_foodgrain")."""
    if kind != "foodgrain":
        raise Refused("portability_only_foodgrain", **_facts(portability(state).lift))


def check_consent(state: str, *, is_given: bool) -> None:
    """Stop where the visitor does not agree to the use of Aadhaar. Raises Refused("aadhaar_consent_missing")."""
    rule = portability(state).consent
    if rule.required and not is_given:
        raise Refused("aadhaar_consent_missing", **_facts(rule))


def check_mode(state: str, *, mode: str) -> None:
    """Refuse every mode but the finger. Raises Refused("portability_only_biometric")."""
    rule = portability(state).only_mode
    barred = {"otp": not rule.otp_allowed, "mobile_otp": not rule.otp_allowed}
    if barred.get(mode, mode != "biometric" and not rule.unauthenticated_allowed):
        raise Refused("portability_only_biometric", **_facts(rule))


def check_match(state: str, *, is_match: bool) -> None:
    """Refuse all foodgrain to a visitor whose finger did not match. Raises Refused("portability_not_matched")."""
    if not is_match:
        raise Refused("portability_not_matched", **_facts(portability(state).biometric))


def check_finger(state: str, *, cycle: Sequence[str], finger: str) -> None:
    """Refuse a finger that was tried in this cycle. Raises Refused("finger_tried" or "cycle_over")."""
    rule = portability(state).biometric
    if len(cycle) >= rule.fingers_per_cycle:
        raise Refused("cycle_over", fingers=rule.fingers_per_cycle, **_facts(rule))
    if not may_try(state, cycle=cycle, finger=finger):
        raise Refused("finger_tried", finger=finger, fingers=rule.fingers_per_cycle, **_facts(rule))


def is_cycle_over(state: str, *, results: Sequence[bool]) -> bool:
    """Whether a cycle ended without a match: the device goes back to the screen before, and may start again."""
    return len(results) >= portability(state).biometric.fingers_per_cycle and not any(results)


def lift(
    state: str, *, full: Grams, left: Grams, asked: Grams, on: date, previous: date | None = None
) -> Lifted:
    """One lift of a grain on a day, after an earlier one of the month at any shop of another State.

    Refused: nothing_left when the month's grain is gone; portability_gap with the earliest day and what may be had
    then; portability_month_ends where the gap does not end within the month. A lift of another month bars nothing.
    """
    rule = portability(state).lift
    quantity = allowed(state, full=full, left=left, asked=asked)
    if left <= 0:
        raise Refused("nothing_left", left=kilograms(Grams(max(0, left))), **_facts(rule))
    if previous and Month.of(previous) == Month.of(on):
        _check_gap(rule, next_lift(state, lifted=previous), on=on, previous=previous, quantity=quantity)
    rest, then = Grams(left - quantity), next_lift(state, lifted=on)
    facts = {"share": rule.value, "left": kilograms(rest), "earliest": then.earliest, "until": then.until}
    if not rest:
        said = rule.because("lift_all", **facts)
    else:
        said = rule.because("lift_part" if then.is_this_month else "lift_last_of_month", **facts)
    return Lifted(quantity, rest, then, (said,))


def _check_gap(rule: Lift, then: NextLift, *, on: date, previous: date, quantity: Grams) -> None:
    if on >= then.earliest:
        return
    facts = {"earliest": then.earliest, "days": rule.min_gap_days, **_facts(rule)}
    if not then.is_this_month:
        raise Refused("portability_month_ends", lifted=previous, until=then.until, **facts)
    raise Refused("portability_gap", quantity=kilograms(quantity), **facts)


def price(category: str, commodity: str, quantity: Grams, *, on: date) -> Paise:
    """What a visitor pays: the price of the Act, whatever either State charges. Raises Refused("not_under_act")."""
    return amount(quantity, due_under_act(category, members=1, on=on).prices[commodity])


def prices(category: str, *, on: date) -> dict[str, Paise]:
    """The price of each grain for a visitor, paise a kg: those of the Act. Raises Refused("not_under_act")."""
    return dict(due_under_act(category, members=1, on=on).prices)


def _facts(row: Row) -> dict[str, object]:
    return {"rule": row.id, "document": row.source.file, "quotation": row.source.quotation}
