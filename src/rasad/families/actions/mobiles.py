"""A member's mobile becomes another: a code on the new one, and a code on an old one or a paper an officer saw."""

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction

from rasad import wiring
from rasad.accounts.models import User
from rasad.connectors.sms.client import masked
from rasad.connectors.sms.templates import UnfitMessageError, shortened
from rasad.delivery import citizen
from rasad.families.actions.own import own_card
from rasad.families.models import MobileChange
from rasad.journal import actions as journal
from rasad.policy.department import helplines
from rasad.registry.families import family
from rasad.registry.models import Card, Person
from rasad.values.aadhaar import mask_card
from rasad.values.refused import OutsideError, Refused
from rasad.web.language import active
from rasad.web.templatetags.rasad import day

TEMPLATE = "mobile_changed"
WITHIN_SECONDS = 10.0
Proof = MobileChange.Proof

log = structlog.get_logger(__name__)


def ask_change(
    *, card: Card, line: int, mobile: str, proof: Proof, proof_shown: str, by: User | str, at: datetime
) -> MobileChange:
    """The first step: a code goes to the new number; nothing has changed yet.

    Refused: mobile_unchanged, no_such_member, card_not_living, and as `citizen.send_code`.
    """
    member = family(card.number, on=at.date()).member(line)
    person = Person.objects.get(pk=member.person)
    if person.mobile == mobile:
        raise Refused("mobile_unchanged")
    asked = MobileChange.objects.create(
        card=card, person=person, line=line, mobile=mobile, before=person.mobile, proof=proof,
        proof_shown=proof_shown.strip(), by=by if isinstance(by, str) else by.get_username(), asked_at=at,
    )  # fmt: skip
    citizen.send_code(mobile, at=at, template="card_otp")
    return asked


def finish_change(*, change: MobileChange, code: str, by: User | str, at: datetime) -> MobileChange:
    """The second step: the code of the new number is right, so it stands on the card; the old number is told.

    Refused: mobile_change_over, card_mobile_apart (the old number left the card since), as `citizen.check_code`.
    """
    if change.done_at is not None or at - change.asked_at > citizen.GOOD_FOR:
        raise Refused("mobile_change_over")
    citizen.check_code(change.mobile, code, at=at)
    if (
        change.proof == Proof.OLD_MOBILE
        and own_card(number=change.card.number, mobile=change.proof_shown) is None
    ):
        raise Refused("card_mobile_apart")
    _put(change, by=by, at=at)
    change.refresh_from_db()
    if change.before:
        is_told = _tell(change, at=at)
        MobileChange.objects.filter(pk=change.pk).update(told_old=is_told)
        change.told_old = is_told
    return change


@transaction.atomic
def _put(change: MobileChange, *, by: User | str, at: datetime) -> None:
    if MobileChange.objects.filter(pk=change.pk, done_at=None).update(done_at=at) != 1:
        raise Refused("mobile_change_over")
    # What stood there when it was asked for, or somebody else was faster.
    put = Person.objects.filter(pk=change.person_id, mobile=change.before).update(mobile=change.mobile)
    if put != 1:
        raise Refused("mobile_change_over")
    journal.write(
        "card.mobile_changed",
        of_kind="card",
        of_key=change.card.number,
        by=by,
        at=at,
        reason=change.proof_shown if change.proof == Proof.PAPER else "",
        facts={
            "member": change.line,
            "before": masked(change.before) if change.before else "",
            "now": masked(change.mobile),
            "proof": change.proof,
        },
    )


def _tell(change: MobileChange, *, at: datetime) -> bool:
    """Tell the old number; whether the gateway took the message. Where it did not, the row says so."""
    client = wiring.sms()
    if client is None:
        return False
    template = wiring.sms_templates().template(TEMPLATE, active())
    said = {
        "card": mask_card(change.card.number),
        "day": day(at),
        "helpline": shortened(helplines(settings.STATE, on=at.date())[0].value[0]),
    }
    try:
        client.send(mobile=change.before, template=template, variables=said, within=WITHIN_SECONDS)
    except (OutsideError, UnfitMessageError) as problem:
        log.warning("old_mobile_not_told", card=mask_card(change.card.number), problem=type(problem).__name__)
        return False
    return True
