"""How the lines are, and what was refused: for the pages, and for the count beside the navigation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, Exists, Min, OuterRef, QuerySet

from rasad.accounts import access
from rasad.outbox.channels import CHANNELS
from rasad.outbox.models import Line, Message

State = Message.State


@dataclass(frozen=True)
class LineTold:
    """One system: what waits for it since when, what was refused, how its line is."""

    system: str
    waiting: int
    oldest: datetime | None
    sent_today: int
    dead: int
    rests_until: datetime | None
    last_error: str
    last_sent_at: datetime | None


def lines(messages: QuerySet[Message], *, at: datetime) -> list[LineTold]:
    """Every system with its figures in the reader's areas; each figure from an index of few rows."""
    waiting = _by_system(messages.filter(state=State.WAITING), oldest=Min("created_at"))
    sent = _by_system(messages.filter(state=State.SENT, sent_at__gte=at - timedelta(days=1)))
    dead_ones = _by_system(messages.filter(state=State.DEAD))
    known = {line.system: line for line in Line.objects.all()}
    found = []
    for system in sorted({*CHANNELS, *waiting, *sent, *dead_ones}):
        line, waits = known.get(system), waiting.get(system, {})
        found.append(
            LineTold(
                system, waits.get("count", 0), waits.get("oldest"), sent.get(system, {}).get("count", 0),
                dead_ones.get(system, {}).get("count", 0), line.rests_until if line else None,
                line.last_error if line and line.failures else "", line.last_sent_at if line else None,
            )
        )  # fmt: skip
    return found


def _by_system(messages: QuerySet[Message], **more: Aggregate) -> dict[str, dict[str, Any]]:
    counted = messages.order_by().values("system").annotate(count=Count("pk"), **more)
    return {str(row["system"]): dict(row) for row in counted}


def count_dead(reader: access.Reader) -> int:
    """How many refused messages wait in the reader's areas."""
    return access.all_for(reader, Message).filter(state=State.DEAD).count()


def dead(messages: QuerySet[Message]) -> QuerySet[Message]:
    """What was refused, each with whether a later message waits behind it."""
    behind = Message.objects.filter(
        system=OuterRef("system"), about=OuterRef("about"), pk__gt=OuterRef("pk"), state=State.WAITING
    )
    return messages.filter(state=State.DEAD).annotate(holds_up=Exists(behind)).order_by("created_at", "pk")
