"""The price at the shop as the Union binds it: Antyodaya's fixed price, the old margin, a price from its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rasad.policy.central import RetailRule, retail_rules
from rasad.policy.price_rows import Price
from rasad.values.quantities import Paise, paise
from rasad.values.reason import Reason
from rasad.values.refused import Refused

FAR_AHEAD = date.max


def fixed_end_price(commodity: str, *, on: date) -> RetailRule | None:
    """The rule that fixes what an Antyodaya card pays for a grain on a day; None where none does. Atta is free."""
    return next((row for row in _antyodaya_rules(commodity) if row.holds_on(on)), None)


def check_end_price(category: str, commodity: str, price: Paise, *, on: date) -> None:
    """Refused("end_price_fixed") when a State's price of a day is not the one fixed for Antyodaya."""
    rule = fixed_end_price(commodity, on=on) if category == "AAY" else None
    if rule and price != paise(rule.rupees):
        raise Refused(
            "end_price_fixed", commodity=commodity, price=_few_digits(rule.rupees), asked=str(Decimal(price) / 100),
            rule=rule.id,            document=rule.source.file, quotation=rule.source.quotation,
        )  # fmt: skip


def _few_digits(rupees: Decimal) -> str:
    return str(rupees.to_integral_value() if rupees == rupees.to_integral_value() else rupees)


def end_price_problem(row: Price, *, antyodaya: frozenset[str]) -> str | None:
    """What is wrong with a price row of a State's pack: Antyodaya grain at another price while one is fixed."""
    applies = row.applies
    if not antyodaya & set(applies.category) or applies.part is not None:
        return None
    for rule in _antyodaya_rules(applies.commodity):
        both_hold = rule.first_day <= (row.last_day or FAR_AHEAD) and row.first_day <= (
            rule.last_day or FAR_AHEAD
        )
        if both_hold and row.value != rule.value:
            fixed = f"is fixed at Rs {_few_digits(rule.rupees)} per kg ({rule.id})"
            return f"AAY end retail price of {applies.commodity} {fixed}"
    return None


def _antyodaya_rules(commodity: str) -> list[RetailRule]:
    return [
        row
        for row in retail_rules()
        if row.rule == "fixed" and row.scheme is None
        and "AAY" in row.applies.category and row.applies.commodity == commodity
    ]  # fmt: skip


@dataclass(frozen=True)
class Margin:
    """What lies between the issue price and the price at the shop; `warning` where it was asked to be less."""

    per_kg: Paise
    warning: Reason | None


def margin(category: str, *, issue_price: Paise, retail_price: Paise, on: date) -> Margin:
    """The margin per kilogram, with a warning while and where the Centre asked for at most 50 paise.

    It was a request, so nothing is refused; from 2001 on there is no warning, and for Antyodaya never.
    """
    found = Paise(retail_price - issue_price)
    for row in retail_rules():
        is_asked = row.rule == "margin_at_most" and category in row.applies.category and row.holds_on(on)
        if is_asked and found > paise(row.rupees):
            told = {"margin": str(Decimal(found) / 100), "limit": str(row.rupees), "category": category}
            return Margin(found, row.because("margin_above", **told))
    return Margin(found, None)


# What a State may put on top of the issue price, in the words of the rule.
PARTS = ("wholesaler_margin", "retailer_margin", "transport", "levies", "local_taxes")


@dataclass(frozen=True)
class RetailPrice:
    """A State's price per kilogram with everything it is made of. What the State bears is not in it."""

    category: str
    issue_price: Paise
    parts: Mapping[str, Paise]
    borne_by_state: Mapping[str, Paise]
    price: Paise
    reasons: tuple[Reason, ...]


def retail_price(category: str, *, issue_price: Paise, parts: Mapping[str, Paise], on: date) -> RetailPrice:
    """The price per kilogram from the issue price and the State's parts, each kept.

    For Antyodaya margins and transport are the State's and never charged to the card. Refused:
    unknown_price_part, price_not_for_state (no rule lets the State add parts for the category on the day).
    """
    for part in parts:
        if part not in PARTS:
            raise Refused("unknown_price_part", part=part, known=", ".join(PARTS))
    rules = [row for row in retail_rules() if category in row.applies.category and row.holds_on(on)]
    borne = next((row for row in rules if row.rule == "cost_borne_by_state"), None)
    free = next((row for row in rules if row.rule in ("set_by_state", "margin_at_most")), None)
    if borne:
        return RetailPrice(
            category, issue_price, {}, dict(parts), issue_price, (borne.because("borne_by_state", category=category),)
        )  # fmt: skip
    if free is None:
        raise Refused("price_not_for_state", category=category, on=on)
    price = Paise(issue_price + sum(parts.values()))
    warning = margin(category, issue_price=issue_price, retail_price=price, on=on).warning
    said = free.because("built_from_parts", category=category, issue_price=str(Decimal(issue_price) / 100))
    return RetailPrice(
        category, issue_price, dict(parts), {}, price, (said, *((warning,) if warning else ()))
    )
