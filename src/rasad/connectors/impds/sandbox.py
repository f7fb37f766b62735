"""The twin of IMPDS: every other State at once, with made-up cards, on this machine."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from msgspec import Struct

from rasad.connectors.impds import home_side
from rasad.connectors.impds.book import Book
from rasad.connectors.impds.cards import MadeUpCard, made_up_cards
from rasad.connectors.impds.client import real_time
from rasad.connectors.impds.home_side import Answer, Asked, Home, Nonces, SignedRequest
from rasad.connectors.impds.page import page
from rasad.connectors.impds.states import states
from rasad.connectors.impds.wire import CardAsked, PostAsked, ReserveAsked, VoidAsked
from rasad.connectors.twin import Fault, Request, Response, Twin
from rasad.values.refused import Refused

__all__ = ["KEY", "Fault", "ImpdsTwin", "running"]

# Known to everybody: for this machine and made-up cards only.
KEY = bytes(range(32))


class ImpdsTwin(Twin):
    """All other States; whichever of them asks, it shares the same key with them.

    `twin.fail(Fault.CUT, path="post")` plans a fault, as with every twin; a browser finds the cards at its address.
    `clock` says what day it is and when a reservation ends; signatures go by the real one.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        key: bytes = KEY,
        clock: Callable[[], datetime] = real_time,
        cards: Iterable[MadeUpCard] | None = None,
    ) -> None:
        super().__init__(port=port)
        self.book = Book(made_up_cards() if cards is None else cards)
        self._key = key
        self._home = Home(dict.fromkeys(states(), key))
        self._clock = clock
        self._nonces = Nonces()

    def lift_at_home(self, card: str, commodity: str, grams: int) -> None:
        """The family lifts at its own shop, now. Raises ValueError for more than is left."""
        self.book.lift_at_home(card, commodity, grams, at=self._clock())

    def answer(self, request: Request) -> Response:
        """A page for a browser; for a State what it asks."""
        if request.method == "GET":
            return Response(
                page(self.book, at=self._clock()).encode(), content_type="text/html; charset=utf-8"
            )
        answer = self._answer(SignedRequest(request.method, request.path, request.headers, request.body))
        return Response(answer.body, answer.status, headers=answer.headers)

    def _answer(self, request: SignedRequest) -> Answer:
        try:
            asked = self._home.verify(request, at=real_time(), is_new=self._nonces.is_new)
        except home_side.UnsignedError as error:
            return home_side.unsigned(error)
        except home_side.UnreadableError as error:
            return home_side.unreadable(error)
        try:
            return self._home.accepted(asked, self._done(asked))
        except Refused as refused:
            return self._home.refused(asked, refused)

    def _done(self, asked: Asked) -> Struct:
        book, at = self.book, self._clock()
        match asked.ask:
            case CardAsked() as ask:
                return book.card(ask, sender=asked.state, key=self._key, at=at)
            case ReserveAsked() as ask:
                return book.reserve(ask, sender=asked.state, at=at)
            case PostAsked() as ask:
                return book.post(ask, sender=asked.state, at=at)
            case VoidAsked() as ask:
                return book.void(ask, sender=asked.state, at=at)
        raise AssertionError(f"nobody answers {asked.ask}")


@contextmanager
def running(
    *,
    port: int = 0,
    key: bytes = KEY,
    clock: Callable[[], datetime] = real_time,
    cards: Iterable[MadeUpCard] | None = None,
) -> Iterator[ImpdsTwin]:
    """The twin on a port of this machine (0: any free one), gone at the end of the block."""
    with ImpdsTwin(port=port, key=key, clock=clock, cards=cards) as twin:
        yield twin
