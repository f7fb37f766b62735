"""What is due to a category in a month: how much of what, at which price, and by which rows."""

from dataclasses import dataclass, replace
from decimal import Decimal

from rasad.policy.jurisdiction import Category, Jurisdiction, Quantity, jurisdiction
from rasad.policy.rows import in_force
from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise, amount, grams, paise
from rasad.values.reason import Reason
from rasad.values.refused import Refused


@dataclass(frozen=True)
class Line:
    """One commodity due, its price and amount, and the rows that say so."""

    commodity: str
    quantity: Grams
    price_per_kg: Paise
    amount: Paise
    scheme: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Entitlement:
    """What is due for one month. `reasons` tell how the category came to these lines."""

    category: str
    members: int
    month: Month
    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def amount(self) -> Paise:
        """What all of it costs together."""
        return Paise(sum(line.amount for line in self.lines))

    def because(self, reason: Reason) -> "Entitlement":
        """The same entitlement with one more reason in front."""
        return replace(self, reasons=(reason, *self.reasons))


def entitlement(
    category: str, *, members: int, month: Month, state: str = "IN-HR", commodity: str | None = None
) -> Entitlement:
    """What is due to a card of a category in a month, by the rows in force on the month's first day.

    Refused: unknown_category, category_not_in_force, before_first_rule (a month older than the first row),
    no_entitlement_rule (no row speaks of the category, or of the commodity asked for), no_members.
    """
    if members < 1:
        raise Refused("no_members", members=members)
    law = jurisdiction(state)
    asked = _category(law, category, month)
    reasons: tuple[Reason, ...] = ()
    followed = asked
    while followed.inherits:
        reasons = (
            *reasons,
            followed.because("inherits", category=followed.value, inherits=followed.inherits),
        )
        followed = _category(law, followed.inherits, month)
    rows = [row for row in law.quantities if followed.value in row.applies.category]
    if commodity is not None:
        rows = [row for row in rows if row.applies.commodity == commodity]
    if not rows:
        raise Refused("no_entitlement_rule", category=category, commodity=commodity or "", state=state)
    due = in_force(rows, on=month.first_day, subject=category)
    lines = tuple(_line(law, row, {category, followed.value}, followed.value, members, month) for row in due)
    return Entitlement(category, members, month, lines, reasons)


def _category(law: Jurisdiction, code: str, month: Month) -> Category:
    rows = [row for row in law.categories if row.value == code]
    if not rows:
        raise Refused("unknown_category", category=code, state=law.about.code)
    found = in_force(rows, on=month.first_day, subject=code)
    if not found:
        ended = max(row.last_day for row in rows if row.last_day)
        raise Refused("category_not_in_force", category=code, month=str(month), last_day=ended)
    return found[0]


def _line(
    law: Jurisdiction, row: Quantity, categories: set[str], follows: str, members: int, month: Month
) -> Line:
    commodity = row.applies.commodity
    per_member = row.unit == "kg per member per month"
    quantity = grams(row.value * (members if per_member else 1))
    said = row.because(
        "quantity", commodity=commodity, quantity=str(row.value), unit=row.unit, members=members
    )
    price, priced = _price(law, categories, follows, commodity, month)
    return Line(commodity, quantity, price, amount(quantity, price), row.scheme, (said, priced))


def _price(
    law: Jurisdiction, categories: set[str], follows: str, commodity: str, month: Month
) -> tuple[Paise, Reason]:
    on = month.first_day
    # A free month speaks of categories, whatever the commodity, and goes before the price of the commodity.
    for row in law.free_months:
        if row.holds_on(on) and categories & set(row.applies.category):
            return _told(row.value, row.because("free_month", month=str(month), price=str(row.value)))
    rows = [
        one for one in law.prices if follows in one.applies.category and one.applies.commodity == commodity
    ]
    found = in_force(rows, on=on, subject=commodity)
    if not found:
        raise Refused("no_price_rule", category=follows, commodity=commodity, month=str(month))
    return _told(found[0].value, found[0].because("price", commodity=commodity, price=str(found[0].value)))


def _told(rupees_per_kg: Decimal, reason: Reason) -> tuple[Paise, Reason]:
    return paise(rupees_per_kg), reason
