"""A visitor's sale: reserved at the home State, sold here, told to the home State; whatever fails between, once.

The home State's book stands above ours: what it does not reserve is not sold. Reserved and sold, it is told until
it has heard (`settle`), by the sale itself or later by the keeper.
"""

import time
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import structlog
from django.db import connection, transaction
from django.utils import timezone

from rasad import wiring
from rasad.connectors.impds.client import ImpdsClient
from rasad.counter import selling
from rasad.counter.asking import Asked
from rasad.counter.models import Reservation, Sale, Visit
from rasad.counter.receipts import Receipt
from rasad.counter.why_not import answer, look
from rasad.ledger import actions as ledger
from rasad.policy.portability import next_lift, portability
from rasad.values.month import Month
from rasad.values.refused import OutsideError, Refused

WITHIN_SECONDS = 10.0
# Long enough for a home State that is away for a night to hear of the sale.
HELD = timedelta(hours=24)

# Names the second reservation of a sale whose first one ended before the home State heard of the sale.
ANEW = UUID("b0f8e0f4-6f5c-4d0e-9f61-1d9c0a3d7a55")
State = Reservation.State
log = structlog.get_logger()


def sell_reserved(asked: Asked, *, at: datetime) -> Receipt | Refused:
    """Sell to a visitor. Refused: away_gap, portability_month_ends, home_state_unreachable, what the home State
    refuses, open_the_visit_again, and as any sale."""
    visit = Visit.objects.select_related("shop").get(pk=asked.id)
    lines = {line.of.key: line.quantity for line in asked.lines}
    if not Sale.objects.filter(pk=visit.pk).exists():
        _check_here(asked)
        _reserve(visit, lines, at=at)
    try:
        with transaction.atomic():
            outcome = selling.post_here(asked, at=at)
            if isinstance(outcome, Refused):
                raise outcome
            if not outcome.is_replay:
                _keep_gap(visit, at=at)
                _keep_reserved(visit, lines)
    except Refused:
        Reservation.objects.filter(pk=visit.pk, state=State.RESERVED).update(state=State.TO_VOID)
        settle(visit.pk, at=at)
        raise
    settle(visit.pk, at=at)
    return outcome


def _check_here(asked: Asked) -> None:
    """Refuse what can be refused without the home State: the visit stays as it is, and less may be asked."""
    connection.ensure_connection()
    said = answer(look(connection.connection, [asked], now=datetime.now(UTC)), asked)
    if isinstance(said, Refused):
        raise said


def _keep_reserved(visit: Visit, lines: dict[str, int]) -> None:
    """From now on the home State is to be told of the sale; not where its grain was let go meanwhile."""
    mine = Reservation.objects.filter(pk=visit.pk, state=State.RESERVED, lines=lines)
    if not mine.update(state=State.TO_POST):
        raise Refused("open_the_visit_again")


def _reserve(visit: Visit, lines: dict[str, int], *, at: datetime) -> None:
    client = wiring.impds()
    if client is None:
        raise Refused("home_state_unreachable")
    # Written down first: whatever happens next, the home State will be asked to let go.
    row, _ = Reservation.objects.get_or_create(visit=visit, defaults={"lines": lines, "until": at + HELD})
    mine = Reservation.objects.filter(pk=visit.pk, state=State.RESERVED)
    # Without lines: the home State said no before, and keeps nothing under this number.
    is_ours = row.lines == lines or mine.filter(lines={}).update(lines=lines)
    if not is_ours or row.state != State.RESERVED:
        raise Refused("open_the_visit_again")
    try:
        _asked_to_keep(client, visit, visit.pk, lines, until=row.until)
    except OutsideError:
        mine.update(state=State.TO_VOID)
        raise Refused("home_state_unreachable") from None
    except Refused as no:
        if no.code == "impds_balance_changed":
            mine.filter(lines=lines).update(lines={})
        else:
            Reservation.objects.filter(pk=visit.pk).update(state=State.VOIDED, told_at=at)
        raise


def _asked_to_keep(
    client: ImpdsClient, visit: Visit, reservation: UUID, lines: dict[str, int], *, until: datetime
) -> None:
    state, _, card = visit.holder.partition("/")
    client.reserve(
        reservation=reservation, state=state, card=card, month=Month.parse(visit.month), lines=lines,
        shop=visit.shop.name, until=until, within=WITHIN_SECONDS,
    )  # fmt: skip


def _keep_gap(visit: Visit, *, at: datetime) -> None:
    state, on = wiring.state_code(), timezone.localtime(at).date()
    rule = portability(state).lift
    try:
        ledger.note_away_lift(
            holder=visit.holder, month=visit.month, document=visit.pk, on=on, gap_days=rule.min_gap_days
        )
    except Refused as no:
        last = next_lift(state, lifted=on).until
        facts = {"until": last, "days": rule.min_gap_days}
        earliest = no.facts["earliest"]
        if isinstance(earliest, date) and earliest > last:
            lifted = earliest - timedelta(days=rule.min_gap_days)
            raise Refused("portability_month_ends", lifted=lifted, **facts) from None
        raise Refused("away_gap", earliest=earliest, **facts) from None


def settle(visit: UUID, *, at: datetime) -> bool:
    """Tell the home State how a reservation ended; whether it has heard. Safe to call again and from two places."""
    client = wiring.impds()
    row = Reservation.objects.filter(pk=visit, state__in=[State.TO_POST, State.TO_VOID]).first()
    if client is None or row is None:
        return row is None
    try:
        if row.state == State.TO_POST:
            _post(client, row, at=at)
        else:
            client.void(reservation=visit, within=WITHIN_SECONDS)
    except OutsideError:
        return False
    except Refused as no:
        # The sale stands here and does not there, or the other way about: people of both States put it right.
        log.error("home_state_differs", reservation=str(visit), state=row.state, code=no.code)
        return False
    done = State.POSTED if row.state == State.TO_POST else State.VOIDED
    Reservation.objects.filter(pk=visit, state=row.state).update(state=done, told_at=at)
    return True


def settle_all(*, at: datetime, seconds: float = 60.0) -> int:
    """Tell home States what they have not heard yet, and let go of what was never sold; how many are settled.

    In no order, so that none that cannot be settled stands before the others; as many as the seconds allow.
    """
    stale = at - timedelta(minutes=20)
    Reservation.objects.filter(state=State.RESERVED, visit__until__lt=stale).update(state=State.TO_VOID)
    waiting = Reservation.objects.filter(state__in=[State.TO_POST, State.TO_VOID]).order_by("?")
    done, until = 0, time.monotonic() + seconds
    for one in waiting.values_list("pk", flat=True):
        if time.monotonic() > until:
            break
        done += settle(one, at=at)
    return done


def _post(client: ImpdsClient, row: Reservation, *, at: datetime) -> None:
    """Tell the home State of a sale. Where it was away for so long that it let the grain go, reserve it anew."""
    try:
        client.post(reservation=row.pk, at=at, within=WITHIN_SECONDS)
    except Refused:
        visit = Visit.objects.select_related("shop").get(pk=row.pk)
        anew = uuid5(ANEW, str(row.pk))
        _asked_to_keep(client, visit, anew, row.lines, until=at + HELD)
        client.post(reservation=anew, at=at, within=WITHIN_SECONDS)
