"""Another State reserves on a card of ours, has sold, or lets go: each once, whatever is sent how often.

The journal keeps who reserved what for which shop; the ledger keeps the grain, and nothing is taken twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import connection, transaction

from rasad import wiring
from rasad.connectors.impds import refusals
from rasad.connectors.impds.wire import PostAsked, ReserveAsked, Reserved, Settled, VoidAsked
from rasad.counter.elsewhere import cards
from rasad.counter.models import ElsewhereLift
from rasad.journal import actions as journal
from rasad.journal.queries import facts_of
from rasad.ledger import actions as ledger
from rasad.ledger.models import HoldEnd, Transfer
from rasad.values.refused import Refused

# A State names its reservations itself; two States may choose the same name, and one may choose that of a sale.
NAMES = UUID("8a2f4b0e-0f5d-4f2b-9d0c-5c1e2b7a9d31")
RESERVED = "elsewhere.reserved"
POSTED = HoldEnd.How.POSTED
# Grain that is kept cannot be lifted at home: no State keeps it longer, whatever it asks.
LONGEST = timedelta(hours=72)


@dataclass(frozen=True)
class Kept:
    """A reservation as the journal keeps it."""

    card: str
    month: str
    shop: str
    lines: dict[str, int]
    at: datetime
    until: datetime

    @property
    def is_for(self) -> tuple[str, str, dict[str, int], str]:
        """What makes two requests with one id the same reservation."""
        return self.card, self.month, self.lines, self.shop

    def is_open(self, document: UUID, *, at: datetime) -> bool:
        """Whether the grain is still kept: not sold, not let go, and the time not over."""
        return at < self.until and ledger.how_ended(document) is None


def reserve(asked: ReserveAsked, *, sender: str, at: datetime) -> Reserved:
    """Keep grain of a card for a shop of another State, all that is asked or nothing.

    Refused: impds_card_unknown, impds_card_not_active, impds_balance_changed, impds_reservation_gone,
    impds_reservation_reused.
    """
    if asked.state != wiring.state_code():
        raise refusals.card_unknown(asked.card)
    document = name_of(sender, asked.reservation)
    with transaction.atomic():
        _one_at_a_time(document)
        ours = _living(asked.card, at=at)
        kept = _kept(document)
        if kept is None:
            _keep(asked, ours, document, sender=sender, at=at)
        elif kept.is_for != (asked.card, asked.month, asked.lines, asked.shop):
            raise refusals.reused(asked.reservation)
        elif ledger.how_ended(document) != POSTED and not kept.is_open(document, at=at):
            raise refusals.gone(asked.reservation)
        ours = cards.card_of(asked.card, at=at)
    return Reserved(
        reservation=asked.reservation, state=asked.state, card=asked.card, month=asked.month, lines=asked.lines,
        left={one: cards.left(ours, one) for one in asked.lines}, until=asked.at + _keep_for(asked),
    )  # fmt: skip


def post(asked: PostAsked, *, sender: str, at: datetime) -> Settled:
    """What was reserved has been sold: it is lifted now. Raises Refused("impds_reservation_gone")."""
    document = name_of(sender, asked.reservation)
    with transaction.atomic():
        _one_at_a_time(document)
        kept = _kept(document)
        if kept is not None and kept.is_open(document, at=at):
            # The day is the shop's, as far as it lies in the time of the reservation.
            sold = max(min(asked.at, at), kept.at)
            ledger.post_hold(
                document=document, kind=Transfer.Kind.ELSEWHERE, source=ledger.outside("other_states"), at=at
            )
            ElsewhereLift.objects.create(
                reservation=document, holder=kept.card, month=kept.month, state=sender, shop=kept.shop,
                lines=kept.lines, at=sold,
            )  # fmt: skip
        elif ledger.how_ended(document) != POSTED:
            raise refusals.gone(asked.reservation)
    return Settled(reservation=asked.reservation, outcome="posted")


def void(asked: VoidAsked, *, sender: str, at: datetime) -> Settled:
    """Let go of what was reserved, also of what is still on its way. Raises Refused("impds_reservation_posted")."""
    document = name_of(sender, asked.reservation)
    with transaction.atomic():
        _one_at_a_time(document)
        if ledger.how_ended(document) == POSTED:
            raise refusals.posted(asked.reservation)
        if _kept(document) is None:
            ledger.bar_hold(document=document, at=at)
        else:
            ledger.void_hold(document=document, at=at)
    return Settled(reservation=asked.reservation, outcome="voided")


def name_of(sender: str, reservation: UUID) -> UUID:
    """The document in our books for a State's reservation."""
    return uuid5(NAMES, f"{sender}/{reservation}")


def _living(number: str, *, at: datetime) -> cards.Ours:
    try:
        return cards.card_of(number, at=at)
    except Refused as no:
        if no.code == "card_unknown":
            raise refusals.card_unknown(number) from None
        raise refusals.card_not_active(number) from None


def _keep(asked: ReserveAsked, ours: cards.Ours, document: UUID, *, sender: str, at: datetime) -> None:
    """Hold the grain, and write down for whom."""
    if asked.keep_for <= timedelta() or ledger.how_ended(document) is not None:
        raise refusals.gone(asked.reservation)
    if any(_balance(asked, ours)[commodity] < grams for commodity, grams in asked.lines.items()):
        # Perhaps something is held whose time is over.
        ledger.expire_holds(at=at)
        ours = cards.card_of(asked.card, at=at)
    balance, until = _balance(asked, ours), at + _keep_for(asked)
    if any(balance[commodity] < grams for commodity, grams in asked.lines.items()):
        raise refusals.balance_changed(asked.card, balance)
    lines = [(ours.grain[commodity].pk, grams) for commodity, grams in sorted(asked.lines.items())]
    try:
        ledger.reserve(document=document, lines=lines, until=until, at=at)
    except Refused as no:
        if no.code != "account_short":
            raise
        # The family lifted at home in this moment.
        now = cards.card_of(asked.card, at=at)
        raise refusals.balance_changed(asked.card, _balance(asked, now)) from None
    facts = {"card": asked.card, "month": asked.month, "shop": asked.shop, "lines": asked.lines}
    times = {"at": at.isoformat(), "until": until.isoformat()}
    journal.write(
        RESERVED, of_kind="reservation", of_key=str(document), by=sender, at=at, facts={**facts, **times}
    )


def _keep_for(asked: ReserveAsked) -> timedelta:
    return min(asked.keep_for, LONGEST)


def _balance(asked: ReserveAsked, ours: cards.Ours) -> dict[str, int]:
    """What is left of each grain asked for; of another month nothing: it has lapsed or is not due yet."""
    account = next(iter(ours.accounts.values()), None)
    is_this_month = account is not None and account.month == asked.month
    return {one: cards.left(ours, one) if is_this_month else 0 for one in asked.lines}


def _kept(document: UUID) -> Kept | None:
    facts = facts_of("reservation", str(document), actions=[RESERVED])
    if facts is None:
        return None
    times = {name: datetime.fromisoformat(facts[name]) for name in ("at", "until")}
    return Kept(**facts | times)


def _one_at_a_time(document: UUID) -> None:
    """Requests about one reservation wait for each other until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(document.bytes[:8], signed=True)])
