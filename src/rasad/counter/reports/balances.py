"""What cards tagged to a shop have left of their month."""

from dataclasses import dataclass

from rasad.counter.reports.asked import Scope
from rasad.counter.reports.sums import rows

_SHOPS = """
SELECT card.shop_number, line.commodity, line.unit, count(DISTINCT card.number), sum(line.granted)::bigint,
       sum(line.lifted)::bigint, sum(line.elsewhere)::bigint, sum(line.remaining)::bigint
FROM registry_card AS card
JOIN ledger_card_register AS line ON line.holder = card.number AND line.month = %(month)s
WHERE card.shop_number = ANY(%(shops)s) AND card.during && daterange(%(first)s::date, %(after)s::date)
GROUP BY card.shop_number, line.commodity, line.unit
ORDER BY card.shop_number, line.commodity"""

_UNOPENED = """
SELECT card.shop_number, count(*), count(*) FILTER (WHERE NOT EXISTS (
    SELECT FROM ledger_account AS account
    WHERE account.holder = card.number AND account.month = %(month)s AND account.kind = 'entitlement'
))
FROM registry_card AS card
WHERE card.shop_number = ANY(%(shops)s) AND card.during && daterange(%(first)s::date, %(after)s::date)
GROUP BY card.shop_number"""

_CARDS = """
SELECT card.shop_number, card.number, line.commodity, line.unit, line.granted, line.lifted, line.elsewhere,
       line.remaining
FROM registry_card AS card
JOIN ledger_card_register AS line ON line.holder = card.number AND line.month = %(month)s
WHERE card.shop_number = ANY(%(shops)s) AND card.during && daterange(%(first)s::date, %(after)s::date)
ORDER BY card.number, line.commodity, line.part"""


@dataclass(frozen=True)
class BalanceSum:
    """What the cards of one shop were granted of a commodity, took here and in other States, and have left."""

    number: str
    commodity: str
    unit: str
    cards: int
    granted: int
    lifted: int
    elsewhere: int
    remaining: int


@dataclass(frozen=True)
class CardCount:
    """The living cards of a shop; `unopened`: nothing of the month was asked for yet, all of it is left."""

    number: str
    cards: int
    unopened: int


@dataclass(frozen=True)
class CardBalance:
    """One card's line."""

    number: str
    card: str
    commodity: str
    unit: str
    granted: int
    lifted: int
    elsewhere: int
    remaining: int


def by_shop(scope: Scope) -> list[BalanceSum]:
    """Balances by shop and commodity, of the cards whose month was opened."""
    return rows(BalanceSum, _SHOPS, _given(scope))


def counts(scope: Scope) -> list[CardCount]:
    """How many cards each shop has, and how many of them opened nothing of the month."""
    found = {one.number: one for one in rows(CardCount, _UNOPENED, _given(scope))}
    return [found.get(number) or CardCount(number, 0, 0) for number in scope.shops]


def cards(scope: Scope) -> list[CardBalance]:
    """The balances card by card: of one shop, not of a district."""
    return rows(CardBalance, _CARDS, _given(scope))


def by_commodity(sums: list[BalanceSum]) -> list[BalanceSum]:
    """All shops together."""
    found: dict[tuple[str, str], list[int]] = {}
    for one in sums:
        known = found.setdefault((one.commodity, one.unit), [0] * 5)
        values = (one.cards, one.granted, one.lifted, one.elsewhere, one.remaining)
        for place, value in enumerate(values):
            known[place] += value
    return [BalanceSum("", *key, *values) for key, values in sorted(found.items())]


def _given(scope: Scope) -> dict[str, object]:
    given = scope.given()
    # Days in India: a moment turned into a day by the database would be one of its own clock.
    return given | {"first": scope.month.first_day, "after": scope.month.next.first_day}
