"""The stock register of a month: by shop for a district, by day for one shop."""

from dataclasses import dataclass

from rasad.counter.reports.asked import Scope
from rasad.counter.reports.sums import rows

_MONTHS = """
SELECT shop, commodity, allocation, unit, (array_agg(opening ORDER BY day))[1], sum(received)::bigint,
       sum(sold)::bigint, sum(reversed)::bigint, sum(corrected)::bigint, (array_agg(closing ORDER BY day DESC))[1]
FROM ledger_stock_register
WHERE shop = ANY(%(shops)s) AND month = %(month)s
GROUP BY shop, commodity, allocation, unit
ORDER BY shop, commodity, allocation"""


@dataclass(frozen=True)
class StockMonth:
    """One stock in a month: opening + received - sold + taken back + corrected = closing. Grams or ml."""

    number: str
    commodity: str
    allocation: str
    unit: str
    opening: int
    received: int
    sold: int
    reversed: int
    corrected: int
    closing: int


def months(scope: Scope) -> list[StockMonth]:
    """Every stock of every shop."""
    return rows(StockMonth, _MONTHS, scope.given())
