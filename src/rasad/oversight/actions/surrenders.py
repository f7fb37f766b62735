"""A family gives its card up in a campaign: one act, from its proof to the application with its slip.

Nothing ends here. The application ends the card when two officers have decided it, as every other does.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from rasad import wiring
from rasad.accounts.models import User
from rasad.applications.actions.register import register
from rasad.applications.asked import Asked, Taken
from rasad.applications.models import Application
from rasad.applications.sealing import Sheet
from rasad.delivery import citizen, texts
from rasad.journal import actions as journal
from rasad.oversight import moves
from rasad.oversight.actions.cases import Said, add_evidence
from rasad.oversight.models import Campaign, Case, Surrender, Suspicion
from rasad.oversight.queries.campaigns import TAKES_SURRENDERS
from rasad.policy.card_requests import card_request, period_of
from rasad.registry.models import Card, Membership
from rasad.values.aadhaar import mask_card
from rasad.values.refused import Refused

SERVICE = "surrender_certificate"
GIVEN_UP = "surrendered"
Proof = Surrender.Proof


@dataclass(frozen=True)
class GivenUp:
    """Who gives the card up, and by what that is shown: a statement, with its picture if there is one, or a code."""

    line: int
    proof: str
    statement: str = ""
    picture: bytes = b""
    code: str = ""
    promised_on: date | None = None


def send_code(*, campaign: Campaign, card: Card, at: datetime) -> str:
    """Send a code to the card's telephone; its last digits. Refused: as `refuse_closed`, no_telephone_on_card, and as
    `delivery.citizen.send_code`.
    """
    refuse_closed(campaign, card, on=timezone.localdate(at))
    mobile = telephone(card, on=timezone.localdate(at))
    citizen.send_code(mobile, at=at)
    return mobile[-4:]


def give_up(
    *, campaign: Campaign, card: Card, told: GivenUp, by: User, office: str, at: datetime
) -> Surrender:
    """Write down that the family gives its card up, and open the application for it, filled in.

    Refused: as `refuse_closed`, no_such_member, statement_needed, no_telephone_on_card, and as `citizen.check_code` and
    `applications.register`.
    """
    day = timezone.localdate(at)
    refuse_closed(campaign, card, on=day)
    who = _member(card, told.line, on=day)
    shown = told.statement.strip()[:120]
    if told.proof == Proof.CODE:
        mobile = telephone(card, on=day)
        # Outside of the transaction below: a wrong try stays counted.
        citizen.check_code(mobile, told.code, at=at)
        shown = f"…{mobile[-4:]}"
    elif not shown:
        raise Refused("statement_needed")
    return _opened(campaign, card, told, who=who, shown=shown, by=by, office=office, at=at)


def refuse_closed(campaign: Campaign, card: Card, *, on: date) -> None:
    """Let a card be given up in an open campaign of its district only, and within its days.

    Refused: campaign_not_so_far, surrender_is_over, card_of_another_campaign, card_not_living.
    """
    if campaign.state not in TAKES_SURRENDERS:
        raise Refused("campaign_not_so_far", campaign=campaign.title, state=campaign.get_state_display())
    if campaign.surrender_until is not None and on > campaign.surrender_until:
        raise Refused("surrender_is_over", until=campaign.surrender_until)
    if campaign.district_code not in ("", card.household.district_code):
        raise Refused("card_of_another_campaign", campaign=campaign.title)
    if on not in card.during:
        raise Refused("card_not_living", card=card.number, on=card.during.upper or on)


def telephone(card: Card, *, on: date) -> str:
    """A telephone of a living member, the head's before others. Refused: no_telephone_on_card."""
    living = Membership.objects.filter(household=card.household_id, during__contains=on)
    told = living.order_by("-is_head", "line").values_list("person__mobile", flat=True)
    found = next((one for one in told if texts.is_mobile(one)), "")
    if not found:
        raise Refused("no_telephone_on_card", card=mask_card(card.number))
    return found


def needs_day(*, on: date) -> bool:
    """Whether the office writes the promised day itself, because no charter has one."""
    return not period_of(card_request(SERVICE, on=on), state=wiring.state_code())


def _member(card: Card, line: int, *, on: date) -> str:
    held = Membership.objects.filter(household=card.household_id, line=line, during__contains=on)
    found = held.values_list("person__name", flat=True).first()
    if found is None:
        raise Refused("no_such_member", line=line)
    return found


@transaction.atomic
def _opened(
    campaign: Campaign,
    card: Card,
    told: GivenUp,
    *,
    who: str,
    shown: str,
    by: User,
    office: str,
    at: datetime,
) -> Surrender:
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    refuse_closed(held, card, on=timezone.localdate(at))
    proof = str(Proof(told.proof).label)
    asked = Asked(
        service=SERVICE, applicant=who, district=card.household.district_code, card=card,
        mobile=_mobile_or_none(card, on=timezone.localdate(at)), promised_on=told.promised_on,
        wants={"reason": f"{held.title}, {held.order_number}"[:300], "campaign": held.pk},
        papers=(Sheet("statement", f"{proof}: {shown}"[:120], told.picture),),
    )  # fmt: skip
    taken = Taken(Application.Channel.COUNTER, by.get_username(), office[:160])
    application = register(asked, taken=taken, at=at)
    made = Surrender.objects.create(
        campaign=held, card=card, application=application, who=who, proof=told.proof, shown=shown,
        by=by.get_username(), at=at,
    )  # fmt: skip
    # No notice to who has given the card up; a case that is open learns of it.
    held.suspicions.filter(card=card, dropped="", case=None).update(dropped=GIVEN_UP)
    for case in Case.objects.filter(card=card, state__in=moves.OPEN):
        add_evidence(case=case, said=Said(who, f"{proof}: {application.number}", at.date()), by=by, at=at)
    facts: dict[str, object] = {
        "card": mask_card(card.number),
        "application": application.number,
        "proof": told.proof,
    }
    journal.write("campaign.given_up", of_kind="campaign", of_key=str(held.pk), by=by, at=at, facts=facts)
    return made


def _mobile_or_none(card: Card, *, on: date) -> str:
    try:
        return telephone(card, on=on)
    except Refused:
        return ""


def taken_back(campaign: Campaign) -> int:
    """Suspicions about cards that were to be given up and whose application came to nothing stand again; how many."""
    living = Surrender.objects.filter(campaign=campaign).exclude(
        application__state__in=[Application.State.REJECTED, Application.State.WITHDRAWN]
    )
    back = Suspicion.objects.filter(campaign=campaign, dropped=GIVEN_UP, case=None)
    return back.exclude(card__in=living.values("card")).update(dropped="")
