"""An application is decided: approved with what follows in the register, put on the waiting list, or rejected."""

from datetime import date, datetime

from django.db import transaction

from rasad import wiring
from rasad.accounts.models import User
from rasad.accounts.queries import is_one_person
from rasad.applications import coverage, effects, judging, telling
from rasad.applications.kept_reasons import kept
from rasad.applications.models import Application, ApplicationPerson, ShopChange
from rasad.applications.moves import ADMIT, APPROVE, FINISH, NOT_ADMITTED, REJECT, WAIT, S, locked, move
from rasad.applications.refusals_of import GROUNDS
from rasad.journal import actions as journal
from rasad.policy import deadlines
from rasad.policy.card_requests import card_request
from rasad.registry import life
from rasad.registry.models import Card, CardCategory, Membership
from rasad.values.refused import Refused


@transaction.atomic
def approve(
    *, application: Application, by: User, at: datetime, late_reason: str = "", category: str = ""
) -> Application:
    """Approve, by another officer than the verifier; where the ceiling is full the family waits, and is told its place.

    `category` is chosen only where the State has no list to go by. Refused: application_moved_on, not_verified_yet,
    verifier_decides_not, overdue_without_reason, category_to_choose, facts_not_told, and as registry/life.py.
    """
    held, on = locked(application), at.astimezone(wiring.INDIA).date()
    _refuse_unfit(held, by.get_username(), on, late_reason)
    if category:
        held.wants = {**held.wants, "category": category}
    found = judging.judged(held, on=on)
    if found.untold:
        raise Refused("facts_not_told", number=held.number, count=len(found.untold))
    held.category = found.category
    area, persons = _counted(held, on)
    decided = {
        "decided_by": by.get_username(), "decided_at": at, "decided_on": on, "category": found.category,
        "late_reason": late_reason.strip(), "reasons": kept(found.reasons),
        "wants": {**held.wants, **({"area": area} if area else {})},
    }  # fmt: skip
    if area:
        coverage.line_up(at=at)
    # Who comes later does not pass who waits, however small the family.
    if area and (coverage.waiting(area).exists() or not coverage.take(area, persons, at=at)):
        move(held, WAIT, by=by.get_username(), at=at, changes=decided)
        telling.tell(held, telling.WAITING, at=at)
        _note("application.waits", held, by.get_username(), at, area=area, persons=persons)
        return held
    move(held, APPROVE, by=by.get_username(), at=at, changes=decided)
    _carry_out(held, on=on, by=by.get_username(), at=at)
    return held


@transaction.atomic
def reject(
    *, application: Application, ground: str, why: str, by: User, at: datetime, late_reason: str = ""
) -> Application:
    """Reject with a reason of the list and the officer's words; the letter names whom to complain to (R-CRD-26).

    Refused: reason_unknown, decision_without_reason, application_moved_on, verifier_decides_not, not_verified_yet,
    overdue_without_reason.
    """
    held, on = locked(application), at.astimezone(wiring.INDIA).date()
    if ground not in GROUNDS:
        raise Refused("reason_unknown", reason=ground)
    if not why.strip():
        raise Refused("decision_without_reason")
    _refuse_unfit(held, by.get_username(), on, late_reason)
    decided = {
        "decided_by": by.get_username(), "decided_at": at, "decided_on": on, "reason_code": ground,
        "why": why.strip(), "late_reason": late_reason.strip(),
    }  # fmt: skip
    move(held, REJECT, by=by.get_username(), at=at, said=why.strip(), changes=decided)
    telling.tell(held, telling.REJECTED, at=at)
    _note("application.rejected", held, by.get_username(), at, reason=why.strip(), ground=ground)
    return held


def admit_waiting(*, at: datetime) -> int:
    """Take in who waits, the oldest first, as far as there is room; how many. Nobody passes another."""
    count, on = 0, at.astimezone(wiring.INDIA).date()
    for area in ("rural", "urban"):
        for one in coverage.waiting(area).iterator(chunk_size=200):
            if not _admitted(one, area, on=on, at=at):
                break
            count += 1
    return count


