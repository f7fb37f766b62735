"""What the Centre allotted and charged on any day: scales of issue, issue prices, the RPDS."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from rasad.policy.central import (
    CentralScale,
    IssuePrice,
    RetailRule,
    issue_prices,
    retail_rules,
    scales_of_issue,
)
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.rows import Text, in_force
from rasad.values.measure import Measure
from rasad.values.quantities import Grams, Paise, amount, paise
from rasad.values.reason import Reason
from rasad.values.refused import Refused

RPDS = "RPDS_CARD"
KG_A_LAKH_TONNES = 100_000 * 1000


def scales_on(category: str, on: date) -> tuple[CentralScale, ...]:
    """Every scale of issue of a category on a day, that of the Act beside the older one, the newest last.

    Refused: unknown_category, before_first_rule, scale_ended.
    """
    rows = [row for row in scales_of_issue() if row.applies.category == category]
    if not rows:
        raise Refused("unknown_category", category=category, state=jurisdiction("IN").about.name)
    found = in_force(rows, on=on, subject=category)
    if not found:
        ended = max(row.last_day for row in rows if row.last_day)
        raise Refused("scale_ended", category=category, month=on, last_day=ended)
    return tuple(sorted(found, key=lambda row: row.first_day))


def scale_on(category: str, on: date) -> CentralScale:
    """The scale of issue of a category on a day; where two hold, the later, the Act's. Refused as `scales_on`."""
    return scales_on(category, on)[-1]


def issue_price(category: str, commodity: str, on: date) -> IssuePrice | RetailRule:
    """What the State pays the Centre for a kilogram on a day: the issue price, or the Act's from its day on.

    Refused: no_issue_price (no row of the category and commodity), before_first_rule.
    """
    act = [
        row
        for row in retail_rules()
        if row.scheme == "NFSA" and row.rule == "fixed" and category in row.applies.category
        and row.applies.commodity == commodity
    ]  # fmt: skip
    older = [
        row
        for row in issue_prices()
        if (row.applies.category, row.applies.commodity) == (category, commodity)
    ]
    rows: list[IssuePrice | RetailRule] = [*older, *act]
    if not rows:
        raise Refused("no_issue_price", category=category, commodity=_name(commodity))
    found = in_force(rows, on=on, subject=category)
    return max(found, key=lambda row: row.first_day)


def state_pays(category: str, commodity: str, quantity: Grams, on: date) -> tuple[Paise, Reason]:
    """What the State pays for a quantity in paise, by the issue price of the day."""
    row = issue_price(category, commodity, on)
    price = paise(row.value or 0)
    told = row.because("issue_price", commodity=_name(commodity), category=category, price=str(row.value))
    return amount(quantity, price), told


def rpds_rule() -> RetailRule:
    """The rule of the Revamped PDS about its price."""
    return next(row for row in retail_rules() if row.rule == "below_issue_price")


def rpds_price(central_issue_price: Paise, on: date) -> tuple[Paise, Reason]:
    """What the State pays for RPDS grain per kg: 50 paise under the issue price.

    Refused: scale_ended, before_first_rule.
    """
    row = rpds_rule()
    if not in_force([row], on=on, subject=RPDS):
        raise Refused("scale_ended", category=RPDS, month=on, last_day=row.last_day)
    off = row.rupees
    told = row.because("below_issue_price", discount=str(off))
    return Paise(central_issue_price - paise(off)), told


def check_scale(category: str, quantity: Grams, on: date, *, members: int = 1) -> CentralScale:
    """The scale that allows a quantity on a day. Refused("above_scale") naming the most, and as `scale_on`."""
    row = scale_on(category, on)
    most = row.grams_for(members)
    if quantity > most:
        limit, asked = Measure(most, "kg"), Measure(quantity, "kg")
        raise Refused("above_scale", category=category, limit=limit, asked=asked, rule=row.id)
    return row


@dataclass(frozen=True)
class ActDue:
    """What the Act gives a card: so much foodgrain, each grain at its price in paise per kg, by these rows."""

    foodgrain: Grams
    prices: dict[str, Paise]
    reasons: tuple[Reason, ...]


def due_under_act(category: str, *, members: int, on: date) -> ActDue:
    """What the Food Security Act gives a card a month, whatever the State.

    Refused: not_under_act, before_first_rule, no_members.
    """
    if members < 1:
        raise Refused("no_members", members=members)
    rows = [row for row in scales_of_issue() if row.scheme == "NFSA" and row.applies.category == category]
    if not rows:
        raise Refused("not_under_act", category=category)
    scale = in_force(rows, on=on, subject="NFSA")[0]
    fixed = [
        row
        for row in retail_rules()
        if row.scheme == "NFSA" and category in row.applies.category and row.holds_on(on)
    ]
    due = scale.grams_for(members)
    said = scale.because("due_under_act", category=category, members=members, quantity=Measure(due, "kg"))
    prices = {str(row.applies.commodity): paise(row.rupees) for row in fixed}
    told = [
        row.because("price_under_act", commodity=_name(str(row.applies.commodity)), price=str(row.value))
        for row in fixed
    ]
    return ActDue(due, prices, (said, *told))


def lakh_tonnes(families: Decimal, kg_per_month: Decimal, months: int = 1) -> Decimal:
    """So many families, each so many kilograms a month, in lakh tonnes (1 lakh tonnes = 10 crore kg), exactly."""
    return families * kg_per_month * months / KG_A_LAKH_TONNES


def share(part: Decimal, whole: Decimal) -> Decimal:
    """A part in percent of a whole, to two decimals, half up."""
    return (100 * part / whole).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _name(commodity: str) -> Text | str:
    """A commodity's name as the Union's pack has it; the code of one it does not name."""
    known = {one.code: one.name for one in jurisdiction("IN").commodities}
    return known.get(commodity, commodity)
