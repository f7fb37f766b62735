"""An Antyodaya list: candidates from BPL cards, the Gram Sabha's resolution, objections, the final list."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from rasad.accounts.models import User
from rasad.accounts.queries import is_one_person
from rasad.journal import actions as journal
from rasad.oversight import moves, numbers
from rasad.oversight.actions.steps import reason
from rasad.oversight.models import AayEntry, AayList, Objection
from rasad.policy.identification import antyodaya
from rasad.policy.review import ANTYODAYA, BPL_CARDS, review
from rasad.registry import life
from rasad.registry.models import Card, CardCategory, Ending, Membership, Place
from rasad.registry.queries import ancestors
from rasad.values.aadhaar import mask_card
from rasad.values.month import Month
from rasad.values.refused import Refused

EVIDENCE = "evidence"


@transaction.atomic
def make_list(*, place: Place, places: int, source: str, by: User, at: datetime) -> AayList:
    """Begin the list of a village or ward, with how many Antyodaya families are estimated there and by whom."""
    above = ancestors(place, timezone.localdate(at))
    district = next((one.code for one in above if one.kind == Place.Kind.DISTRICT), "")
    made = AayList.objects.create(
        number=numbers.list_number(district), place=place, district_code=district, places=places,
        places_source=source, made_by=by.get_username(), made_at=at,
    )  # fmt: skip
    _note("aay.made", made, by=by, at=at, places=places)
    return made


@transaction.atomic
def add_candidate(
    *, of: AayList, card: Card, facts: Mapping[str, Any], evidence: str, by: User, at: datetime
) -> AayEntry:
    """Put a BPL card before the Gram Sabha, by the facts recorded of its family.

    Refused: list_not_so_far, not_an_antyodaya_family, card_on_the_list.
    """
    held, day = _held(of, moves.DRAFT), timezone.localdate(at)
    category = CardCategory.objects.filter(card=card, during__contains=day).first()
    is_bpl = category is not None and category.category in BPL_CARDS
    told = {**facts, "bpl": is_bpl, "head_age": facts.get("head_age") or age_of_head(card, on=day)}
    found = antyodaya(told, on=day)
    if found.result != "aay_eligible":
        raise Refused("not_an_antyodaya_family")
    try:
        with transaction.atomic():
            made = AayEntry.objects.create(
                list=held, card=card, facts={**_plain(told), EVIDENCE: evidence}, criteria=list(found.matched),
                by=by.get_username(),
            )  # fmt: skip
    except IntegrityError:
        raise Refused("card_on_the_list") from None
    _note("aay.added", held, by=by, at=at, criteria=list(found.matched))
    return made


def age_of_head(card: Card, *, on: date) -> int | None:
    """The completed years of the head of a card's family; None where the register does not tell."""
    head = Membership.objects.filter(household=card.household_id, is_head=True, during__contains=on)
    person = next((one.person for one in head.select_related("person")), None)
    if person is None or person.born_on is None:
        return None
    born = person.born_on
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in (None, "")}


@transaction.atomic
def resolve(
    *, of: AayList, chosen: Collection[int], resolution: str, on: date, body: str, by: User, at: datetime
) -> AayList:
    """Record whom the Gram Sabha named, in which resolution; objections may come from then on.

    However late it is recorded, the days to object begin then. Refused: list_not_so_far, meeting_to_come,
    nobody_is_chosen, more_than_the_estimate.
    """
    held, today = _held(of, moves.DRAFT), timezone.localdate(at)
    if on > today:
        raise Refused("meeting_to_come", list=held.number)
    AayEntry.objects.filter(list=held).update(is_chosen=False)
    AayEntry.objects.filter(list=held, pk__in=list(chosen)).update(is_chosen=True)
    _refuse_wrong_number(held)
    until = today + timedelta(days=review(on=today).objection_days)
    _go(
        held,
        "resolve",
        by=by,
        at=at,
        resolution=resolution,
        resolved_on=on,
        body=body,
        objections_until=until,
    )
    return held


@transaction.atomic
def object_to(*, of: AayList, by_whom: str, words: str, by: User, at: datetime) -> Objection:
    """Write an objection down. Refused: list_not_so_far."""
    held = _held(of, moves.RESOLVED)
    made = Objection.objects.create(
        list=held, by_whom=by_whom, words=words, written_by=by.get_username(), at=at
    )
    _note("aay.objection", held, by=by, at=at)
    return made


