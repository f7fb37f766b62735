"""What waits is sent: a batch at a time, each thing in its order, a failing system left in peace for a while."""

import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Left

from rasad import wiring
from rasad.outbox.channels import CHANNELS, Answer, Channel
from rasad.outbox.models import Line, Message
from rasad.values.refused import OutsideError, Refused
from rasad.web.refusals import say

log = structlog.get_logger()
# How long a batch may take; a sender that was killed in it lets go of its messages after twice as long.
WITHIN_SECONDS = 20.0
LEASE = timedelta(seconds=2 * WITHIN_SECONDS)
# A system that fails rests for a second, then two, then four, an hour at most.
LONGEST_REST = timedelta(hours=1)
MOST_DOUBLINGS = 12
ROUNDS_AT_ONCE = 200
# A message of which a system that answers says nothing is refused after so many times: it would wait for ever.
MOST_UNANSWERED = 5
NO_ANSWER = "no_answer"
SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.2, 5.0
State = Message.State

# Chosen once: as a condition of the update, the choice may be made again for each row it meets, and more are taken.
_CLAIM = """
WITH next AS MATERIALIZED (
    SELECT m.id FROM outbox_message m
    WHERE m.system = %(system)s AND m.state = 'waiting' AND (m.leased_until IS NULL OR m.leased_until < %(now)s)
        AND NOT EXISTS (
            SELECT FROM outbox_message e
            WHERE e.system = m.system AND e.about = m.about AND e.id < m.id AND e.state IN ('waiting', 'dead')
        )
    ORDER BY m.id LIMIT %(most)s FOR UPDATE OF m SKIP LOCKED
)
UPDATE outbox_message c SET leased_until = %(until)s, tries = c.tries + 1
FROM next WHERE c.id = next.id
RETURNING c.id
"""

# Only what is still this sender's: one that was thought dead does not undo what another has settled since.
_SETTLE = """
UPDATE outbox_message m SET state = told.state, code = told.code, detail = told.detail, answer = told.answer::jsonb,
    sent_at = CASE WHEN told.state = 'sent' THEN %(at)s END, unanswered = told.unanswered, leased_until = NULL
FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(codes)s::text[], %(details)s::text[], %(answers)s::text[],
    %(unanswered)s::smallint[]) AS told(id, state, code, detail, answer, unanswered)
WHERE m.id = told.id AND m.state = 'waiting' AND m.leased_until = %(lease)s
RETURNING m.id, m.state
"""


@dataclass(frozen=True)
class Sent:
    """What a round came to: accepted, refused for good, left waiting."""

    sent: int = 0
    dead: int = 0
    failed: int = 0

    @property
    def did_something(self) -> bool:
        """Whether another round may do more."""
        return bool(self.sent or self.dead)


@dataclass(frozen=True)
class _End:
    """How a message stands after a round."""

    state: str
    code: str = ""
    detail: str = ""
    answer: Mapping[str, str] = field(default_factory=dict)
    unanswered: int = 0


def real_time() -> datetime:
    """The clock by which systems fail and recover, whatever day the books are at."""
    return datetime.now(wiring.INDIA)


def send_round(system: str, *, within: float = WITHIN_SECONDS) -> Sent:
    """Send the next batch of a system. Nothing is sent in a transaction; nothing is sent by two at once."""
    channel, now = CHANNELS[system], real_time()
    line, _ = Line.objects.get_or_create(system=system)
    if line.rests_until and line.rests_until > now:
        return Sent()
    lease = now + LEASE
    # After a failure one message goes ahead, not a crowd.
    messages = _claimed(system, most=1 if line.failures else channel.batch, now=now, lease=lease)
    if not messages:
        return Sent()
    try:
        rendered = channel.render(messages)
    except Refused as refused:
        # Nothing was sent. Whoever looks at the lines reads why; when it is put right, all of it leaves.
        _rest(line, OutsideError(str(say(refused)), permanent=False), now)
        return _settle(channel, messages, {}, {}, lease)
    to_send = [(one, rendered[one.pk]) for one in messages if rendered.get(one.pk) is not None]
    try:
        answers = channel.send(to_send, within) if to_send else {}
    except OutsideError as error:
        _rest(line, error, now)
        answers, to_send = {}, []
    ends = {one.pk: _end(one, answers.get(one.pk)) for one, _ in to_send}
    ends |= {one.pk: _End(State.SENT, "superseded") for one in messages if rendered.get(one.pk) is None}
    return _settle(channel, messages, ends, answers, lease)


