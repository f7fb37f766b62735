"""What a kilogram or a litre costs a card in a month; that it is not known is an answer, too."""

from dataclasses import dataclass
from functools import lru_cache

from rasad.policy.jurisdiction import Jurisdiction
from rasad.policy.price_rows import Price
from rasad.policy.rows import in_month
from rasad.values.month import Month
from rasad.values.quantities import Paise, paise
from rasad.values.reason import Reason
from rasad.values.refused import Refused


@dataclass(frozen=True)
class Priced:
    """A price in paise per kg or litre with its row; None when the first price known begins later."""

    price: Paise | None
    reason: Reason


@lru_cache(maxsize=16384)
def price_of(
    law: Jurisdiction,
    payer: tuple[str, str | None],
    categories: frozenset[str],
    commodity: str,
    part: str,
    tribal: bool,
    month: Month,
) -> Priced:
    """The price a payer, a category with its price group, has in a month. `categories` may have it free.

    A price that is known only from a later day is never used for an earlier month: price None, and why.
    Refused: no_price_rule.
    """
    # A free month speaks of categories, whatever the commodity, and goes before the price of the commodity.
    for free in law.free_months:
        if free.holds_on(month.first_day) and categories & set(free.applies.category):
            told = free.because("free_month", month=str(month), price=str(free.value))
            return Priced(paise(free.value), told)
    rows = _rows(law, payer, commodity, part, tribal)
    if not rows:
        raise Refused(
            "no_price_rule", category=payer[0], commodity=law.commodity_name(commodity), month=str(month)
        )
    first = min(rows, key=lambda row: row.first_day)
    if first.first_day > month.last_day:
        facts = {
            "commodity": law.commodity_name(commodity),
            "month": str(month),
            "first_day": first.first_day,
        }
        return Priced(None, first.because("price_unknown", **facts))
    found = in_month(rows, month=month, subject=commodity, key=lambda row: row.applies.key)
    if not found:
        raise Refused(
            "no_price_rule", category=payer[0], commodity=law.commodity_name(commodity), month=str(month)
        )
    code = "price_per_litre" if "litre" in found[0].unit else "price"
    told = found[0].because(code, commodity=law.commodity_name(commodity), price=str(found[0].value))
    return Priced(paise(found[0].value), told)


def _rows(
    law: Jurisdiction, payer: tuple[str, str | None], commodity: str, part: str, tribal: bool
) -> list[Price]:
    rows = [
        row
        for row in law.prices_of.get(commodity, ())
        if payer[0] in row.applies.category or payer[1] in row.applies.price_group
        if row.applies.tribal_area in (None, tribal)
    ]
    own = [row for row in rows if (row.applies.part or "") == part]
    # More of a commodity in a festival season costs what the commodity costs.
    return own or ([row for row in rows if row.applies.part is None] if part == "festival" else [])
