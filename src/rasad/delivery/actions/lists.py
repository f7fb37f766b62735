"""Hand-over lists: printed tokens given to a committee against a signature, and the sheet that comes back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from rasad.accounts.models import User
from rasad.delivery.actions.steps import ON_THE_WAY, Who, answer, note
from rasad.delivery.models import Committee, Hand, HandOverList, Step
from rasad.journal import actions as journal
from rasad.relief.models import Token
from rasad.values.refused import Refused


@transaction.atomic
def make_list(
    *, tokens: QuerySet[Token], committee: Committee, received_by: str, by: User, at: datetime
) -> HandOverList:
    """Give these tokens on paper to a committee (R-DRT-16). Those on another open list stay there.

    Refused: nothing_to_hand_over, committee_of_another_district, receiver_missing.
    """
    if not received_by.strip():
        raise Refused("receiver_missing")
    away = Step.objects.filter(kind=Step.Kind.GIVEN, list__returned_at=None).values("token_id")
    held = list(
        tokens.filter(state__in=ON_THE_WAY)
        .exclude(pk__in=away)
        .select_for_update(of=("self",))
        .order_by("number")
    )
    if not held:
        raise Refused("nothing_to_hand_over")
    if any(token.district_code != committee.district_code for token in held):
        raise Refused("committee_of_another_district", committee=committee.name)
    made = HandOverList.objects.create(
        number=_number(committee, at), scheme=held[0].scheme, district_code=committee.district_code,
        committee=committee, tokens=len(held), received_by=received_by.strip(), made_by=by.get_username(),
        made_at=at,
    )  # fmt: skip
    who = Who(Hand.DFSC, by, committee, made)
    note(tokens=held, kind=Step.Kind.GIVEN, who=who, at=at)
    facts: dict[str, object] = {
        "tokens": len(held),
        "committee": committee.code,
        "received_by": received_by.strip(),
    }
    journal.write(
        "relief.list_given", of_kind="hand_over_list", of_key=made.number, by=by, at=at, facts=facts
    )
    return made


@transaction.atomic
def record_return(
    *, list: HandOverList, answers: Mapping[str, str], proof: str, by: User, at: datetime
) -> int:
    """The sheet is back: what became of each token by its number; how many were handed over.

    A token without an answer came back unopened. Refused: list_is_back when it was recorded before.
    """
    done = HandOverList.objects.filter(pk=list.pk, returned_at=None).update(
        returned_by=by.get_username(), returned_at=at
    )
    if done != 1:
        raise Refused("list_is_back", list=list.number)
    hand = Hand.LOCAL_COMMITTEE if list.committee.kind == Committee.Kind.LOCAL else Hand.UNIT_COMMITTEE
    who = Who(hand, by, list.committee, list)
    tokens = Token.objects.filter(steps__list=list, steps__kind=Step.Kind.GIVEN).distinct().order_by("number")
    handed, unopened = 0, []
    for token in tokens:
        found = answers.get(token.number, "")
        if found:
            answer(token=token, kind=found, who=who, at=at, proof=proof)
            handed += found == Step.Kind.HANDED_OVER
        else:
            unopened.append(token)
    note(tokens=unopened, kind=Step.Kind.RETURNED, who=who, at=at)
    facts: dict[str, object] = {"handed_over": handed, "unopened": len(unopened)}
    journal.write("relief.list_back", of_kind="hand_over_list", of_key=list.number, by=by, at=at, facts=facts)
    return handed


def _number(committee: Committee, at: datetime) -> str:
    """District, day and a running number: an officer reads it out over the telephone."""
    begins = f"{committee.district_code}-{at:%y%m%d}-"
    count = HandOverList.objects.filter(number__startswith=begins).count()
    return f"{begins}{count + 1:03d}"
