"""Asks other States about their cards, reserves on them, posts and voids. One `ImpdsClient` serves every thread."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

import msgspec

from rasad.connectors.calling import Line, Reply, insist
from rasad.connectors.decoded import decoded
from rasad.connectors.impds import refusals, signing
from rasad.connectors.impds.wire import (
    Ask,
    CardAsked,
    HomeCard,
    NoSaid,
    PostAsked,
    ReserveAsked,
    Reserved,
    Settled,
    VoidAsked,
    encoded,
    path_of,
)
from rasad.values.month import Month
from rasad.values.refused import OutsideError, Refused

Got = TypeVar("Got")
OK, TOO_MANY, FIRST_OF_SERVER = 200, 429, 500


def real_time() -> datetime:
    """The clock signatures are made by, and all else unless another one is given."""
    return datetime.now(UTC)


class ImpdsClient:
    """The other States' cards, as seen from a shop of ours.

    Every call is told the seconds it may take and raises OutsideError when there is no answer in that time
    (not permanent), or the other side does not take our signature or answers about something else (permanent).
    Asking again with the same reservation changes nothing. `clock` is the one that `until` is meant by; signatures
    go by the real one.
    """

    def __init__(
        self, url: str, own_state: str, key: bytes, *, clock: Callable[[], datetime] = real_time
    ) -> None:
        self.own_state = own_state
        self._key = signing.checked_key(key)
        self._clock = clock
        self._line = Line(system="IMPDS", url=url)

    def aadhaar_ref(self, number: str) -> str:
        """What is sent instead of an Aadhaar number."""
        return signing.aadhaar_reference(number, self._key)

    def card(
        self, *, number: str | None = None, aadhaar_ref: str | None = None, month: Month, within: float
    ) -> HomeCard:
        """A card and what is left on it in a month, by its number or by `aadhaar_ref` of a member's number.

        Refused: impds_card_unknown. A card that is not active is told as it is.
        """
        ask = CardAsked(number=number, aadhaar_ref=aadhaar_ref, month=str(month))
        found = self._asked(
            ask, HomeCard, within, {"impds_card_unknown": lambda _: refusals.card_unknown(number)}
        )
        is_this_card = number is None or _plain(found.number) == _plain(number)
        _check_is_of(ask, is_so=is_this_card and found.month == ask.month)
        return found

    def reserve(
        self,
        *,
        reservation: UUID,
        state: str,
        card: str,
        month: Month,
        lines: Mapping[str, int],
        shop: str,
        until: datetime,
        within: float,
    ) -> Reserved:
        """Keep `lines` (grams by commodity) of a card of `state` until a moment. `shop` is what the family will read.

        Refused: impds_balance_changed, impds_card_unknown, impds_card_not_active, impds_reservation_gone (it was
        voided or timed out), impds_reservation_reused (the id stands for something else).
        """
        ask = ReserveAsked(
            reservation=reservation,
            state=state,
            card=card,
            month=str(month),
            lines=dict(lines),
            shop=shop,
            at=self._clock(),
            until=until,
        )
        kept = self._asked(
            ask,
            Reserved,
            within,
            {
                "impds_card_unknown": lambda _: refusals.card_unknown(card),
                "impds_card_not_active": lambda _: refusals.card_not_active(card),
                "impds_balance_changed": lambda no: refusals.balance_changed(card, no.balance),
                "impds_reservation_gone": lambda _: refusals.gone(reservation),
                "impds_reservation_reused": lambda _: refusals.reused(reservation),
            },
        )
        # All that was asked or nothing: what is not kept there is not sold here.
        said = (kept.reservation, kept.state, kept.card, kept.month, kept.lines)
        _check_is_of(ask, is_so=said == (ask.reservation, ask.state, ask.card, ask.month, ask.lines))
        return kept

    def post(self, *, reservation: UUID, at: datetime, within: float) -> Settled:
        """What was reserved is sold. Before the grain is handed over: after a refusal it is somebody else's.

        Refused: impds_reservation_gone.
        """
        ask = PostAsked(reservation=reservation, at=at)
        told = self._asked(
            ask, Settled, within, {"impds_reservation_gone": lambda _: refusals.gone(reservation)}
        )
        _check_is_of(ask, is_so=(told.reservation, told.outcome) == (reservation, "posted"))
        return told

    def void(self, *, reservation: UUID, within: float) -> Settled:
        """Let go of what was reserved. A reservation that never arrived will not be made any more, either.

        Refused: impds_reservation_posted.
        """
        ask = VoidAsked(reservation=reservation)
        told = self._asked(
            ask, Settled, within, {"impds_reservation_posted": lambda _: refusals.posted(reservation)}
        )
        _check_is_of(ask, is_so=(told.reservation, told.outcome) == (reservation, "voided"))
        return told

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _asked(
        self, ask: Ask, form: type[Got], within: float, noes: Mapping[str, Callable[[NoSaid], Refused]]
    ) -> Got:
        # All that is asked here may be asked twice: a lost answer is asked for again while there is time.
        return insist(lambda left: self._once(ask, form, left, noes), within=within)

    def _once(
        self, ask: Ask, form: type[Got], within: float, noes: Mapping[str, Callable[[NoSaid], Refused]]
    ) -> Got:
        path, body = self._line.path(path_of(ask)), encoded(ask)
        headers = signing.sign(path=path, body=body, state=self.own_state, key=self._key, at=real_time())
        reply = self._line.post(
            path, content=body, headers={**headers, "Content-Type": "application/json"}, within=within
        )
        self._check(reply, headers[signing.NONCE])
        try:
            if reply.status == OK:
                return decoded(reply.body, form)
            no = decoded(reply.body, NoSaid)
        except msgspec.DecodeError as error:
            raise OutsideError(f"IMPDS answered in a form we do not know: {error}", permanent=True) from error
        if no.code not in noes:
            raise OutsideError(f"IMPDS refused with {no.code} (status {reply.status})", permanent=True)
        raise noes[no.code](no)

    def _check(self, reply: Reply, nonce: str) -> None:
        """The answer comes from whoever shares our key and belongs to what was asked."""
        if reply.status == TOO_MANY or reply.status >= FIRST_OF_SERVER:
            raise OutsideError(f"IMPDS failed with status {reply.status}", permanent=False)
        if signing.is_reply(
            status=reply.status, headers=reply.headers, body=reply.body, nonce=nonce, key=self._key
        ):
            return
        if reply.status != OK:
            raise OutsideError(
                f"IMPDS does not take our request (status {reply.status}): key, State or clock",
                permanent=True,
            )
        raise OutsideError("IMPDS gave an answer that is not signed", permanent=False)


def _check_is_of(ask: Ask, *, is_so: bool) -> None:
    """An answer that is well formed, signed, and about something else is none."""
    if not is_so:
        raise OutsideError(
            f"IMPDS answered {path_of(ask)} with something else than was asked", permanent=True
        )


def _plain(number: str) -> str:
    """A card's number as two States may write it: without spaces and dashes, in one kind of letters."""
    return number.replace(" ", "").replace("-", "").casefold()