@transaction.atomic
def decide_objection(
    *, objection: Objection, upheld: bool, why: str, by: User, at: datetime, entry: AayEntry | None = None
) -> None:
    """Decide an objection with its reason; one that is right takes a family on the list, or off it.

    Refused: list_not_so_far, objection_decided, decision_without_reason, more_than_the_estimate.
    """
    held, told = _held(objection.list, moves.RESOLVED), reason(why)
    done = Objection.objects.filter(pk=objection.pk, outcome="").update(
        outcome="upheld" if upheld else "rejected", why=told, decided_by=by.get_username()
    )
    if done != 1:
        raise Refused("objection_decided")
    if upheld and entry is not None and entry.list_id == held.pk:
        AayEntry.objects.filter(pk=entry.pk).update(is_chosen=not entry.is_chosen)
        _refuse_wrong_number(held)
    _note("aay.objection_decided", held, by=by, at=at, why=told, upheld=upheld)


@transaction.atomic
def propose(*, of: AayList, by: User, at: datetime) -> AayList:
    """The first officer puts the list before the second. Refused: list_not_so_far, objections_wait."""
    held = _held(of, moves.RESOLVED)
    assert held.objections_until is not None
    if timezone.localdate(at) <= held.objections_until or held.objections.filter(outcome="").exists():
        raise Refused("objections_wait", list=held.number, until=held.objections_until)
    _refuse_wrong_number(held)
    _go(held, "propose", by=by, at=at, proposed_by=by.get_username())
    return held


@transaction.atomic
def send_back(*, of: AayList, why: str, by: User, at: datetime) -> AayList:
    """The second officer does not agree: the list is open again. Refused: list_not_so_far, decision_without_reason."""
    held, told = _held(of, moves.PROPOSED), reason(why)
    _go(held, "object", by=by, at=at, why=told, proposed_by="")
    return held


@transaction.atomic
def confirm(*, of: AayList, by: User, at: datetime) -> AayList:
    """The second officer makes the list final: its families are Antyodaya from the next month on.

    Refused: list_not_so_far, list_by_another, row_is_not_bpl.
    """
    held = _held(of, moves.PROPOSED)
    if is_one_person(by.get_username(), held.proposed_by):
        raise Refused("list_by_another", list=held.number)
    on = Month.of(timezone.localdate(at)).next.first_day
    _go(held, "confirm", by=by, at=at, confirmed_by=by.get_username(), final_at=at, holds_from=on)
    decision = life.Decision(
        Ending.Ground.LIST, held.number, f"{held.body}, {held.resolution}", by=held.proposed_by,
        confirmed_by=by.get_username(), at=at,
    )  # fmt: skip
    for entry in held.entries.filter(is_chosen=True).select_related("card").order_by("card_id"):
        _refuse_others(held, entry.card, on)
        life.change_category(entry.card, ANTYODAYA, on=on, decision=decision)
    return held


@transaction.atomic
def note_printed(*, entry: AayEntry, by: User, at: datetime) -> None:
    """The distinctive card of a chosen family was printed (R-IDN-12). Refused: list_not_so_far, row_has_its_card."""
    held = _held(entry.list, moves.FINAL)
    if AayEntry.objects.filter(pk=entry.pk, is_chosen=True, printed_at=None).update(printed_at=at) != 1:
        raise Refused("row_has_its_card")
    _note("aay.printed", held, by=by, at=at)


def _held(of: AayList, state: str) -> AayList:
    held = AayList.objects.select_for_update().get(pk=of.pk)
    if held.state != state:
        raise Refused("list_not_so_far", list=held.number, state=held.get_state_display())
    return held


def _refuse_others(held: AayList, card: Card, on: date) -> None:
    """Antyodaya families are chosen from among BPL ones (R-IDN-04), also where a card changed since it was listed."""
    category = CardCategory.objects.filter(card=card, during__contains=on).first()
    if category is None or category.category not in (*BPL_CARDS, ANTYODAYA):
        raise Refused("row_is_not_bpl", list=held.number, card=mask_card(card.number))


def _refuse_wrong_number(held: AayList) -> None:
    chosen = held.entries.filter(is_chosen=True).count()
    if not chosen:
        raise Refused("nobody_is_chosen")
    if chosen > held.places:
        raise Refused("more_than_the_estimate", chosen=chosen, places=held.places)


def _go(held: AayList, act: str, *, by: User, at: datetime, why: str = "", **changes: Any) -> None:
    to = moves.OF_A_LIST[held.state, act]
    AayList.objects.filter(pk=held.pk, state=held.state).update(state=to, **changes)
    held.refresh_from_db()
    _note(f"aay.{act}", held, by=by, at=at, why=why)


def _note(action: str, of: AayList, *, by: User, at: datetime, why: str = "", **facts: object) -> None:
    journal.write(action, of_kind="aay_list", of_key=of.number, by=by, at=at, reason=why, facts=facts)
