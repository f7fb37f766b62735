"""The stage: cards with small months, shops with little stock, devices at work, cards of other States."""

import os
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from rasad.connectors.impds.cards import MadeUpCard, MadeUpMember

ALLOCATION = "NFSA"
DEVICES = 3
# Of each good in each shop at the beginning: some dozens of sales.
FIRST = 20_000
# Unit, quota of a month, paise a kg or litre, shared limit, either-or.
GOODS = {
    "rice": ("g", 10_000, 300, "", ""),
    "wheat": ("g", 10_000, 200, "", "cereal"),
    "atta": ("g", 9_500, 250, "", "cereal"),
    "mustard_oil": ("ml", 2_000, 3_000, "oil", ""),
    "soya_oil": ("ml", 2_000, 2_500, "oil", ""),
}
VISITORS_RICE, VISITORS_WHEAT = 12_000, 8_000


@dataclass(frozen=True)
class Till:
    """A shop with its devices (id, session) and the ids of its accounts."""

    number: str
    devices: tuple[tuple[str, str], ...]
    stocks: dict[str, int] = field(default_factory=dict)
    cash: int = 0


@dataclass(frozen=True)
class Stage:
    """What every process of a proof knows from the beginning."""

    cards: int
    tills: tuple[Till, ...]
    visitors: int

    def card(self, place: int) -> str:
        """The number of a card."""
        return f"0699{place:08d}"

    def home(self, place: int) -> Till:
        """The shop a card is tagged to."""
        return self.tills[place % len(self.tills)]


def visitors_cards(count: int) -> list[MadeUpCard]:
    """Cards of West Bengal that come to shops of Haryana."""
    return [
        MadeUpCard(
            state="IN-WB", number=visitor(place), category="PHH", shop="Siliguri 1",
            members=(MadeUpMember(name="Malati", uid="999941057058"),),
            foodgrain={"rice": VISITORS_RICE, "wheat": VISITORS_WHEAT},
        )
        for place in range(count)
    ]  # fmt: skip


def visitor(place: int) -> str:
    """The number of a visitor's card."""
    return f"1900{place:08d}"


def built(*, cards: int, shops: int, visitors: int, at: datetime) -> Stage:
    """Shops, devices and stocks in an empty database; what cards may take is granted when they first come."""
    from bench.counter_state import load_shops
    from django.db import connection, transaction

    from rasad.ledger import actions as ledger
    from rasad.ledger.actions import Move
    from rasad.ledger.models import Transfer
    from rasad.shops.actions import set_hours
    from rasad.shops.models import Shop

    bare = [
        Till(
            f"1069{place:08d}",
            tuple((str(UUID(bytes=os.urandom(16))), f"s{place}-{n}") for n in range(DEVICES)),
        )
        for place in range(shops)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        load_shops(cursor.cursor, [(one.number, one.devices) for one in bare])
    week = {day: ((time(0), time(23, 59)),) for day in range(7)}
    for shop in Shop.objects.all():
        set_hours(shop=shop, week=week, since=date(2020, 1, 1), by="proof", at=at)
    tills, supply = [], ledger.outside("supply")
    for one in bare:
        stocks = {
            commodity: ledger.stock(one.number, commodity, ALLOCATION, unit=unit)
            for commodity, (unit, *_) in GOODS.items()
        }
        first = [Move(supply, stock, FIRST) for stock in stocks.values()]
        ledger.move(Transfer.Kind.RECEIPT, document=uuid4(), moves=first, at=at)
        tills.append(
            Till(
                one.number,
                one.devices,
                {key: stock.pk for key, stock in stocks.items()},
                ledger.cash(one.number).pk,
            )
        )
    return Stage(cards, tuple(tills), visitors)


def dues() -> list[Any]:
    """What a card may take in a month, as the ledger is told."""
    from rasad.ledger.grants import Due

    return [
        Due(commodity, "", unit, quota, cap_group=cap, choice_group=choice, rules="proof")
        for commodity, (unit, quota, _, cap, choice) in GOODS.items()
    ]


class Clock:
    """The time in the books: the real one and some days. `days` is shared by all processes."""

    def __init__(self, days: Any) -> None:
        self.days = days

    def now(self) -> datetime:
        """The time in the books, in India."""
        from rasad.wiring import INDIA

        return datetime.now(INDIA) + timedelta(days=self.days.value)

    def month(self) -> str:
        """The month in the books, as 2026-11."""
        return self.now().strftime("%Y-%m")
