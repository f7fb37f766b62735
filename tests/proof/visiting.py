"""Cards of other States: half at a time, seven days between, reserved at home before anything is sold."""

import http.client
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from bench.counter_state import signed_request, uuid7
from django.db import connection

from rasad.values import signed
from tests.proof import history
from tests.proof.books_link import insisted
from tests.proof.counters import Ready, outcome, ready
from tests.proof.history import UNKNOWN, Call
from tests.proof.stage import Clock, Stage, Till, visitor

GIVES_UP = 0.1


class Visiting:
    """Opens visits as the counter does, and sells over the road of the devices."""

    def __init__(
        self, stage: Stage, clock: Clock, *, chance: random.Random, write: Callable[[Call], None], port: int
    ) -> None:
        self._stage, self._clock, self._chance = stage, clock, chance
        self._write, self._port = write, port

    def visit(self) -> None:
        """One card at one shop, or at two shops in the same moment."""
        card = visitor(self._chance.randrange(self._stage.visitors))
        tills = self._chance.sample(self._stage.tills, self._chance.choice((1, 2)))
        # Both are opened before either sells: whoever sells second meets the gap in the books.
        sales = [sale for till in tills if (sale := self._opened(card, till))]
        if not sales:
            return
        with ThreadPoolExecutor(len(sales) + 1) as pool:
            again = sales[:1] if self._chance.random() < 0.3 else []
            list(pool.map(self._sell, (*sales, *again)))

    def _opened(self, card: str, till: Till) -> Ready | None:
        from rasad.counter import selling, visitors
        from rasad.counter.ladder import Standing
        from rasad.shops.models import Shop
        from rasad.values.refused import Refused

        id, device = uuid7(), till.devices[0]
        matched = Standing(None, "biometric", 1, reference="proof")
        try:
            shop = insisted(lambda: Shop.objects.get(number=till.number))
            at = self._clock.now()
            visit, home = insisted(
                lambda: visitors.open_visit(id=id, shop=shop, number=card, at=at, device=device[0])
            )
            offers = insisted(lambda: visitors.offers(visit, home, at=at))
            text = insisted(lambda: selling.issue_pass(visit, now=matched, offers=offers, at=at))
        except Refused:
            return None  # the gap is not over, nothing is left, or a minute before midnight
        return self._asked(text, [(one.key, one.most) for one in offers], session=device[1])

    def _asked(self, text: str, offers: Sequence[tuple[str, int]], *, session: str) -> Ready | None:
        from rasad.counter.passes import read

        goods = [(key, most) for key, most in offers if most >= 20]
        if not goods:
            return None
        chosen = self._chance.sample(goods, self._chance.randint(1, len(goods)))
        wanted = {key: 20 * self._chance.randint(1, most // 20) for key, most in chosen}
        if self._chance.random() < 0.1:
            key, most = chosen[0]
            wanted[key] = most + 20
        return ready(read(text), wanted, session=session)

    def _sell(self, sale: Ready) -> None:
        try:
            for _ in range(1 if self._chance.random() < GIVES_UP else 60):
                if self._attempt(sale) != UNKNOWN:
                    return
                time.sleep(0.2)
        finally:
            connection.close()

    def _attempt(self, sale: Ready) -> str:
        from django.conf import settings

        request = signed_request(
            sale.body, session=sale.session, key=signed.session_key(settings.DEVICE_KEY, sale.session),
            nonce=UUID(int=self._chance.getrandbits(128)).hex, host="127.0.0.1",
        )  # fmt: skip
        head, _, body = request.partition(b"\r\n\r\n")
        headers: Any = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        call = sale.call("visitors")
        call.day = self._clock.now().date().isoformat()
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            line.request("POST", "/api/counter/sales", body, headers)
            answer = line.getresponse()
            call.outcome, call.receipt = outcome(answer.status, answer.read())
        except (OSError, http.client.HTTPException):
            call.outcome = UNKNOWN
        finally:
            line.close()
        call.back = history.now()
        self._write(call)
        return call.outcome
