"""A case from the suspicion to the proposal: opened, noticed, served, answered, heard, proposed, or cleared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from rasad.accounts.models import User
from rasad.journal import actions as journal
from rasad.oversight import numbers, telling
from rasad.oversight.actions.steps import after, held, reason, take
from rasad.oversight.models import Campaign, Case, CaseStep, Evidence
from rasad.policy.review import review
from rasad.registry.models import Card, CardCategory, Membership
from rasad.values.aadhaar import mask_card
from rasad.values.refused import Refused


@dataclass(frozen=True)
class Said:
    """What a source says: who, what, as of when."""

    source: str
    says: str
    dated: date | None = None


@dataclass(frozen=True)
class About:
    """What is suspected of what: the whole card, a member of it, or its category and which one it should be."""

    card: Card
    ground: str
    words: str
    membership: Membership | None = None
    to_category: str = ""
    criterion: str = ""

    @property
    def what(self) -> str:
        """Which of the three."""
        if self.membership is not None:
            return Case.What.MEMBERSHIP
        return Case.What.CATEGORY if self.to_category else Case.What.CARD


@transaction.atomic
def open_case(
    *,
    about: About,
    evidence: Sequence[Said],
    by: User | str,
    at: datetime,
    campaign: Campaign | None = None,
) -> Case:
    """Write a suspicion down. The card keeps serving until an order says otherwise.

    Refused: case_without_evidence, card_not_living, has_ended, category_is_so, case_is_open, too_many_by_hand.
    """
    if not evidence:
        raise Refused("case_without_evidence")
    name, day = by if isinstance(by, str) else by.get_username(), timezone.localdate(at)
    _refuse_what_is_not_there(about, day)
    if campaign is None:
        _refuse_a_campaign_by_hand(name, day, at)
    district = about.card.household.district_code
    serial = numbers.next_serial(district)
    try:
        with transaction.atomic():
            case = Case.objects.create(
                number=numbers.number(district, serial), district_code=district, serial=serial, what=about.what,
                card=about.card, membership=about.membership, to_category=about.to_category, ground=about.ground,
                criterion=about.criterion, words=about.words.strip(), campaign=campaign, opened_by=name,
                opened_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        if "oversight_one_open_case" not in str(error):
            raise
        raise Refused("case_is_open", card=mask_card(about.card.number)) from None
    CaseStep.objects.create(
        case=case, act="open", before="", after=case.state, why=case.words, by=name, at=at
    )
    Evidence.objects.bulk_create(
        Evidence(case=case, source=one.source, says=one.says, dated=one.dated, by=name, at=at)
        for one in evidence
    )
    journal.write(
        "case.open", of_kind="case", of_key=case.number, by=by, at=at, reason=case.words[:500],
        facts={"what": case.what, "ground": case.ground, "card": mask_card(about.card.number)},
    )  # fmt: skip
    return case


def _refuse_what_is_not_there(about: About, day: date) -> None:
    if day not in about.card.during:
        raise Refused("card_not_living", card=about.card.number, on=about.card.during.upper or day)
    member = about.membership
    if member is not None and (
        member.household_id != about.card.household_id or member.during.upper is not None
    ):
        raise Refused("has_ended")
    if about.to_category:
        living = CardCategory.objects.filter(card=about.card, during__contains=day)
        if living.filter(category=about.to_category).exists() or not living.exists():
            raise Refused("category_is_so", category=about.to_category)


def _refuse_a_campaign_by_hand(name: str, day: date, at: datetime) -> None:
    """Many cases at once go through a campaign with its report and sample, not through one officer's evening."""
    most = review(on=day).by_hand
    today = Case.objects.filter(opened_by=name, campaign=None, opened_at__gt=at - timedelta(days=1))
    if today.count() >= most:
        raise Refused("too_many_by_hand", most=most)


@transaction.atomic
def add_evidence(*, case: Case, said: Said, by: User, at: datetime) -> Evidence:
    """Put what another source says to a case that is open. Refused: case_is_over."""
    case = held(case)
    if case.state in (Case.State.ORDERED, Case.State.CLEARED, Case.State.RESTORED):
        raise Refused("case_is_over", case=case.number)
    made = Evidence.objects.create(
        case=case, source=said.source, says=said.says, dated=said.dated, by=by.get_username(), at=at
    )
    journal.write("case.evidence", of_kind="case", of_key=case.number, by=by, at=at, reason=said.says)
    return made


