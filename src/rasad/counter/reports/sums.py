"""Sales of a month by shop: how many, in which mode, for how much money, and what was given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from django.db import connection

from rasad.counter.reports.asked import Scope

T = TypeVar("T")

# One row a shop that sold anything.
_SHOPS = """
SELECT sale.shop_id, count(*) FILTER (WHERE stands), count(DISTINCT sale.holder) FILTER (WHERE stands),
       coalesce(sum(sale.amount) FILTER (WHERE stands), 0)::bigint, count(*) FILTER (WHERE NOT stands),
       count(*) FILTER (WHERE stands AND sale.mode = 'biometric'),
       count(*) FILTER (WHERE stands AND sale.mode = 'mobile_otp'),
       count(*) FILTER (WHERE stands AND sale.mode = 'unauthenticated')
FROM counter_sale AS sale
LEFT JOIN counter_reversal AS back ON back.sale_id = sale.id
CROSS JOIN LATERAL (SELECT back.sale_id IS NULL AS stands) AS it
WHERE sale.shop_id = ANY(%(shops)s) AND sale.at >= %(first)s AND sale.at < %(after)s
GROUP BY sale.shop_id"""

# One row a shop, commodity and allocation.
_GOODS = """
SELECT sale.shop_id, stock.commodity, stock.part, stock.unit, count(DISTINCT sale.id),
       sum(moved.quantity)::bigint, sum(moved.amount)::bigint
FROM counter_sale AS sale
JOIN ledger_transfer AS moved ON moved.document = sale.id AND moved.kind = 'sale'
JOIN ledger_account AS stock ON stock.id = moved.source
WHERE sale.shop_id = ANY(%(shops)s) AND sale.at >= %(first)s AND sale.at < %(after)s
  AND NOT EXISTS (SELECT FROM counter_reversal AS back WHERE back.sale_id = sale.id)
GROUP BY sale.shop_id, stock.commodity, stock.part, stock.unit
ORDER BY sale.shop_id, stock.commodity, stock.part"""

_WHY = """
SELECT sale.why, count(*)
FROM counter_sale AS sale
WHERE sale.shop_id = ANY(%(shops)s) AND sale.at >= %(first)s AND sale.at < %(after)s
  AND sale.mode = 'unauthenticated'
  AND NOT EXISTS (SELECT FROM counter_reversal AS back WHERE back.sale_id = sale.id)
GROUP BY sale.why ORDER BY count(*) DESC, sale.why"""


@dataclass(frozen=True)
class ShopSum:
    """What the sales of one shop come to: cards that took something, paise, sales by mode."""

    number: str
    sales: int = 0
    cards: int = 0
    amount: int = 0
    taken_back: int = 0
    biometric: int = 0
    mobile_otp: int = 0
    unauthenticated: int = 0

    @property
    def unauthenticated_share(self) -> float:
        """The share of sales without authentication; none of none is none."""
        return share(self.unauthenticated, self.sales)


@dataclass(frozen=True)
class GoodsSum:
    """So much of a commodity of one allocation that a shop sold; grams or ml, paise."""

    number: str
    commodity: str
    allocation: str
    unit: str
    sales: int
    quantity: int
    amount: int


@dataclass(frozen=True)
class WhySum:
    """How many sales went without authentication for one reason."""

    why: str
    sales: int


def by_shop(scope: Scope) -> list[ShopSum]:
    """The sums of every shop in the order of the scope, those that sold nothing too."""
    found = {one.number: one for one in rows(ShopSum, _SHOPS, scope.given())}
    return [found.get(number) or ShopSum(number) for number in scope.shops]


def goods(scope: Scope) -> list[GoodsSum]:
    """What each shop sold, by commodity and allocation."""
    return rows(GoodsSum, _GOODS, scope.given())


def reasons(scope: Scope) -> list[WhySum]:
    """Why sales went without authentication, the most frequent first."""
    return rows(WhySum, _WHY, scope.given())


def total(sums: Iterable[ShopSum]) -> ShopSum:
    """All shops together; a card that took at two of them counts twice."""
    known = list(sums)
    names = [one.name for one in fields(ShopSum) if one.name != "number"]
    return ShopSum("", **{name: sum(getattr(one, name) for one in known) for name in names})


def by_commodity(sums: Iterable[GoodsSum]) -> list[GoodsSum]:
    """All shops together, by commodity and allocation, the largest amount of grain first."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for one in sums:
        known = found.setdefault((one.commodity, one.allocation, one.unit), [0, 0, 0])
        for place, value in enumerate((one.sales, one.quantity, one.amount)):
            known[place] += value
    made = [GoodsSum("", *key, *values) for key, values in found.items()]
    return sorted(made, key=lambda one: (-one.quantity, one.commodity, one.allocation))


def share(part: int, whole: int) -> float:
    """A part of a whole; of nothing nothing."""
    return part / whole if whole else 0.0


def rows(of: type[T], sql: str, given: Mapping[str, Any]) -> list[T]:
    """The rows of a question, each as one of these."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [of(*row) for row in cursor.fetchall()]