def drain(rounds: int = ROUNDS_AT_ONCE) -> int:
    """Send what waits on every line, one after the other; how many messages left."""
    return sum(drain_line(system, rounds) for system in list(CHANNELS))


def drain_line(system: str, rounds: int = ROUNDS_AT_ONCE) -> int:
    """Send what waits on one line, some batches; how many messages left."""
    count = 0
    for _ in range(rounds):
        done = send_round(system)
        count += done.sent
        if not done.did_something:
            break
    return count


def lines() -> dict[str, Callable[[], int]]:
    """What the worker does for each line, beside each other: a slow system holds up no other one."""
    return {f"to {system}": partial(drain_line, system) for system in CHANNELS}


def _claimed(system: str, *, most: int, now: datetime, lease: datetime) -> list[Message]:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"system": system, "now": now, "until": lease, "most": most})
        keys = [key for (key,) in cursor.fetchall()]
    return list(Message.objects.filter(pk__in=keys).order_by("pk"))


def _end(message: Message, answer: Answer | None) -> _End:
    if answer is not None:
        state = State.DEAD if answer.is_refusal else State.SENT
        return _End(state, answer.code[:60], answer.detail[:250], dict(answer.facts))
    unanswered = message.unanswered + 1
    is_over = unanswered >= MOST_UNANSWERED
    return _End(State.DEAD if is_over else State.WAITING, NO_ANSWER if is_over else "", unanswered=unanswered)


@transaction.atomic
def _settle(
    channel: Channel,
    messages: Sequence[Message],
    ends: Mapping[int, _End],
    answers: Mapping[int, Answer],
    lease: datetime,
) -> Sent:
    left = [one.pk for one in messages if one.pk not in ends]
    Message.objects.filter(pk__in=left, leased_until=lease).update(leased_until=None)
    mine = _written(ends, lease)
    if answers:
        Line.objects.filter(system=channel.system).update(
            failures=0, rests_until=None, last_sent_at=wiring.now()
        )
    good = [
        (one, answers[one.pk]) for one in messages if one.pk in answers and mine.get(one.pk) == State.SENT
    ]
    if good and channel.after:
        channel.after(good)
    dead = [key for key, state in mine.items() if state == State.DEAD]
    if dead:
        log.warning("outbox_refused", system=channel.system, messages=len(dead), code=ends[dead[0]].code)
    sent = sum(state == State.SENT for state in mine.values())
    return Sent(sent, len(dead), len(messages) - sent - len(dead))


def _written(ends: Mapping[int, _End], lease: datetime) -> dict[int, str]:
    """Write these ends down; the state of those that were still this sender's."""
    if not ends:
        return {}
    told = list(ends.values())
    with connection.cursor() as cursor:
        cursor.execute(
            _SETTLE,
            {
                "ids": list(ends), "states": [str(one.state) for one in told], "codes": [one.code for one in told],
                "details": [one.detail for one in told], "answers": [json.dumps(one.answer) for one in told],
                "unanswered": [one.unanswered for one in told], "lease": lease, "at": wiring.now(),
            },
        )  # fmt: skip
        return dict(cursor.fetchall())


def _rest(line: Line, error: OutsideError, now: datetime) -> None:
    """Leave a failing system in peace; one that does not take our signature for as long as can be."""
    doubled = LONGEST_REST if error.permanent else timedelta(seconds=2 ** min(line.failures, MOST_DOUBLINGS))
    rest = min(doubled, LONGEST_REST) * random.uniform(0.5, 1.0)
    Line.objects.filter(pk=line.pk).update(
        failures=F("failures") + 1, rests_until=now + rest, last_error=Left(Value(str(error)), 250)
    )
    log.warning("outbox_rests", system=line.system, seconds=round(rest.total_seconds(), 1), error=str(error))


def wait_for(system: str) -> None:
    """Sleep until a line may do more: while it rests, some seconds at most; else a moment."""
    line = Line.objects.filter(system=system).first()
    seconds = (line.rests_until - real_time()).total_seconds() if line and line.rests_until else 0.0
    time.sleep(min(max(seconds, SHORTEST_WAIT_SECONDS), LONGEST_WAIT_SECONDS))
