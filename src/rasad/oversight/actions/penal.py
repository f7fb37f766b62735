"""Penal action after an order: who is referred for an offence under the Control Order, and what became of it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from rasad.accounts.models import User
from rasad.journal import actions as journal
from rasad.oversight.actions.steps import held, reason
from rasad.oversight.models import Case, PenalReferral
from rasad.values.refused import Refused

# R-BOG-09: an offence under the Order is criminal liability under this Act.
ACT = "Essential Commodities Act, 1955, section 7"


@transaction.atomic
def refer(
    *, case: Case, against: str, name: str, offence: str, referred_to: str, by: User, at: datetime
) -> PenalReferral:
    """Refer a holder, dealer or official. Refused: penal_without_order, surrender_window_open."""
    case, today = held(case), timezone.localdate(at)
    if case.state != Case.State.ORDERED:
        raise Refused("penal_without_order", case=case.number)
    window = case.campaign.surrender_until if case.campaign else None
    if window is not None and today <= window:
        raise Refused("surrender_window_open", until=window)
    made = PenalReferral.objects.create(
        case=case, district_code=case.district_code, against=against, name=name, offence=offence, act=ACT,
        referred_to=referred_to, referred_on=today, by=by.get_username(),
    )  # fmt: skip
    facts: dict[str, object] = {"against": against, "act": ACT}
    journal.write(
        "case.referred", of_kind="case", of_key=case.number, by=by, at=at, reason=offence, facts=facts
    )
    return made


@transaction.atomic
def end_referral(*, referral: PenalReferral, outcome: str, by: User, at: datetime) -> None:
    """Write down what became of a referral; once. Refused: decision_without_reason, already_decided."""
    told = reason(outcome)
    open_ = PenalReferral.objects.filter(pk=referral.pk, outcome="")
    if open_.update(outcome=told, outcome_on=timezone.localdate(at)) != 1:
        raise Refused("already_decided")
    journal.write(
        "case.referral_ended", of_kind="case", of_key=referral.case.number, by=by, at=at, reason=told
    )
