"""Messages are written down, sent again, given up."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from rasad.accounts.models import User
from rasad.journal import actions as journal
from rasad.outbox.models import Message
from rasad.values.refused import Refused

State = Message.State
AT_ONCE = 2_000
# System, kind, what it is about, district, facts.
Told = tuple[str, str, str, str, Mapping[str, Any]]


def post(
    system: str, kind: str, *, about: str, district: str, at: datetime, facts: Mapping[str, Any] | None = None
) -> Message:
    """Write a message down, in the caller's transaction: it leaves if that does."""
    return Message.objects.create(
        system=system, kind=kind, about=about, district_code=district, facts=dict(facts or {}), created_at=at
    )


def post_many(told: Iterable[Told], *, at: datetime) -> int:
    """Write many down at once; how many."""
    made = [
        Message(
            system=system, kind=kind, about=about, district_code=district, facts=dict(facts), created_at=at
        )
        for system, kind, about, district, facts in told
    ]
    return len(Message.objects.bulk_create(made, batch_size=AT_ONCE))


@transaction.atomic
def replay(*, messages: QuerySet[Message], by: User, at: datetime) -> int:
    """Send refused messages again; how many. Refused: nothing_to_send_again."""
    keys = list(messages.filter(state=State.DEAD).values_list("pk", flat=True))
    again = Message.objects.filter(pk__in=keys, state=State.DEAD)
    count = again.update(state=State.WAITING, code="", detail="", unanswered=0, leased_until=None)
    if not count:
        raise Refused("nothing_to_send_again")
    facts: dict[str, object] = {"messages": count, "first": keys[0]}
    journal.write("outbox.replayed", of_kind="message", of_key=str(keys[0]), by=by, at=at, facts=facts)
    return count


@transaction.atomic
def drop(*, message: Message, reason: str, by: User, at: datetime) -> None:
    """Give a refused message up, so that later ones about the same thing can leave.

    Refused: decision_without_reason, nothing_to_send_again.
    """
    if not reason.strip():
        raise Refused("decision_without_reason")
    done = Message.objects.filter(pk=message.pk, state=State.DEAD).update(
        state=State.DROPPED, settled_by=by.get_username()
    )
    if done != 1:
        raise Refused("nothing_to_send_again")
    facts: dict[str, object] = {"system": message.system, "about": message.about, "code": message.code}
    journal.write(
        "outbox.dropped",
        of_kind="message",
        of_key=str(message.pk),
        by=by,
        at=at,
        reason=reason.strip(),
        facts=facts,
    )


def failed_later(message: Message, *, code: str, detail: str) -> bool:
    """A message that a system had accepted did not reach whom it was for: refused, with its owner; once."""
    sent = Message.objects.filter(pk=message.pk, state=State.SENT)
    return bool(sent.update(state=State.DEAD, code=code, detail=detail[:250]))


def arrived_later(message: Message, *, codes: Iterable[str], at: datetime) -> bool:
    """A message of which nobody knew whether it was sent has arrived; once, and only one refused for these codes."""
    unsure = Message.objects.filter(pk=message.pk, state=State.DEAD, code__in=list(codes))
    return bool(unsure.update(state=State.SENT, code="", detail="", sent_at=at))
