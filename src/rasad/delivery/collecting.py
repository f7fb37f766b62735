"""What portals tell us is taken in, each page and its place in one transaction: nothing lost, nothing twice."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.db import transaction

from rasad import wiring
from rasad.connectors.exchange.client import Odd, Pulled
from rasad.connectors.trackpds.wire import Arrival
from rasad.connectors.unit_committee.wire import HandOver
from rasad.delivery import texts
from rasad.delivery.actions.steps import Who, answer, note
from rasad.delivery.models import Committee, Hand, Pull, Step, ToldRow
from rasad.outbox import actions as outbox
from rasad.relief.life import LIVING
from rasad.relief.models import Token
from rasad.values.refused import OutsideError, Refused

log = structlog.get_logger()
WITHIN_SECONDS = 20.0
# A portal is asked again after so long; one that fails, later and later.
EVERY = timedelta(seconds=30)
LONGEST_REST = timedelta(hours=1)
MOST_DOUBLINGS = 12
UNREADABLE = "unreadable"
PAGES_AT_ONCE = 20
Take = Callable[[Any, datetime], tuple[str, dict[str, object]]]


def lines() -> dict[str, Callable[[], int]]:
    """What the worker does for each list a portal has for us, beside each other."""
    return {f"from {system} {kind}": partial(collect, system, kind) for system, kind in TAKERS}


def collect_all() -> int:
    """Take in what every portal has for us, one after the other; how many rows."""
    return sum(collect(system, kind) for system, kind in TAKERS)


def collect(system: str, kind: str, *, now: datetime | None = None) -> int:
    """Take in what one portal has, from where the last time ended; how many rows."""
    at = now or datetime.now(wiring.INDIA)
    client = wiring.portal(system)
    if client is None:
        return 0
    pull, _ = Pull.objects.get_or_create(system=system, kind=kind)
    if pull.rests_until and pull.rests_until > at:
        return 0
    count = 0
    try:
        for _page in range(PAGES_AT_ONCE):
            page = client.pull(kind, cursor=pull.cursor, within=WITHIN_SECONDS)
            count += _taken(pull, page, TAKERS[system, kind])
            if not page.more:
                break
    except OutsideError as error:
        _rest(pull, error, at)
        return count
    Pull.objects.filter(pk=pull.pk).update(
        failures=0, last_error="", rests_until=at + EVERY, last_at=wiring.now()
    )
    return count


@transaction.atomic
def _taken(pull: Pull, page: Pulled[Any], take: Take) -> int:
    # Two workers at one page: the second waits here, and finds the page done.
    held = Pull.objects.select_for_update().get(pk=pull.pk)
    if held.cursor != pull.cursor:
        pull.cursor = held.cursor
        return 0
    at, new = wiring.now(), 0
    for row in page.rows:
        new += _once(pull, row.id, at, partial(take, row, at))
    for odd in page.odd:
        # Kept in a place of its own: one row that nobody can read does not hold up the others.
        new += _once(pull, f"odd:{odd.digest}", at, partial(_odd, pull, odd))
    held.cursor, held.rows = page.next, held.rows + new
    held.save(update_fields=["cursor", "rows"])
    pull.cursor = page.next
    return new


def _once(pull: Pull, key: str, at: datetime, take: Callable[[], tuple[str, dict[str, object]]]) -> int:
    told_as = f"{pull.system}:{pull.kind}:{key}"[:120]
    if ToldRow.objects.filter(told_as=told_as).exists():
        return 0
    outcome, facts = take()
    ToldRow.objects.create(told_as=told_as, outcome=outcome, facts=facts, at=at)
    return 1


def _odd(pull: Pull, odd: Odd) -> tuple[str, dict[str, object]]:
    log.warning("portal_row_unreadable", system=pull.system, kind=pull.kind, why=odd.why)
    return UNREADABLE, {"row": odd.text, "why": odd.why}


def _rest(pull: Pull, error: OutsideError, at: datetime) -> None:
    doubled = LONGEST_REST if error.permanent else timedelta(seconds=2 ** min(pull.failures, MOST_DOUBLINGS))
    Pull.objects.filter(pk=pull.pk).update(
        failures=pull.failures + 1,
        rests_until=at + min(doubled, LONGEST_REST) * random.uniform(0.5, 1.0),
        last_error=str(error)[:250],
    )
    log.warning("portal_rests", system=pull.system, kind=pull.kind, error=str(error))


def hand_over_told(row: HandOver, at: datetime) -> tuple[str, dict[str, object]]:
    """A committee's step on its own portal, as if it had been done here."""
    token = Token.objects.filter(number=row.token).first()
    facts: dict[str, object] = {"token": row.token, "outcome": row.outcome}
    if token is None:
        return "token_unknown", facts
    committee = Committee.objects.filter(code=row.committee).first()
    who = Who(Hand.UNIT_COMMITTEE, f"{row.committee} {row.by}"[:150], committee)
    when = min(row.at, at)
    if row.outcome in (Step.Kind.DOWNLOADED, Step.Kind.PRINTED):
        note(tokens=[token], kind=row.outcome, who=who, at=when, text=row.note)
        return "noted", facts
    try:
        with transaction.atomic():
            answer(token=token, kind=row.outcome, who=who, at=when, proof=row.proof, text=row.note)
    except Refused as refused:
        return refused.code, facts
    return "noted", facts


def arrival_told(row: Arrival, at: datetime) -> tuple[str, dict[str, object]]:
    """Grain reached a shop: the holders of its tokens are told by SMS."""
    tokens = Token.objects.filter(shop_number=row.shop, state__in=LIVING).exclude(mobile="")
    facts = {"goods": _goods(row.commodity), "day": f"{row.arrived_on:%d.%m.%Y}"}
    told = list(tokens.values_list("number", "district_code"))
    if wiring.sms() is not None:
        outbox.post_many([("sms", texts.STOCK, number, district, facts) for number, district in told], at=at)
    return "told", {"shop": row.shop, "commodity": row.commodity, "grams": row.grams, "families": len(told)}


def _goods(commodity: str) -> str:
    from rasad.policy.jurisdiction import jurisdiction

    law = jurisdiction(wiring.state_code())
    if commodity not in law.commodity_of:
        return commodity
    return law.commodity_name(commodity).in_language(texts.language())


TAKERS: dict[tuple[str, str], Take] = {
    ("unit_committee", "hand_overs"): hand_over_told,
    ("trackpds", "arrivals"): arrival_told,
}
