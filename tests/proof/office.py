"""What happens beside the devices: grain arrives, dealers take sales back, reservations are made and ended."""

import queue
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from django.db import InterfaceError, OperationalError, connection

from tests.proof import history
from tests.proof.counters import granted
from tests.proof.history import AGAIN, DONE, UNKNOWN, Call
from tests.proof.stage import GOODS, Clock, Stage
from tests.proof.visiting import Visiting

HOLD_SECONDS = 2
LITTLE = 3_000  # grams or ml: a shop with less gets more, now and then


class Office:
    """Threads that act on the books as Django does."""

    def __init__(
        self, stage: Stage, clock: Clock, *, sold: Any, seed: int, folder: Path, server: int
    ) -> None:
        self._stage, self._clock, self._sold = stage, clock, sold
        self._chance = random.Random(seed)
        self._history = history.Writer(folder / "office.jsonl")
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(8)
        self._visiting = Visiting(stage, clock, chance=self._chance, write=self.write, port=server)
        plays = {self.receipt: 40, self.reversal: 25, self.reservation: 25, self._visiting.visit: 10}
        self._plays, self._weights = list(plays), list(plays.values())

    def write(self, call: Call) -> None:
        """Add a call to the history."""
        with self._lock:
            self._history.write(call)

    def run(
        self, *, share: float, done: Callable[[], int], tell: Callable[[int], None], is_over: Any
    ) -> None:
        """Act as often as `share` of what the devices did, until it is over."""
        running: list[Any] = []
        while not is_over():
            running = [one for one in running if not one.done() or one.result()]
            if self._history.count < share * done() and len(running) < 4:
                (play,) = self._chance.choices(self._plays, self._weights)
                running.append(self._pool.submit(play))
            else:
                time.sleep(0.005)
            tell(self._history.count)
        self._pool.shutdown()
        for one in running:
            one.result()
        tell(self._history.count)
        self._history.close()

    def called(self, call: Call, act: Callable[[], bool]) -> str:
        """One call: done, done before, refused with a code, or nobody knows."""
        from rasad.values.refused import Refused

        call.call = history.now()
        try:
            call.outcome = DONE if act() else AGAIN
        except Refused as no:
            call.outcome = no.code
        except (OperationalError, InterfaceError):
            call.outcome = UNKNOWN
            connection.close()
        call.back = history.now()
        self.write(call)
        return call.outcome

    def insisted(self, call: Callable[[], Call], act: Callable[[], bool]) -> str:
        """Calls until somebody knows, or for one in twenty once only."""
        for _ in range(1 if self._chance.random() < 0.05 else 60):
            came = self.called(call(), act)
            if came != UNKNOWN:
                return came
            time.sleep(0.1)
        return UNKNOWN

    def at_once(self, *acts: Callable[[], object]) -> None:
        """All in the same moment."""
        with ThreadPoolExecutor(len(acts)) as pool:
            for one in [pool.submit(_closing, act) for act in acts]:
                one.result()

    def receipt(self) -> None:
        """Grain reaches a shop that has little: not enough for all who come."""
        from rasad.ledger import actions as ledger
        from rasad.ledger.actions import Move
        from rasad.ledger.models import Account, Transfer
        from tests.proof.books_link import insisted

        tills = self._chance.sample(self._stage.tills, 4)
        keys = [key for till in tills for key in till.stocks.values()]
        stocks = insisted(lambda: Account.objects.in_bulk(keys))
        supply = insisted(lambda: ledger.outside("supply"))
        moves = [
            Move(supply, one, 20 * self._chance.randint(25, 1_000) // (1 if one.unit == "g" else 4))
            for one in stocks.values()
            if one.left < LITTLE * self._chance.randint(1, 4)
        ]
        if not moves:
            return
        document, at = uuid4(), self._clock.now()
        said = tuple(history.Line(0, one.target.pk, one.quantity, 0, 0, 0) for one in moves)
        act = lambda: ledger.move(Transfer.Kind.RECEIPT, document=document, moves=moves, at=at)  # noqa: E731
        call = lambda: Call(act="receipt", id=str(document), call=0, lines=said)  # noqa: E731
        self.insisted(call, act)
        if self._chance.random() < 0.1:
            self.at_once(lambda: self.insisted(call, act), lambda: self.insisted(call, act))

    def reversal(self) -> None:
        """A dealer takes a sale back; at times two at once."""
        from rasad.counter import selling
        from rasad.counter.models import Sale
        from tests.proof.books_link import insisted

        try:
            sale = self._sold.get_nowait()
        except queue.Empty:
            return self.receipt()
        row = insisted(lambda: Sale.objects.get(pk=sale))
        act = lambda: bool(selling.reverse(row, reason="proof", by="ravi", at=self._clock.now()))  # noqa: E731
        call = lambda: Call(act="reversal", id=sale, call=0, sale=sale)  # noqa: E731
        if self._chance.random() < 0.3:
            self.at_once(lambda: self.insisted(call, act), lambda: self.insisted(call, act))
        else:
            self.insisted(call, act)
        return None

    def reservation(self) -> None:
        """Held for a shop elsewhere, then posted, let go, expired, or several of these at once."""
        from rasad.ledger import actions as ledger
        from rasad.ledger.models import Transfer

        card, month = self._stage.card(self._chance.randrange(self._stage.cards)), self._clock.month()
        accounts = granted(card, month, self._clock)
        goods = self._chance.sample(list(GOODS), self._chance.choice((1, 2)))
        lines = [(accounts[one], 20 * self._chance.randint(1, 60)) for one in goods]
        document = uuid4()
        until = self._clock.now() + timedelta(seconds=self._chance.random() * HOLD_SECONDS)
        said = tuple(
            history.Line(key, 0, quantity, 0, 0, GOODS[one][1])
            for one, (key, quantity) in zip(goods, lines, strict=True)
        )
        reserve = lambda: ledger.reserve(  # noqa: E731
            document=document, lines=lines, until=until, at=self._clock.now()
        )
        told = self._said(document, said, card, month)
        came = self.insisted(told("reserve"), reserve)
        if came not in (DONE, AGAIN, UNKNOWN):
            return
        elsewhere = ledger.outside
        post = lambda: ledger.post_hold(  # noqa: E731
            document=document,
            kind=Transfer.Kind.ELSEWHERE,
            source=elsewhere("other_states"),
            at=self._clock.now(),
        )
        void = lambda: ledger.void_hold(document=document, at=self._clock.now())  # noqa: E731
        expire = lambda: bool(ledger.expire_holds(at=self._clock.now()))  # noqa: E731
        ends: Sequence[Callable[[], object]] = (
            lambda: self.insisted(told("post"), post),
            lambda: self.insisted(told("void"), void),
            lambda: self.insisted(told("expire"), expire),
        )
        time.sleep(self._chance.random() * HOLD_SECONDS / 2)
        self.at_once(*self._chance.sample(ends, self._chance.choice((1, 1, 2, 3))))

    def _said(self, document: Any, lines: Any, card: str, month: str) -> Callable[[str], Callable[[], Call]]:
        def named(act: str) -> Callable[[], Call]:
            return lambda: Call(act=act, id=str(document), call=0, lines=lines, card=card, month=month)

        return named


def _closing(act: Callable[[], object]) -> object:
    try:
        return act()
    finally:
        connection.close()
