"""The twin's memory: made-up cards, what was lifted of them, and what is kept for whom. All States at once."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from rasad.connectors.impds import refusals
from rasad.connectors.impds.cards import MadeUpCard, made_up, member
from rasad.connectors.impds.signing import aadhaar_reference
from rasad.connectors.impds.wire import (
    CardAsked,
    HomeCard,
    HomeLine,
    Lift,
    PostAsked,
    ReserveAsked,
    Reserved,
    Settled,
    VoidAsked,
)
from rasad.values.month import INDIA, Month


@dataclass
class Kept:
    """A reservation: what for, until when by our own clock, and how it was settled."""

    asked: ReserveAsked | None
    until: datetime
    settled: Literal["no", "posted", "voided"] = "no"

    def is_kept(self, at: datetime) -> bool:
        """Whether its grain is kept now."""
        return self.settled == "no" and at < self.until


class Book:
    """Everything the twin knows. Whatever is asked of it is done whole, under one lock."""

    def __init__(self, cards: Iterable[MadeUpCard]) -> None:
        self._cards = {(card.state, card.number): card for card in cards}
        self._lifts: dict[tuple[str, str, str], list[Lift]] = {}
        self._kept: dict[tuple[str, UUID], Kept] = {}
        self._kept_of: defaultdict[tuple[str, str, str], list[Kept]] = defaultdict(list)
        self._lock = threading.Lock()

    def all_cards(self, month: Month, *, at: datetime) -> list[tuple[MadeUpCard, HomeCard]]:
        """Every card beside what its State says of it."""
        with self._lock:
            return [(card, self._told(card, month, at)) for card in self._cards.values()]

    def card(self, asked: CardAsked, *, sender: str, key: bytes, at: datetime) -> HomeCard:
        """A card and what is left on it. Refused: impds_card_unknown, also for a card of the asking State itself."""
        with self._lock:
            for card in self._cards.values():
                if card.state != sender and _is_meant(card, asked, key):
                    return self._told(card, Month.parse(asked.month), at)
        raise refusals.card_unknown(asked.number)

    def reserve(self, asked: ReserveAsked, *, sender: str, at: datetime) -> Reserved:
        """Keep what is asked for, all of it or nothing. Refused: see `ImpdsClient.reserve`."""
        with self._lock:
            card = self._cards.get((asked.state, asked.card))
            if card is None or card.state == sender:
                raise refusals.card_unknown(asked.card)
            known = self._kept.get((sender, asked.reservation))
            if known is None:
                self._keep(card, asked, sender, at)
            elif known.asked and known.asked.is_for != asked.is_for:
                raise refusals.reused(asked.reservation)
            elif known.settled != "posted" and not known.is_kept(at):
                raise refusals.gone(asked.reservation)
            left = self._left(card, Month.parse(asked.month), at)
            return Reserved(
                reservation=asked.reservation,
                state=asked.state,
                card=asked.card,
                month=asked.month,
                lines=asked.lines,
                left={commodity: left[commodity] for commodity in asked.lines},
                until=asked.until,
            )

    def post(self, asked: PostAsked, *, sender: str, at: datetime) -> Settled:
        """Turn a reservation into a lift. Refused: impds_reservation_gone."""
        with self._lock:
            kept = self._kept.get((sender, asked.reservation))
            if kept and kept.asked and kept.is_kept(at):
                self._lift(kept.asked, sender, asked.at)
                kept.settled = "posted"
            if kept is None or kept.settled != "posted":
                raise refusals.gone(asked.reservation)
        return Settled(reservation=asked.reservation, outcome="posted")

    def void(self, asked: VoidAsked, *, sender: str, at: datetime) -> Settled:
        """Let a reservation go, also one that is still on its way. Refused: impds_reservation_posted."""
        with self._lock:
            kept = self._kept.setdefault((sender, asked.reservation), Kept(None, at))
            if kept.settled == "posted":
                raise refusals.posted(asked.reservation)
            kept.settled = "voided"
        return Settled(reservation=asked.reservation, outcome="voided")

    def lift_at_home(self, number: str, commodity: str, grams: int, *, at: datetime) -> None:
        """The family lifts at its own shop. Raises ValueError for more than is left."""
        with self._lock:
            card = next(card for card in self._cards.values() if card.number == number)
            on = at.astimezone(INDIA).date()
            month = Month.of(on)
            if self._left(card, month, at).get(commodity, 0) < grams:
                raise ValueError(f"less than {grams} g of {commodity} is left on the card")
            self._lifts_of(card, month, at).append(
                Lift(on=on, state=card.state, shop=card.shop, commodity=commodity, grams=grams)
            )

    def _keep(self, card: MadeUpCard, asked: ReserveAsked, sender: str, at: datetime) -> None:
        if not card.is_active:
            raise refusals.card_not_active(asked.card)
        left = self._left(card, Month.parse(asked.month), at)
        balance = {commodity: left.get(commodity, 0) for commodity in asked.lines}
        if any(balance[commodity] < grams for commodity, grams in asked.lines.items()):
            raise refusals.balance_changed(asked.card, balance)
        if asked.keep_for <= timedelta():
            raise refusals.gone(asked.reservation)
        kept = Kept(asked, at + asked.keep_for)
        self._kept[sender, asked.reservation] = kept
        self._kept_of[asked.state, asked.card, asked.month].append(kept)

    def _lift(self, asked: ReserveAsked, sender: str, at: datetime) -> None:
        lifts = self._lifts[asked.state, asked.card, asked.month]
        lifts += [
            Lift(
                on=at.astimezone(INDIA).date(),
                state=sender,
                shop=asked.shop,
                commodity=commodity,
                grams=grams,
            )
            for commodity, grams in asked.lines.items()
        ]

    def _told(self, card: MadeUpCard, month: Month, at: datetime) -> HomeCard:
        left, lifts = self._left(card, month, at), self._lifts_of(card, month, at)
        kinds: Mapping[Literal["foodgrain", "other"], dict[str, int]] = {
            "foodgrain": card.foodgrain,
            "other": card.other,
        }
        return HomeCard(
            state=card.state,
            number=card.number,
            category=card.category,
            is_nfsa=card.is_nfsa,
            is_linked=card.is_linked,
            is_validated=card.is_validated,
            is_active=card.is_active,
            month=str(month),
            members=tuple(member(line, one) for line, one in enumerate(card.members, start=1)),
            lines=tuple(
                HomeLine(commodity=commodity, kind=kind, full=full, left=left[commodity])
                for kind, goods in kinds.items()
                for commodity, full in goods.items()
            ),
            lifts=tuple(lifts),
            last_away_on=self._last_away(card, month, at),
        )

    def _last_away(self, card: MadeUpCard, month: Month, at: datetime) -> date | None:
        self._lifts_of(card, month, at)
        away = [
            lift.on
            for (state, number, lifted_for), lifts in self._lifts.items()
            if (state, number) == (card.state, card.number) and lifted_for <= str(month)
            for lift in lifts
            if lift.state != card.state
        ]
        return max(away, default=None)

    def _left(self, card: MadeUpCard, month: Month, at: datetime) -> dict[str, int]:
        left = {**card.foodgrain, **card.other}
        for lift in self._lifts_of(card, month, at):
            left[lift.commodity] -= lift.grams
        for kept in self._kept_of[card.state, card.number, str(month)]:
            if kept.asked and kept.is_kept(at):
                for commodity, grams in kept.asked.lines.items():
                    left[commodity] -= grams
        return left

    def _lifts_of(self, card: MadeUpCard, month: Month, at: datetime) -> list[Lift]:
        """What was lifted of a month, begun with what the file says happens every month."""
        key = card.state, card.number, str(month)
        if key not in self._lifts:
            self._lifts[key] = [made_up(lift, month, at) for lift in card.lifted]
        return self._lifts[key]


def _is_meant(card: MadeUpCard, asked: CardAsked, key: bytes) -> bool:
    if asked.number is not None:
        return card.number == asked.number
    uids = [member.uid for member in card.members if member.uid]
    return card.is_active and any(aadhaar_reference(uid, key) == asked.aadhaar_ref for uid in uids)
