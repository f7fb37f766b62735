"""Devices at their counters: makes requests, sends them until an answer comes, writes down every call."""

import asyncio
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from uuid import UUID

import msgspec
from bench.counter_state import signed_request, uuid7

from rasad.counter.passes import Pass, PassLine, sign
from rasad.values import signed
from tests.proof import history
from tests.proof.history import AGAIN, DONE, UNKNOWN, Call
from tests.proof.line import CutError, Line
from tests.proof.stage import GOODS, Clock, Stage, Till

# Codes that say nothing about the books: the same id is asked again.
UNDECIDED = frozenset({"busy_try_again", "server_unreachable"})
OK, FAILED = 200, 500
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class Ready:
    """A sale as one device asks it, to be sent as often as it takes."""

    allowed: Pass
    lines: tuple[history.Line, ...]
    body: bytes
    session: str

    def call(self, by: str) -> Call:
        """A call of it that goes out now."""
        allowed = self.allowed
        return Call(
            act="sale", id=allowed.id, call=history.now(), by=by, lines=self.lines, card=allowed.holder,
            month=allowed.month, shop=allowed.shop, device=allowed.device, kind=allowed.kind, cash=allowed.cash,
        )  # fmt: skip


class Counters:
    """What the devices of one process share."""

    def __init__(
        self,
        stage: Stage,
        clock: Clock,
        *,
        part: int,
        parts: int,
        seed: int,
        folder: Path,
        ports: tuple[int, int],
    ) -> None:
        from django.conf import settings

        self.stage, self.clock, self.name = stage, clock, f"devices-{part}"
        self.part, self.parts = part, parts
        self.chance = random.Random(seed)
        self.history = history.Writer(folder / f"{self.name}.jsonl")
        self._ports = ports
        self._keys = {
            session: signed.session_key(settings.DEVICE_KEY, session)
            for till in stage.tills
            for _, session in till.devices
        }
        self._granted: dict[tuple[str, str], dict[str, int]] = {}
        self._prefix = os.urandom(4).hex()
        self._nonce = 0
        self.failures = 0

    def line(self) -> Line:
        """A new connection, half of them through the line that breaks."""
        return Line(self.chance.choice(self._ports))

    async def sale(
        self, card: int, till: Till, wanted: Mapping[str, int], *, id: str = "", device: int = 0
    ) -> Ready:
        """A sale of so much of each commodity to a card at a shop, in the month of the books."""
        month, holder = self.clock.month(), self.stage.card(card)
        accounts = await self._accounts(holder, month)
        offered = tuple(
            PassLine(one, accounts[one], till.stocks[one], GOODS[one][2], GOODS[one][0], GOODS[one][1])
            for one in GOODS
        )
        home = self.stage.home(card)
        allowed = Pass(
            id or str(uuid7()), till.number, till.devices[device][0], "home" if home is till else "away", holder,
            month, "PHH", 4, "IN-HR", home.number, "biometric", 1, "", False, "proof", till.cash,
            int(self.clock.now().timestamp()) + 86_400, offered,
        )  # fmt: skip
        return ready(allowed, wanted, session=till.devices[device][1])

    async def _accounts(self, holder: str, month: str) -> dict[str, int]:
        known = self._granted.get((holder, month))
        if known is None:
            known = await asyncio.to_thread(granted, holder, month, self.clock)
            self._granted[holder, month] = known
        return known

    async def attempt(self, sale: Ready, line: Line, *, session: str = "") -> str:
        """Send it once; what came of it. `session`: another device's than the sale's own."""
        await line.ready()
        session = session or sale.session
        self._nonce += 1
        request = signed_request(
            sale.body, session=session, key=self._keys[session], nonce=f"{self._prefix}{self._nonce:09d}",
            host="127.0.0.1",
        )  # fmt: skip
        call = sale.call(self.name)
        try:
            answer = await line.ask(request)
        except CutError:
            answer = None
        call.back = history.now()
        if answer is not None:
            self.failures += answer[0] == FAILED
            call.outcome, call.receipt = outcome(*answer)
        self.history.write(call)
        return call.outcome

    async def insist(self, sale: Ready, line: Line) -> str:
        """Send it until an answer comes; one in thirty gives up after a cut and never hears what came of it."""
        patience = 1 if self.chance.random() < 1 / 30 else 40
        for _ in range(patience):
            came = await self.attempt(sale, line)
            if came != UNKNOWN:
                return came
            await asyncio.sleep(self.chance.random() * 0.3)
        return UNKNOWN


def ready(allowed: Pass, wanted: Mapping[str, int], *, session: str) -> Ready:
    """A sale of a pass."""
    offered = {one.key: one for one in allowed.lines}
    lines = tuple(
        history.Line(
            offered[key].entitlement, offered[key].stock, quantity, offered[key].price,
            quantity * offered[key].price // 1000, offered[key].most,
        )
        for key, quantity in wanted.items()
    )  # fmt: skip
    body = _encode(
        {
            "id": allowed.id,
            "pass": sign(allowed),
            "lines": [{"line": key, "quantity": quantity} for key, quantity in wanted.items()],
        }
    )
    return Ready(allowed, lines, body, session)


def outcome(status: int, body: bytes) -> tuple[str, str]:
    """What an answer says, and what stands on its receipt."""
    if status == FAILED:
        return UNKNOWN, ""
    said = msgspec.json.decode(body)
    if status != OK:
        return (UNKNOWN if said["code"] in UNDECIDED else said["code"]), ""
    is_replay = said.pop("is_replay")
    for line in said["lines"]:
        line.pop("left")
    # The same lines in another order are the same sale.
    said["lines"].sort(key=lambda line: str(line["line"]))
    at = said.pop("at")
    return (AGAIN if is_replay else DONE), f"{at} {blake2b(_encode(said), digest_size=8).hexdigest()}"


def granted(holder: str, month: str, clock: Clock) -> dict[str, int]:
    """The accounts of a card's month by commodity, made where nobody made them; waits for a database that is gone."""
    from rasad.ledger import grants
    from tests.proof.books_link import insisted
    from tests.proof.stage import dues

    made = insisted(
        lambda: grants.grant(holder, month=month, dues=dues(), category="PHH", members=4, at=clock.now())
    )
    return {commodity: made[commodity, ""].pk for commodity in GOODS}


def sale_id() -> UUID:
    """A new sale's id."""
    return uuid7()
