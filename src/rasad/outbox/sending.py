"""What waits is sent: a batch at a time, each thing in its order, a failing system left in peace for a while."""

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Left

from rasad import wiring
from rasad.outbox.channels import CHANNELS, Answer, Channel
from rasad.outbox.models import Line, Message
from rasad.values.refused import OutsideError

log = structlog.get_logger()
# How long a batch may take; a sender that was killed in it lets go of its messages after twice as long.
WITHIN_SECONDS = 20.0
LEASE = timedelta(seconds=2 * WITHIN_SECONDS)
# A system that fails rests for a second, then two, then four, an hour at most.
LONGEST_REST = timedelta(hours=1)
ROUNDS_AT_ONCE = 20
LONGEST_WAIT_SECONDS = 5.0
State = Message.State

_CLAIM = """
UPDATE outbox_message SET leased_until = %(until)s, tries = tries + 1
WHERE id IN (
    SELECT m.id FROM outbox_message m
    WHERE m.system = %(system)s AND m.state = 'waiting' AND (m.leased_until IS NULL OR m.leased_until < %(now)s)
        AND NOT EXISTS (
            SELECT FROM outbox_message e
            WHERE e.system = m.system AND e.about = m.about AND e.id < m.id AND e.state IN ('waiting', 'dead')
        )
    ORDER BY m.id LIMIT %(most)s FOR UPDATE OF m SKIP LOCKED
)
RETURNING id
"""


@dataclass(frozen=True)
class Sent:
    """What a round came to: accepted, refused for good, left waiting by a failure of the system."""

    sent: int = 0
    dead: int = 0
    failed: int = 0

    @property
    def did_something(self) -> bool:
        """Whether another round may do more."""
        return bool(self.sent or self.dead)


def real_time() -> datetime:
    """The clock by which systems fail and recover, whatever day the books are at."""
    return datetime.now(wiring.INDIA)


def send_round(system: str, *, within: float = WITHIN_SECONDS) -> Sent:
    """Send the next batch of a system. Nothing is sent in a transaction; nothing is sent by two at once."""
    channel, now = CHANNELS[system], real_time()
    line, _ = Line.objects.get_or_create(system=system)
    if line.rests_until and line.rests_until > now:
        return Sent()
    # After a failure one message goes ahead, not a crowd.
    messages = _claimed(system, most=1 if line.failures else channel.batch, now=now)
    if not messages:
        return Sent()
    rendered = channel.render(messages)
    to_send = [(one, rendered[one.pk]) for one in messages if rendered.get(one.pk) is not None]
    silent = [one for one in messages if rendered.get(one.pk) is None]
    try:
        answers = channel.send(to_send, within) if to_send else {}
    except OutsideError as error:
        _rest(line, error, now)
        answers = {}
    return _settle(channel, messages, silent, answers)


def drain(rounds: int = ROUNDS_AT_ONCE) -> int:
    """Send what waits on every line, some batches each; how many messages left."""
    count = 0
    for system in list(CHANNELS):
        for _ in range(rounds):
            done = send_round(system)
            count += done.sent
            if not done.did_something:
                break
    return count


def _claimed(system: str, *, most: int, now: datetime) -> list[Message]:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"system": system, "now": now, "until": now + LEASE, "most": most})
        keys = [key for (key,) in cursor.fetchall()]
    return list(Message.objects.filter(pk__in=keys).order_by("pk"))


@transaction.atomic
def _settle(
    channel: Channel, messages: Sequence[Message], silent: Sequence[Message], answers: Mapping[int, Answer]
) -> Sent:
    at = wiring.now()
    told = [(one, answers[one.pk]) for one in messages if one.pk in answers]
    good = [(one, answer) for one, answer in told if not answer.is_refusal]
    bad = [(one, answer) for one, answer in told if answer.is_refusal]
    for one, answer in told:
        one.state = State.DEAD if answer.is_refusal else State.SENT
        one.sent_at = None if answer.is_refusal else at
        one.code, one.detail, one.answer = answer.code[:60], answer.detail[:250], dict(answer.facts)
        one.leased_until = None
    for one in silent:
        one.state, one.sent_at, one.code, one.leased_until = State.SENT, at, "superseded", None
    settled = [*(one for one, _ in told), *silent]
    Message.objects.bulk_update(
        settled, ["state", "sent_at", "code", "detail", "answer", "leased_until"], batch_size=500
    )
    failed = [one.pk for one in messages if one.pk not in answers and one not in silent]
    Message.objects.filter(pk__in=failed).update(leased_until=None)
    if told:
        Line.objects.filter(system=channel.system).update(failures=0, rests_until=None, last_sent_at=at)
    if good and channel.after:
        channel.after(good)
    if bad:
        log.warning("outbox_refused", system=channel.system, messages=len(bad), code=bad[0][1].code)
    return Sent(len(good) + len(silent), len(bad), len(failed))


def _rest(line: Line, error: OutsideError, now: datetime) -> None:
    """Leave a failing system in peace; one that does not take our signature for as long as can be."""
    seconds = LONGEST_REST.total_seconds() if error.permanent else min(2.0**line.failures, 3600.0)
    rest = timedelta(seconds=seconds * random.uniform(0.5, 1.0))
    Line.objects.filter(pk=line.pk).update(
        failures=F("failures") + 1, rests_until=now + rest, last_error=Left(Value(str(error)), 250)
    )
    log.warning("outbox_rests", system=line.system, seconds=round(rest.total_seconds(), 1), error=str(error))


def wait_for(line: Line) -> None:
    """Sleep while a line rests, some seconds at most."""
    if line.rests_until:
        seconds = (line.rests_until - real_time()).total_seconds()
        time.sleep(min(max(seconds, 0.0), LONGEST_WAIT_SECONDS))
