"""The tries of a visit: finger, code, going on without. Each is written down; what was captured or typed never is."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest, digest
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language

from rasad import wiring
from rasad.connectors.aadhaar.captured import Captured
from rasad.connectors.aadhaar.codes import leads_to
from rasad.counter import ladder
from rasad.counter.models import Attempt, Kind, Visit, Why
from rasad.counter.visitors import check_consented
from rasad.counter.visitors import token_of as visitor_token
from rasad.policy import visitor
from rasad.policy.authentication import authentication
from rasad.registry import vault
from rasad.registry.families import Member, family
from rasad.registry.models import Person
from rasad.relief.models import TokenMember
from rasad.values.refused import OutsideError, Refused

# How long a family waits for another system before the ladder goes on.
WITHIN_SECONDS = 10.0
DIGITS = 6
FINGERS = (
    "RIGHT_THUMB", "RIGHT_INDEX", "RIGHT_MIDDLE", "RIGHT_RING", "RIGHT_LITTLE",
    "LEFT_THUMB", "LEFT_INDEX", "LEFT_MIDDLE", "LEFT_RING", "LEFT_LITTLE",
)  # fmt: skip

log = structlog.get_logger()


def note(visit: Visit, step: str, outcome: str, *, at: datetime, **told: object) -> Attempt:
    """Write a try down under the next number; two at once become two."""
    with transaction.atomic():
        Visit.objects.select_for_update().get(pk=visit.pk)
        last = visit.attempts.aggregate(last=Max("number"))["last"] or 0
        return Attempt.objects.create(visit=visit, number=last + 1, step=step, outcome=outcome, at=at, **told)


def try_finger(
    visit: Visit, *, members: Sequence[Member], member: int, finger: str, captured: Captured, at: datetime
) -> Attempt:
    """Ask Aadhaar whether a captured finger is a member's. Whatever it answers, the visit goes on.

    Refused: finger_unknown, not_this_step, no_such_member, member_not_linked; for visitors also finger_tried,
    aadhaar_consent_missing, home_state_unreachable.
    """
    check_finger(visit, members=members, member=member, finger=finger)
    outcome, code, action, reference = _asked(visit, member, captured)
    # What UIDAI says is kept as far as it fits: a code nobody knows must stop no family.
    return note(
        visit, Attempt.Step.BIOMETRIC, outcome, at=at, member=member, finger=finger, code=code[:8],
        action=action[:8], reference=reference[:80],
    )  # fmt: skip


def check_finger(visit: Visit, *, members: Sequence[Member], member: int, finger: str) -> None:
    """Whether this finger of this member is what the visit needs now. Refused as `try_finger`."""
    if finger not in FINGERS:
        raise Refused("finger_unknown", finger=finger)
    now = ladder.standing(visit, members=members)
    if now.next != "biometric":
        raise Refused("not_this_step", step="biometric")
    known = {one.line: one for one in members}
    if member not in known:
        raise Refused("no_such_member", line=member)
    if not (known[member].is_linked and known[member].is_validated):
        raise Refused("member_not_linked", line=member)
    if visit.kind == Kind.VISITOR:
        check_consented(visit)
        visitor.check_finger(wiring.state_code(), cycle=now.fingers_tried, finger=finger)


def _asked(visit: Visit, member: int, captured: Captured) -> tuple[str, str, str, str]:
    """Outcome, code, action and reference of one call, made outside any transaction."""
    client = wiring.aadhaar()
    if client is None:
        return "try_later", "", "", ""
    try:
        number = _number(visit, member)
    except (Refused, vault.SealBrokenError) as fault:
        if visit.kind == Kind.VISITOR:
            raise
        log.error("vault_gave_no_number", visit=str(visit.pk), member=member, problem=str(fault))
        return "our_fault", "", "", ""
    try:
        answer = client.authenticate(
            uid_or_ref=number,
            txn=transaction_id(visit),
            captured=captured,
            consent=True,
            within=WITHIN_SECONDS,
        )
    except OutsideError:
        return "try_later", "", "", ""
    # A signed "y" is the only yes, whatever the code beside it.
    outcome = "matched" if answer.is_match else str(leads_to(answer.code or "NA"))
    return outcome, answer.code, answer.action, answer.reference


def transaction_id(visit: Visit) -> str:
    """The transaction of a call to Aadhaar: it tells the visit to us and nothing to others."""
    count = visit.attempts.count() + 1
    return f"{visit.pk.hex}{count:03d}"


def _number(visit: Visit, line: int) -> str:
    """What stands for the member at UIDAI, read for this one call and kept nowhere."""
    if visit.kind == Kind.VISITOR:
        return visitor_token(visit, line)
    if visit.kind == Kind.TOKEN:
        ref = TokenMember.objects.values_list("aadhaar_ref", flat=True).get(
            token__number=visit.holder, line=line
        )
    else:
        ref = Person.objects.values_list("aadhaar_ref", flat=True).get(pk=_person(visit, line))
    return vault.number_for_authentication(ref=bytes(ref or b""))


def _person(visit: Visit, line: int) -> int:
    return family(visit.holder, on=visit.opened_at.astimezone(wiring.INDIA).date()).member(line).person


def skip_finger(visit: Visit, *, members: Sequence[Member], why: str, at: datetime) -> Attempt:
    """Go on where no finger can be read: no reader, or no hand to read. At home only, where nobody is sent away.

    Refused: not_this_step, portability_only_biometric.
    """
    if visit.kind == Kind.VISITOR:
        visitor.check_mode(wiring.state_code(), mode="mobile_otp")
    if ladder.standing(visit, members=members).next != "biometric":
        raise Refused("not_this_step", step="biometric")
    return note(visit, Attempt.Step.BIOMETRIC, "not_read", at=at, code=why[:8])


def send_code(visit: Visit, *, members: Sequence[Member], member: int, at: datetime) -> Attempt:
    """Send a code to the mobile of the member the family chose. A new code ends the one before.

    Refused: portability_only_biometric, not_this_step, no_such_member, no_mobile_seeded_on. A gateway that does
    not answer is written down, and the visit goes on.
    """
    if visit.kind == Kind.VISITOR:
        visitor.check_mode(wiring.state_code(), mode="mobile_otp")
    if ladder.standing(visit, members=members).next != "mobile_otp":
        raise Refused("not_this_step", step="mobile_otp")
    chosen = {one.line: one for one in members}.get(member)
    if chosen is None:
        raise Refused("no_such_member", line=member)
    if not chosen.has_mobile:
        raise Refused("no_mobile_seeded_on", line=member)
    masked = f"XXXXXX{chosen.mobile_end}"
    number = (visit.attempts.aggregate(last=Max("number"))["last"] or 0) + 1
    if not _delivered(visit, chosen, number):
        return note(visit, Attempt.Step.OTP_FAILED, "not_sent", at=at, member=member, mobile=masked)
    # The window begins when the gateway has taken the message, not when it was asked to.
    return note(visit, Attempt.Step.OTP_SENT, "sent", at=wiring.now(), member=member, mobile=masked)


def _delivered(visit: Visit, chosen: Member, number: int) -> bool:
    client = wiring.sms()
    if client is None:
        return False
    template = wiring.sms_templates().template("shop_otp", get_language() or "en")
    told = {"code": code_for(visit.pk, number), "shop": visit.shop.name[:30]}
    try:
        client.send(mobile=_mobile(visit, chosen), template=template, variables=told, within=WITHIN_SECONDS)
    except OutsideError:
        return False
    return True


def _mobile(visit: Visit, member: Member) -> str:
    if visit.kind == Kind.TOKEN:
        from rasad.relief.models import Token

        return str(Token.objects.values_list("mobile", flat=True).get(number=visit.holder))
    return str(Person.objects.values_list("mobile", flat=True).get(pk=member.person))


def code_for(visit: UUID, number: int) -> str:
    """The code of a sending: it follows from the visit and the server's secret, so that it is stored nowhere."""
    seed = digest(
        settings.PASS_KEY, sha256(b"otp" + visit.bytes + number.to_bytes(2, "big")).digest(), "sha256"
    )
    return f"{int.from_bytes(seed[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def enter_code(visit: Visit, *, members: Sequence[Member], code: str, at: datetime) -> Attempt:
    """Check a code that the family told the dealer: right, otp_wrong or otp_expired, and written down as such.

    Refused: not_this_step, no_code_sent, code_used_up (after so many wrong entries a new one is needed).
    """
    with transaction.atomic():
        # One entry after the other: whoever guesses from many devices at once has no more tries.
        Visit.objects.select_for_update().get(pk=visit.pk)
        now = ladder.standing(visit, members=members)
        if now.next != "mobile_otp":
            raise Refused("not_this_step", step="mobile_otp")
        if now.sent is None:
            raise Refused("no_code_sent")
        if now.wrong_left == 0:
            raise Refused(
                "code_used_up", entries=authentication(wiring.state_code()).home.mobile_otp.wrong_codes
            )
        is_right = compare_digest(code.strip().encode(), code_for(visit.pk, now.sent.number).encode())
        outcome = "right" if is_right else str(Why.OTP_WRONG)
        if not ladder.check_in_time(now.sent, entered=at):
            outcome = str(Why.OTP_EXPIRED)
        return note(visit, Attempt.Step.MOBILE_OTP, outcome, at=at, member=now.sent.member)


def go_without(visit: Visit, *, members: Sequence[Member], why: str, at: datetime) -> Attempt:
    """Serve a family without authentication, for a reason that the visit bears out. Refused: not_this_step,
    why_unknown, portability_only_biometric, away_unauthenticated."""
    if visit.kind == Kind.VISITOR:
        visitor.check_mode(wiring.state_code(), mode="unauthenticated")
    if visit.kind == Kind.AWAY:
        ladder.check_away()
    if ladder.standing(visit, members=members).next != "mobile_otp":
        raise Refused("not_this_step", step="unauthenticated")
    happened = set(visit.attempts.values_list("outcome", flat=True))
    possible = {Why.MOBILE_NOT_CARRIED, Why.OTP_NOT_RECEIVED} | (happened & {Why.OTP_WRONG, Why.OTP_EXPIRED})
    if why not in possible:
        raise Refused("why_unknown", why=why, possible=", ".join(sorted(possible)))
    return note(visit, Attempt.Step.DECLINED, why, at=at)
