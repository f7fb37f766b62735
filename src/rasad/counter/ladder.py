"""Where a visit stands on the ladder, read from its tries and the rules of the State."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rasad import wiring
from rasad.counter.models import Attempt, Kind, Mode, Visit, Why
from rasad.policy import home_sale, portability
from rasad.policy.authentication import Step, authentication, is_in_time, next_step
from rasad.registry.families import Member
from rasad.values.refused import Refused

# A reader that gives nothing usable so often in a row counts as a finger that failed: nobody waits for it for ever.
CAPTURES = 3


@dataclass(frozen=True)
class Standing:
    """What comes next (`next`), or how the family is served (`mode`); neither: no step is left here.

    `sent`: the code that is out, `wrong_left`: how many more wrong entries it bears.
    """

    next: str | None
    mode: str | None
    member: int | None = None
    why: str = ""
    ekyc_asked: bool = False
    reference: str = ""
    sent: Attempt | None = None
    wrong_left: int = 0
    fingers_tried: tuple[str, ...] = ()


def standing(visit: Visit, *, members: Sequence[Member]) -> Standing:
    """Where a visit stands after its tries so far."""
    attempts = list(visit.attempts.all())
    if visit.kind == Kind.VISITOR:
        return _visitor(attempts)
    state = wiring.state_code()
    matched = next((one for one in attempts if one.outcome in ("matched", "right")), None)
    may_finger = [one for one in members if one.is_linked and one.is_validated]
    mobiles = sum(one.has_mobile for one in members)
    unlinked = any(not (one.is_linked and one.is_validated) for one in members)
    if matched is not None:
        mode = Mode.BIOMETRIC if matched.step == Attempt.Step.BIOMETRIC else Mode.MOBILE_OTP
        return Standing(None, mode, matched.member, ekyc_asked=unlinked, reference=matched.reference)
    failed: list[Step] = ["biometric"] * failed_fingers(attempts)
    gone_without = next((one for one in attempts if one.step == Attempt.Step.DECLINED), None)
    sent = next((one for one in reversed(attempts) if one.step == Attempt.Step.OTP_SENT), None)
    if gone_without is not None:
        failed.append("mobile_otp")
    own = visit.kind != Kind.AWAY
    step = next_step(
        state,
        failed=failed,
        is_linked=bool(may_finger),
        mobiles=mobiles,
        is_own_shop=own,
    )
    if step == "unauthenticated":
        why = gone_without.outcome if gone_without else Why.NO_MOBILE_SEEDED
        return Standing(None, Mode.UNAUTHENTICATED, why=why, ekyc_asked=True)
    wrong = [one for one in attempts if sent and one.number > sent.number and one.outcome == Why.OTP_WRONG]
    allowed = authentication(state).home.mobile_otp.wrong_codes
    return Standing(step, None, sent=sent, wrong_left=max(allowed - len(wrong), 0), ekyc_asked=unlinked)


def failed_fingers(attempts: Sequence[Attempt]) -> int:
    """Fingers that failed. What was badly captured is captured again, up to a number of times."""
    tries = [one for one in attempts if one.step == Attempt.Step.BIOMETRIC]
    badly = sum(one.outcome == "capture_again" for one in tries)
    return sum(one.outcome not in ("matched", "capture_again") for one in tries) + badly // CAPTURES


def cycle(attempts: Sequence[Attempt], state: str) -> tuple[str, ...]:
    """The fingers tried in the running cycle of a visitor; only a finger that did not match uses up a try."""
    tried = [one.finger for one in attempts if one.outcome == "mismatch"]
    size = portability.portability(state).biometric.fingers_per_cycle
    return tuple(tried[len(tried) // size * size :])


def _visitor(attempts: Sequence[Attempt]) -> Standing:
    matched = next((one for one in attempts if one.outcome == "matched"), None)
    if matched is not None:
        return Standing(None, Mode.BIOMETRIC, matched.member, reference=matched.reference)
    return Standing("biometric", None, fingers_tried=cycle(attempts, wiring.state_code()))


def check_in_time(sent: Attempt, *, entered: datetime) -> bool:
    """Whether a code comes within its window, by the server's clock."""
    return is_in_time(wiring.state_code(), sent=sent.at, entered=entered)


def check_served(visit: Visit, now: Standing) -> None:
    """Let a visit pass that is through its ladder. Refused: authenticate_first, away_unauthenticated."""
    if now.mode is not None:
        return
    if now.next is None:
        check_away()
    raise Refused("authenticate_first", step=now.next or "")


def check_away() -> None:
    """Refuse a sale without authentication away from the card's own shop. Raises Refused("away_unauthenticated")."""
    home_sale.check_away_mode(wiring.state_code(), mode="unauthenticated")
