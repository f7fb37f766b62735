"""The ledger of delivery: a step written once, and where the token stands after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from rasad.accounts.models import User
from rasad.delivery.models import Committee, HandOverList, Step
from rasad.journal import actions as journal
from rasad.relief.life import WORDS, Event, before
from rasad.relief.models import SourceRow, Token
from rasad.values.refused import Refused
from rasad.wiring import INDIA

Kind = Step.Kind
State = Token.State
# What may be noted of a token before it has reached its family.
ON_THE_WAY = (State.SHOP_ASSIGNED, State.PUBLISHED)
# What a committee that went to a family comes back with.
ANSWERS = (Kind.HANDED_OVER, Kind.NOT_FOUND, Kind.MOVED, Kind.DEAD)


@dataclass(frozen=True)
class Who:
    """Whose act it is: the hand, the name for the record, the committee where it is one."""

    hand: str
    by: User | str
    committee: Committee | None = None
    list: HandOverList | None = None

    @property
    def name(self) -> str:
        """For the record."""
        return self.by if isinstance(self.by, str) else self.by.get_username()


@transaction.atomic
def hand_over(
    *,
    token: Token,
    who: Who,
    proof: str,
    at: datetime,
    received_by: str = "",
    note: str = "",
    told_as: str | None = None,
) -> Step:
    """The token reaches its family. A second time it is answered with the first hand-over, and counts once.

    Raises Refused `move_not_in_life` for a token that cannot be handed over: no shop, expired, cancelled.
    """
    held = Token.objects.select_for_update().get(pk=token.pk)
    first = Step.objects.filter(token=held, kind=Kind.HANDED_OVER).first()
    if first is not None:
        return first
    _deliver(held)
    step = Step.objects.create(
        token=held, scheme=held.scheme, district_code=held.district_code, kind=Kind.HANDED_OVER, hand=who.hand,
        committee=who.committee, list=who.list, proof=proof, received_by=received_by.strip(), note=note.strip(),
        by=who.name, at=at, waited_days=_waited(held, at), told_as=told_as,
    )  # fmt: skip
    facts: dict[str, object] = {
        "hand": who.hand,
        "proof": proof,
        "committee": who.committee.code if who.committee else "",
    }
    journal.write("relief.handed_over", of_kind="token", of_key=held.number, by=who.by, at=at, facts=facts)
    return step


@transaction.atomic
def note(
    *, tokens: Sequence[Token], kind: str, who: Who, at: datetime, text: str = "", told_as: str | None = None
) -> int:
    """Write the same step of these tokens down, as printed, sent or not found; how many. Told twice it is one."""
    if told_as and Step.objects.filter(told_as=told_as).exists():
        return 0
    try:
        with transaction.atomic():
            made = Step.objects.bulk_create(
                [
                    Step(
                        token=token, scheme=token.scheme, district_code=token.district_code, kind=kind, hand=who.hand,
                        committee=who.committee, list=who.list, note=text, by=who.name, at=at, told_as=told_as,
                    )
                    for token in tokens
                ],
                batch_size=1000,
            )  # fmt: skip
    except IntegrityError:
        return 0
    return len(made)


@transaction.atomic
def answer(*, token: Token, kind: str, who: Who, at: datetime, proof: str = "", text: str = "") -> Step:
    """What a committee found at a family's door. Refused: answer_unknown, already_handed_over.

    Not found, moved or dead ends nothing: the office of the district reads it and decides.
    """
    if kind not in ANSWERS:
        raise Refused("answer_unknown", given=kind)
    if kind == Kind.HANDED_OVER:
        return hand_over(token=token, who=who, proof=proof, at=at, note=text)
    if Step.objects.filter(token=token, kind=Kind.HANDED_OVER).exists():
        raise Refused("already_handed_over", token=token.number)
    note(tokens=[token], kind=kind, who=who, at=at, text=text)
    journal.write(
        "relief.not_handed_over", of_kind="token", of_key=token.number, by=who.by, at=at, reason=text,
        facts={"found": kind, "hand": who.hand},
    )  # fmt: skip
    return Step.objects.filter(token=token, kind=kind).latest("pk")


def _waited(token: Token, at: datetime) -> int | None:
    """Days from the family's request to this moment; None where nobody knows when it was received."""
    asked = SourceRow.objects.filter(token=token, outcome=SourceRow.Outcome.TOKEN).values_list(
        "received_on", flat=True
    )
    received = asked.first()
    return (at.astimezone(INDIA).date() - received).days if received else None


def _deliver(token: Token) -> None:
    """Moves nobody wrote down are made with this one; a token that is drawn on already stays in use."""
    if token.state == State.IN_USE:
        return
    moved = Token.objects.filter(
        pk=token.pk, state__in=(*before(Event.PUBLISH), *before(Event.DELIVER))
    ).update(state=State.DELIVERED)
    if moved != 1:
        stands = State(token.state).label
        raise Refused("move_not_in_life", state=stands, event=WORDS[Event.DELIVER])


def living(tokens: QuerySet[Token]) -> QuerySet[Token]:
    """Those that still have to reach their family."""
    return tokens.filter(state__in=ON_THE_WAY)