def _admitted(one: Application, area: str, *, on: date, at: datetime) -> bool:
    """Take one in; False where there is no room. Who cannot be taken in any more does not hold up the others."""
    try:
        with transaction.atomic():
            held = locked(one)
            if held.state != S.WAITING:
                return True
            persons = _counted(held, on)[1]
            if not coverage.take(area, persons, at=at):
                return False
            move(held, ADMIT, by="system", at=at)
            _carry_out(held, on=on, by="system", at=at)
    except Refused as refused:
        _back(one, refused, at)
    return True


@transaction.atomic
def _back(one: Application, refused: Refused, at: datetime) -> None:
    """A family that waited and was put on another card meanwhile: an officer looks at it again."""
    held = locked(one)
    if held.state == S.WAITING:
        told = {"code": refused.code}
        move(held, NOT_ADMITTED, by="system", at=at, facts=told, changes={"decided_on": None})
        _note("application.not_admitted", held, "system", at, **told)


@transaction.atomic
def change_shops(*, at: datetime) -> int:
    """Cards whose month has come go to their new shop; how many."""
    due = ShopChange.objects.select_for_update(skip_locked=True).filter(
        done_at=None, from_on__lte=at.astimezone(wiring.INDIA).date()
    )
    # Of two changes of one card the later request is the one that stays.
    changes = list(due.select_related("card").order_by("pk"))
    for one in changes:
        life.change_shop(one.card, one.shop_number)
    ShopChange.objects.filter(pk__in=[one.pk for one in changes]).update(done_at=at)
    return len(changes)


def _refuse_unfit(held: Application, by: str, on: date, late_reason: str) -> None:
    if held.state != S.VERIFYING:
        raise Refused("application_moved_on", number=held.number)
    if not held.verified_by:
        raise Refused("not_verified_yet", number=held.number)
    if is_one_person(by, held.verified_by):
        raise Refused("verifier_decides_not", number=held.number)
    service = card_request(held.service, on=on)
    deadlines.refuse_without_reason(
        days_late=max(0, (on - held.due_on).days), reason=late_reason, service=service.name
    )


def _counted(held: Application, on: date) -> tuple[str, int]:
    """The area and the persons an approval adds under the ceiling; nothing where it adds nobody."""
    if held.service == "member_transfer":
        return _moved_under(held, on)
    if held.service not in (*judging.JUDGED, "fresh_card_same_state", "member_inclusion"):
        return "", 0
    if not coverage.is_counted(held.category):
        return "", 0
    if held.service == "fresh_card_same_state":
        made = held.wants.get("certificate", "")
        living = Membership.objects.filter(household__cards__certificates__number=made, during__contains=on)
        return coverage.area_of(held.place), living.count()
    coming = held.people.filter(part=ApplicationPerson.Part.COMING).count()
    place = held.card.household.place if held.card else held.place
    return coverage.area_of(place), coming


def _moved_under(held: Application, on: date) -> tuple[str, int]:
    """Who goes to another card counts where he was not counted before: outside the Act, or in another area."""
    assert held.card is not None
    to = Card.objects.filter(number=str(held.wants["to_card"])).select_related("household__place").first()
    category = CardCategory.objects.filter(card=to, during__contains=on).first()
    if to is None or category is None or not coverage.is_counted(category.category):
        return "", 0
    area = coverage.area_of(to.household.place)
    if coverage.is_counted(held.category) and coverage.area_of(held.card.household.place) == area:
        return "", 0
    return area, held.people.filter(part=ApplicationPerson.Part.LEAVING).count()


def _carry_out(held: Application, *, on: date, by: str, at: datetime) -> None:
    changed = effects.apply(held, on=on)
    told = telling.APPROVED
    if card_request(held.service, on=on).gives == "nothing":
        move(held, FINISH, by=by, at=at)
    held.steps.model.objects.create(
        application=held, act="in_register", before=held.state, after=held.state, facts=changed, by=by, at=at
    )
    telling.tell(held, told, at=at)
    _note("application.approved", held, by, at, **{**changed, "verified_by": held.verified_by})


def _note(act: str, held: Application, by: str, at: datetime, reason: str = "", **facts: object) -> None:
    journal.write(act, of_kind="application", of_key=held.number, by=by, at=at, reason=reason, facts=facts)
