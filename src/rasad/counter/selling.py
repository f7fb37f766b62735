"""From a visit through its ladder to a sale in the books: the pass, the sale, the sale taken back."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language

from rasad.counter import ladder
from rasad.counter.asking import Asked, sale_of
from rasad.counter.dues import Offer
from rasad.counter.ladder import Standing
from rasad.counter.models import Kind, Refusal, Reversal, Sale, Visit
from rasad.counter.passes import Pass, sign
from rasad.counter.posting import Lane, post_alone
from rasad.counter.receipts import Receipt
from rasad.counter.refusals import facts_of
from rasad.counter.telling import TELLER
from rasad.journal import actions as journal
from rasad.journal import seals
from rasad.ledger import actions as ledger
from rasad.ledger.actions import Move
from rasad.ledger.models import Account, Transfer
from rasad.relief import actions as relief
from rasad.values.refused import Refused

# A sale that is underway when its visit ends is not sent away.
GRACE = timedelta(minutes=5)
# Names the document of a reversal after its sale: a sale is taken back once, whoever asks how often.
REVERSALS = UUID("6f1c2a52-0d0c-4a53-9a39-6a7b7a0f6f10")


def issue_pass(visit: Visit, *, now: Standing, offers: Sequence[Offer], at: datetime) -> str:
    """The pass of a visit that is through its ladder. Refused: authenticate_first, away_unauthenticated."""
    ladder.check_served(visit, now)
    # The deadline is by the real clock, as the road that checks it.
    until = datetime.now(UTC) + (visit.until - at) + GRACE
    return sign(
        Pass(
            id=str(visit.pk), shop=visit.shop_id, device=visit.device, kind=visit.kind, holder=visit.holder,
            month=visit.month, category=visit.category, members=visit.members, home_state=visit.home_state,
            home_shop=visit.home_shop, mode=now.mode or "", member=now.member, why=now.why,
            ekyc_asked=now.ekyc_asked, reference=now.reference, cash=ledger.cash(visit.shop_id).pk,
            until=int(until.timestamp()), lines=tuple(one.as_line() for one in offers),
        )
    )  # fmt: skip


def sell(visit: Visit, *, pass_text: str, lines: Mapping[str, int], dealer: str, at: datetime) -> Receipt:
    """Sell what a dealer typed, in grams or ml by line. Refused as `posting.post_alone` and `asking.sale_of`."""
    asked = sale_of(str(visit.pk), pass_text, list(lines.items()), now=datetime.now(UTC).timestamp())
    asked.dealer = dealer
    return post(asked, at=at)


def post(asked: Asked, *, at: datetime) -> Receipt:
    """Post one sale over Django's connection, with all that its kind brings along; a refusal is written down."""
    try:
        outcome = _posted(asked, at=at)
    except Refused as no:
        note_refusal(asked, no, at=at)
        raise
    if isinstance(outcome, Refused):
        note_refusal(asked, outcome, at=at)
        raise outcome
    if not outcome.is_replay:
        language = get_language() or settings.LANGUAGE_CODE
        transaction.on_commit(lambda: TELLER.later(asked.id, language=language))
    return outcome


def _posted(asked: Asked, *, at: datetime) -> Receipt | Refused:
    if asked.allowed.kind == Kind.VISITOR:
        from rasad.counter.reserved import sell_reserved

        return sell_reserved(asked, at=at)
    with transaction.atomic():
        outcome = post_here(asked, at=at)
        # A sale that stood in the books is answered, whatever became of its token since.
        is_new = isinstance(outcome, Receipt) and not outcome.is_replay
        if is_new and asked.allowed.kind == Kind.TOKEN:
            relief.note_sale(number=asked.allowed.holder)
    return outcome


def post_here(asked: Asked, *, at: datetime) -> Receipt | Refused:
    """Post one sale in lane 0, which all that is not posted in groups shares."""
    with own_lane() as (link, lane):
        return post_alone(link, lane, asked, at=at, now=datetime.now(UTC))


@contextmanager
def own_lane() -> Iterator[tuple["psycopg.Connection[object]", Lane]]:
    """Lane 0 over Django's connection, held until the transaction ends."""
    with transaction.atomic():
        families = ledger.outside("families").pk
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [seals.LOCK])
        lane = Lane(0, families=families)
        with connection.connection.cursor() as cursor:
            lane.catch_up(cursor)
        # A database that goes away is told in Django's words: so whoever waits is told to ask again.
        with connection.wrap_database_errors:
            yield connection.connection, lane


def note_refusal(asked: Asked, no: Refused, *, at: datetime) -> None:
    """Write a refused sale down, after it was rolled back: the grievance desk reads it."""
    allowed = asked.allowed
    Refusal.objects.create(
        visit=UUID(asked.id), shop_id=allowed.shop, holder=allowed.holder, month=allowed.month, code=no.code,
        facts=facts_of(no), at=at,
    )  # fmt: skip


def reverse(sale: Sale, *, reason: str, by: str, at: datetime) -> Reversal:
    """Take a sale back on its own day: everything moves back, nothing is deleted, the journal says who and why.

    Refused: reversal_needs_reason, sale_of_another_day, sale_taken_back_already, visitor_sale_stands.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("reversal_needs_reason")
    if timezone.localdate(sale.at) != timezone.localdate(at):
        raise Refused("sale_of_another_day", sold=timezone.localdate(sale.at))
    if sale.kind == Kind.VISITOR:
        # The home State has booked it: only that State can give it back.
        raise Refused("visitor_sale_stands")
    document = uuid5(REVERSALS, str(sale.pk))
    with transaction.atomic():
        Sale.objects.select_for_update().get(pk=sale.pk)
        if Reversal.objects.filter(sale=sale).exists():
            raise Refused("sale_taken_back_already")
        made = Reversal.objects.create(sale=sale, document=document, reason=reason, by=by, at=at)
        _move_back(sale, document=document, at=at)
        journal.write(
            "sale.reversed", of_kind="sale", of_key=str(sale.pk), by=by, at=at, reason=reason,
            facts={"shop": sale.shop_id, "amount": sale.amount},
        )  # fmt: skip
    return made


def _move_back(sale: Sale, *, document: UUID, at: datetime) -> None:
    moved = list(Transfer.objects.filter(document=sale.pk).order_by("line"))
    keys = {key for one in moved for key in (one.source, one.target)}
    accounts = Account.objects.in_bulk(keys)
    back = [
        Move(accounts[one.target], accounts[one.source], one.quantity, one.price, one.amount) for one in moved
    ]
    ledger.move(Transfer.Kind.REVERSAL, document=document, moves=back, at=at)