@transaction.atomic
def write_notice(*, case: Case, by: User | str, at: datetime) -> Case:
    """Write the numbered notice; its days begin when it is served. Refused: case_not_so_far."""
    written = take(held(case), "notice", by=by, at=at, noticed_on=timezone.localdate(at))
    telling.tell(written, telling.NOTICE, at=at)
    return written


@transaction.atomic
def serve_notice(*, case: Case, on: date, how: str, by: User, at: datetime) -> Case:
    """Record that the notice reached the family: from then on its days count. Refused: notice_day_wrong."""
    case = held(case)
    today = timezone.localdate(at)
    if case.served_on or case.noticed_on is None or not case.noticed_on <= on <= today:
        raise Refused("notice_day_wrong", case=case.number)
    until = on + timedelta(days=review(on=today).answer_days)
    return take(case, "serve", by=by, at=at, served_on=on, served_how=how, answer_by=until)


@dataclass(frozen=True)
class Answer:
    """What the family says, who said it, which papers it showed, whether it wants to be heard."""

    who: str
    words: str
    papers: str = ""
    wants_hearing: bool = False


@transaction.atomic
def record_answer(*, case: Case, answer: Answer, by: User | str, at: datetime) -> Case:
    """Write down what the family says. An answer in hand shows that the notice arrived. Refused: case_not_so_far."""
    case, today = held(case), timezone.localdate(at)
    served = {}
    if case.served_on is None:
        until = today + timedelta(days=review(on=today).answer_days)
        served = {"served_on": today, "served_how": Case.Served.HAND, "answer_by": until}
    return take(
        case, "answer", by=by, at=at, why=answer.words, answer=answer.words, answered_who=answer.who,
        papers=answer.papers, answered_at=at, wants_hearing=answer.wants_hearing or case.wants_hearing, **served,
    )  # fmt: skip


@transaction.atomic
def note_no_answer(*, case: Case, by: User, at: datetime) -> Case:
    """The days to answer are over and nothing came. Refused: window_is_open, case_not_so_far."""
    case = held(case)
    if case.state == Case.State.NOTICED:
        refuse_open_window(case, at=at)
    return take(case, "no_answer", by=by, at=at)


def refuse_open_window(case: Case, *, at: datetime) -> None:
    """Let nothing be decided while the family may still answer. Refused: window_is_open, notice_not_served."""
    if case.answer_by is None:
        raise Refused("notice_not_served", case=case.number)
    if case.answered_at is None and timezone.localdate(at) <= case.answer_by:
        raise Refused("window_is_open", until=case.answer_by)


@transaction.atomic
def record_hearing(*, case: Case, on: date, how: str, heard: str, by: User, at: datetime) -> Case:
    """Write down what the family said at the hearing, which was after the notice and is over.

    Refused: case_not_so_far, hearing_day_wrong, decision_without_reason.
    """
    case, told = held(case), reason(heard)
    after(case, "hear")
    if case.served_on is None or not case.served_on <= on <= timezone.localdate(at):
        raise Refused("hearing_day_wrong", case=case.number)
    return take(case, "hear", by=by, at=at, why=told, heard_on=on, heard_how=how, heard=told)


@transaction.atomic
def propose_removal(*, case: Case, why: str, rule: str, by: User, at: datetime) -> Case:
    """The first officer proposes the order, with the reason and the rule it stands on.

    Refused: case_not_so_far, hearing_was_asked_for, window_is_open, decision_without_reason.
    """
    case = held(case)
    refuse_open_window(case, at=at)
    if case.wants_hearing and case.heard_on is None:
        raise Refused("hearing_was_asked_for", case=case.number)
    told = reason(why)
    return take(
        case,
        "propose",
        by=by,
        at=at,
        why=told,
        rule=reason(rule),
        proposed_by=by.get_username(),
        because=told,
    )


@transaction.atomic
def clear_case(*, case: Case, why: str, by: User, at: datetime) -> Case:
    """The suspicion was wrong: nothing changes for the family. Refused: case_not_so_far, decision_without_reason."""
    return take(held(case), "clear", by=by, at=at, why=reason(why))
