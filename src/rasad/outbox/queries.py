"""How the lines are, and what was refused: for the pages, and for the count beside the navigation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

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
    """Every system with its figures in the reader's areas; three questions to the database."""
    since = at - timedelta(days=1)
    counted: dict[str, Any] = {
        row["system"]: row
        for row in messages.order_by()
        .values("system")
        .annotate(
            waiting=Count("pk", filter=Q(state=State.WAITING)),
            oldest=Min("created_at", filter=Q(state=State.WAITING)),
            sent=Count("pk", filter=Q(state=State.SENT, sent_at__gte=since)),
            dead=Count("pk", filter=Q(state=State.DEAD)),
        )
    }
    known = {line.system: line for line in Line.objects.all()}
    found = []
    for system in sorted({*CHANNELS, *counted}):
        row: dict[str, Any] = counted.get(system, {"waiting": 0, "oldest": None, "sent": 0, "dead": 0})
        line = known.get(system)
        found.append(
            LineTold(
                system, row["waiting"], row["oldest"], row["sent"], row["dead"],
                line.rests_until if line else None, line.last_error if line and line.failures else "",
                line.last_sent_at if line else None,
            )
        )  # fmt: skip
    return found


def count_dead(reader: access.Reader) -> int:
    """How many refused messages wait in the reader's areas."""
    return access.all_for(reader, Message).filter(state=State.DEAD).count()


def dead(messages: QuerySet[Message]) -> QuerySet[Message]:
    """What was refused, each with whether a later message waits behind it."""
    behind = Message.objects.filter(
        system=OuterRef("system"), about=OuterRef("about"), pk__gt=OuterRef("pk"), state=State.WAITING
    )
    return messages.filter(state=State.DEAD).annotate(holds_up=Exists(behind)).order_by("created_at", "pk")
