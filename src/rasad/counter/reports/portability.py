"""Sales away from the card's own shop: into a shop and out of it, within the State and between States."""

from dataclasses import dataclass

from rasad.counter.reports.asked import Scope
from rasad.counter.reports.sums import rows

# Four ways of grain: cards of other shops and of other States at these shops (in), cards of these shops at others and
# in other States (out). Grams only: oil and what else is counted in litres is not added to grain.
_WAYS = """
WITH sold AS (
    SELECT sale.id, sale.shop_id AS number, CASE sale.kind WHEN 'away' THEN 'in_state' ELSE 'in_other' END AS way
    FROM counter_sale AS sale
    WHERE sale.shop_id = ANY(%(shops)s) AND sale.at >= %(first)s AND sale.at < %(after)s
      AND sale.kind IN ('away', 'visitor')
    UNION ALL
    SELECT sale.id, sale.home_shop, 'out_state'
    FROM counter_sale AS sale
    WHERE sale.kind = 'away' AND sale.home_shop = ANY(%(shops)s) AND sale.at >= %(first)s AND sale.at < %(after)s
), ways AS (
    SELECT sold.number, sold.way, sold.id, coalesce(sum(moved.quantity), 0) AS grams
    FROM sold
    JOIN ledger_transfer AS moved ON moved.document = sold.id AND moved.kind = 'sale'
    JOIN ledger_account AS stock ON stock.id = moved.source AND stock.unit = 'g'
    WHERE NOT EXISTS (SELECT FROM counter_reversal AS back WHERE back.sale_id = sold.id)
    GROUP BY sold.number, sold.way, sold.id
    UNION ALL
    SELECT card.shop_number, 'out_other', away.reservation,
           (SELECT coalesce(sum(line.value::bigint), 0) FROM jsonb_each_text(away.lines) AS line)
    FROM registry_card AS card
    JOIN counter_elsewherelift AS away ON away.holder = card.number
    WHERE card.shop_number = ANY(%(shops)s) AND away.at >= %(first)s AND away.at < %(after)s
)
SELECT number, way, count(*), sum(grams)::bigint FROM ways GROUP BY number, way ORDER BY number, way"""

# One row a shop, home State and commodity.
_GUESTS = """
SELECT sale.shop_id, sale.home_state, stock.commodity, stock.part, count(DISTINCT sale.id),
       count(DISTINCT sale.holder), sum(moved.quantity)::bigint
FROM counter_sale AS sale
JOIN ledger_transfer AS moved ON moved.document = sale.id AND moved.kind = 'sale'
JOIN ledger_account AS stock ON stock.id = moved.source
WHERE sale.shop_id = ANY(%(shops)s) AND sale.at >= %(first)s AND sale.at < %(after)s AND sale.kind = 'visitor'
  AND NOT EXISTS (SELECT FROM counter_reversal AS back WHERE back.sale_id = sale.id)
GROUP BY sale.shop_id, sale.home_state, stock.commodity, stock.part
ORDER BY sale.shop_id, sale.home_state, stock.commodity, stock.part"""

WAYS = ("in_state", "in_other", "out_state", "out_other")


@dataclass(frozen=True)
class WaySum:
    """Sales of one way of one shop, and their grams."""

    number: str
    way: str
    sales: int
    grams: int


@dataclass(frozen=True)
class ShopWays:
    """Portability of one shop: sales and grams of each way."""

    number: str
    sales: dict[str, int]
    grams: dict[str, int]

    @property
    def moved(self) -> int:
        """Sales of all ways."""
        return sum(self.sales.values())

    @property
    def balance(self) -> int:
        """Grams that others took here, less what cards of this shop took elsewhere."""
        came = self.grams["in_state"] + self.grams["in_other"]
        return came - self.grams["out_state"] - self.grams["out_other"]


@dataclass(frozen=True)
class GuestSum:
    """Grams of a commodity that a shop gave to cards of one other State."""

    number: str
    state: str
    commodity: str
    allocation: str
    sales: int
    cards: int
    grams: int


def by_shop(scope: Scope) -> list[ShopWays]:
    """The ways of every shop in the order of the scope."""
    found: dict[str, dict[str, WaySum]] = {}
    for one in rows(WaySum, _WAYS, scope.given()):
        found.setdefault(one.number, {})[one.way] = one
    return [_of_shop(number, found.get(number, {})) for number in scope.shops]


def _of_shop(number: str, known: dict[str, WaySum]) -> ShopWays:
    return ShopWays(
        number,
        {way: known[way].sales if way in known else 0 for way in WAYS},
        {way: known[way].grams if way in known else 0 for way in WAYS},
    )


def total(shops: list[ShopWays]) -> ShopWays:
    """All shops together. What one of them gave to a card of another stands in both ways."""
    return ShopWays(
        "",
        {way: sum(one.sales[way] for one in shops) for way in WAYS},
        {way: sum(one.grams[way] for one in shops) for way in WAYS},
    )


def guests(scope: Scope) -> list[GuestSum]:
    """What shops gave to cards of other States: they are to be given as much again."""
    return rows(GuestSum, _GUESTS, scope.given())
