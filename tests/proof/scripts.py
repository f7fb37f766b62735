"""What devices do to each other: everyday sales, and every way to ask twice, too much, or at two places at once."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.proof.counters import Counters, Ready, sale_id
from tests.proof.history import UNKNOWN
from tests.proof.line import Line
from tests.proof.stage import GOODS, Till

STEP = 20  # quantities whose price is a whole number of paise
SMALL, LARGE = (1, 15), (50, 200)


class Scripts:
    """One counter after the other plays one of these."""

    def __init__(self, counters: Counters, sold: Any, *, everyday: int) -> None:
        self._here = counters
        self._chance = counters.chance
        # Where sales go that somebody may take back.
        self._sold = sold
        plays: dict[Callable[[list[Line]], Awaitable[None]], int] = {
            self.everyday: everyday, self.asked_again: 8, self.three_times_at_once: 7, self.three_devices: 3,
            self.one_pass_three_devices: 2, self.other_contents: 4, self.two_shops: 6, self.either_or: 2,
            self.shared_limit: 3, self.too_much: 3,
        }  # fmt: skip
        self._plays, self._weights = list(plays), list(plays.values())

    async def play(self, until: int, tell: Callable[[int], None]) -> None:
        """Play until the history of this process is long enough."""
        lines = [self._here.line() for _ in range(3)]
        while self._here.history.count < until:
            (script,) = self._chance.choices(self._plays, self._weights)
            await script(lines)
            tell(self._here.history.count)

    def _card(self) -> int:
        """Mostly a card of this process's own part; each part is also met by the others."""
        card, parts = self._chance.randrange(self._here.stage.cards), self._here.parts
        return card if self._chance.random() < 0.1 else card - card % parts + self._here.part

    def _till(self, card: int) -> Till:
        if self._chance.random() < 0.7:
            return self._here.stage.home(card)
        return self._chance.choice(self._here.stage.tills)

    def _some(self, commodity: str, range_: tuple[int, int] = SMALL) -> int:
        least, most = range_
        size = STEP * self._chance.randint(least, most)
        return size // 8 // STEP * STEP or STEP if GOODS[commodity][0] == "ml" else size

    def _basket(self, card: int) -> dict[str, int]:
        # Half of the families eat wheat, half atta; now and then one asks for what it did not choose.
        other = "atta" if card % 4 < 2 else "wheat"
        is_fickle = self._chance.random() < 0.05
        goods = self._chance.sample(list(GOODS), self._chance.choice((1, 1, 2, 2, 3)))
        if other in goods and not is_fickle:
            goods[goods.index(other)] = "rice"
        return {one: self._some(one) for one in goods}

    async def _new(self, **given: Any) -> Ready:
        card = self._card()
        return await self._here.sale(card, self._till(card), self._basket(card), **given)

    async def everyday(self, lines: list[Line]) -> None:
        sale = await self._new(device=self._chance.randrange(3))
        came = await self._here.insist(sale, lines[0])
        if came in ("done", "again") and self._chance.random() < 0.1:
            self._sold(sale.allowed.id)

    async def asked_again(self, lines: list[Line]) -> None:
        sale = await self._new()
        for _ in range(self._chance.randint(2, 3)):
            await self._here.insist(sale, self._chance.choice(lines))

    async def three_times_at_once(self, lines: list[Line]) -> None:
        sale = await self._new()
        await asyncio.gather(*[self._here.insist(sale, line) for line in lines])

    async def three_devices(self, lines: list[Line]) -> None:
        card, id = self._card(), str(sale_id())
        till, basket = self._till(card), self._basket(card)
        sales = [await self._here.sale(card, till, basket, id=id, device=device) for device in range(3)]
        await asyncio.gather(
            *[self._here.insist(sale, line) for sale, line in zip(sales, lines, strict=True)]
        )

    async def one_pass_three_devices(self, lines: list[Line]) -> None:
        sale = await self._new()
        others = [self._chance.choice(self._here.stage.tills).devices[device][1] for device in (1, 2)]
        await asyncio.gather(
            self._here.insist(sale, lines[0]),
            *[
                self._here.attempt(sale, line, session=one)
                for line, one in zip(lines[1:], others, strict=True)
            ],
        )

    async def other_contents(self, lines: list[Line]) -> None:
        card, id = self._card(), str(sale_id())
        till = self._till(card)
        sales = [await self._here.sale(card, till, self._basket(card), id=id) for _ in range(2)]
        if self._chance.random() < 0.5:
            await asyncio.gather(*[self._here.insist(sale, lines[n]) for n, sale in enumerate(sales)])
            return
        for sale in (*sales, sales[0]):
            await self._here.insist(sale, lines[0])

    async def two_shops(self, lines: list[Line]) -> None:
        card = self._card()
        commodity = self._chance.choice(list(GOODS))
        basket = {commodity: self._some(commodity, LARGE)}
        tills = self._chance.sample(self._here.stage.tills, 2)
        await self._both([await self._here.sale(card, till, basket) for till in tills], lines)

    async def either_or(self, lines: list[Line]) -> None:
        card = self._card()
        tills = self._chance.choices(self._here.stage.tills, k=2)
        await self._both(
            [
                await self._here.sale(card, till, {one: self._some(one)})
                for till, one in zip(tills, ("wheat", "atta"), strict=True)
            ],
            lines,
        )

    async def shared_limit(self, lines: list[Line]) -> None:
        card = self._card()
        tills = self._chance.choices(self._here.stage.tills, k=2)
        await self._both(
            [
                await self._here.sale(card, till, {one: self._some(one, LARGE)})
                for till, one in zip(tills, ("mustard_oil", "soya_oil"), strict=True)
            ],
            lines,
        )

    async def too_much(self, lines: list[Line]) -> None:
        card = self._card()
        commodity = self._chance.choice(list(GOODS))
        basket = {commodity: GOODS[commodity][1] + STEP}
        await self._here.insist(await self._here.sale(card, self._till(card), basket), lines[0])

    async def _both(self, sales: list[Ready], lines: list[Line]) -> None:
        came = await asyncio.gather(*[self._here.insist(sale, lines[n]) for n, sale in enumerate(sales)])
        if UNKNOWN in came:
            await self._here.attempt(sales[came.index(UNKNOWN)], lines[0])
