"""Hand-over lists: printed tokens given to a committee against a signature, and the sheet that comes back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from rasad.accounts.models import User
from rasad.delivery.actions.steps import ANSWERS, ON_THE_WAY, Who, answer, note
from rasad.delivery.models import Committee, Hand, HandOverList, Step
from rasad.journal import actions as journal
from rasad.relief.models import Token
from rasad.values.refused import Refused

# What one person signs for, and another types in again when it comes back.
MOST_ON_A_LIST = 200
# Of a token that came back as it went.
UNOPENED = str(Step.Kind.RETURNED)


@transaction.atomic
def make_lists(
    *, tokens: QuerySet[Token], committee: Committee, received_by: str, by: User, at: datetime
) -> Sequence[HandOverList]:
    """As many lists as these tokens need: each of one scheme, and short enough to be signed and typed in again.

    Refused as `make_list`.
    """
    _alone(committee.district_code)
    parts: list[list[int]] = []
    by_scheme: dict[str, list[int]] = {}
    waiting = _waiting(tokens).order_by("scheme", "place_name", "number")
    for key, scheme in waiting.values_list("pk", "scheme"):
        by_scheme.setdefault(scheme, []).append(key)
    for keys in by_scheme.values():
        parts += [keys[start : start + MOST_ON_A_LIST] for start in range(0, len(keys), MOST_ON_A_LIST)]
    return [
        make_list(
            tokens=Token.objects.filter(pk__in=keys),
            committee=committee,
            received_by=received_by,
            by=by,
            at=at,
        )
        for keys in parts or [[]]
    ]


@transaction.atomic
def make_list(
    *, tokens: QuerySet[Token], committee: Committee, received_by: str, by: User, at: datetime
) -> HandOverList:
    """Give these tokens on paper to a committee (R-DRT-16). Those on another open list stay there.

    Refused: nothing_to_hand_over, committee_of_another_district, receiver_missing, list_of_two_schemes,
    list_too_long.
    """
    if not received_by.strip():
        raise Refused("receiver_missing")
    _alone(committee.district_code)
    held = list(_waiting(tokens).select_for_update(of=("self",)).order_by("number"))
    if not held:
        raise Refused("nothing_to_hand_over")
    if len({token.scheme for token in held}) > 1:
        raise Refused("list_of_two_schemes")
    if len(held) > MOST_ON_A_LIST:
        raise Refused("list_too_long", most=MOST_ON_A_LIST, tokens=len(held))
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

    A token without an answer came back unopened; of one that had been handed over or had ended meanwhile it is noted
    that the sheet came too late. Refused: list_is_back when it was recorded before, answer_unknown.
    """
    done = HandOverList.objects.filter(pk=list.pk, returned_at=None).update(
        returned_by=by.get_username(), returned_at=at
    )
    if done != 1:
        raise Refused("list_is_back", list=list.number)
    hand = Hand.LOCAL_COMMITTEE if list.committee.kind == Committee.Kind.LOCAL else Hand.UNIT_COMMITTEE
    who = Who(hand, by, list.committee, list)
    given = Step.objects.filter(list=list, kind=Step.Kind.GIVEN).values("token_id")
    tokens = Token.objects.filter(pk__in=given).select_for_update().order_by("number")
    handed, overtaken, unopened = 0, 0, []
    for token in tokens:
        found = answers.get(token.number, UNOPENED)
        if token.state not in ON_THE_WAY:
            said = str(Step.Kind(found).label) if found in ANSWERS else ""
            overtaken += note(tokens=[token], kind=Step.Kind.OVERTAKEN, who=who, at=at, text=said)
        elif found != UNOPENED:
            answer(token=token, kind=found, who=who, at=at, proof=proof)
            handed += found == Step.Kind.HANDED_OVER
        else:
            unopened.append(token)
    note(tokens=unopened, kind=Step.Kind.RETURNED, who=who, at=at)
    facts: dict[str, object] = {"handed_over": handed, "unopened": len(unopened), "overtaken": overtaken}
    journal.write("relief.list_back", of_kind="hand_over_list", of_key=list.number, by=by, at=at, facts=facts)
    return handed


def _waiting(tokens: QuerySet[Token]) -> QuerySet[Token]:
    """Those of them that still have to reach their family and are on no open list."""
    away = Step.objects.filter(kind=Step.Kind.GIVEN, list__returned_at=None).values("token_id")
    return tokens.filter(state__in=ON_THE_WAY).exclude(pk__in=away)


def _alone(district: str) -> None:
    """Let nobody else make lists of the district until this transaction ends: no token twice, no number twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"hand-over lists {district}"]
        )


def _number(committee: Committee, at: datetime) -> str:
    """District, day and a running number: an officer reads it out over the telephone."""
    begins = f"{committee.district_code}-{at:%y%m%d}-"
    count = HandOverList.objects.filter(number__startswith=begins).count()
    return f"{begins}{count + 1:03d}"
