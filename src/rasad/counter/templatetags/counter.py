"""Quantities, names and marks as the counter shows them."""

from django import template
from django.utils.translation import gettext

from rasad import wiring
from rasad.counter.arrears import named
from rasad.counter.models import Mode, StockChange
from rasad.counter.paper.receipt import allocation
from rasad.counter.receipts import number_of
from rasad.journal.words import ACTS
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.rows import Text
from rasad.values.aadhaar import mask_card
from rasad.values.measure import Measure
from rasad.web.language import active
from rasad.web.templatetags.rasad import measure, rupees

register = template.Library()


@register.filter
def spoken(name: Text) -> str:
    """A name in the reader's language."""
    return name.in_language(active())


@register.filter
def goods_name(commodity: str, part: str = "") -> str:
    """What a commodity is called in the reader's language; of a missed month, with the month."""
    return named(commodity, part).in_language(active())


@register.simple_tag
def amount_of(quantity: int, unit: str) -> str:
    """Grams or millilitres as a person reads them: 2.5 kg, 1 litre."""
    return measure(Measure(quantity, "litre" if unit == "ml" else "kg"))


@register.filter
def masked(holder: str) -> str:
    """A card's or token's number with its last digits only; the home State of a visitor's card stays."""
    state, _, number = holder.rpartition("/")
    return f"{state} {mask_card(number)}".strip()


@register.filter
def receipt_number(sale: object) -> str:
    """The number on paper of a sale's id."""
    return number_of(str(sale))


@register.filter
def mode_name(mode: str) -> str:
    """By which step of the ladder, in words."""
    return str(Mode(mode).label)


@register.simple_tag
def price_of(paise: int, unit: str) -> str:
    """A price: ₹2.00 a kg."""
    price = {"price": rupees(paise)}
    return gettext("%(price)s a litre") % price if unit == "ml" else gettext("%(price)s a kg") % price


@register.filter
def allocation_name(code: str) -> str:
    """Whose grain it is, in words."""
    return allocation(code)


@register.filter
def act_name(action: str) -> str:
    """An act of the journal, in words."""
    return str(ACTS.get(action, action))


@register.simple_tag
def change_of(change: StockChange) -> str:
    """How much a correction adds or takes: +5 kg, −5 kg."""
    return _signed(change.quantity, _unit(change.commodity))


@register.simple_tag
def moved_of(facts: dict[str, object]) -> str:
    """How much an entry of the journal moves."""
    return _signed(int(str(facts.get("quantity", 0))), _unit(str(facts.get("commodity", ""))))


@register.simple_tag
def gauge(left: int, most: int) -> int:
    """The length of a bar out of a hundred; the fullest stock fills it."""
    return max(left, 0) * 100 // most if most > 0 else 0


def _signed(quantity: int, unit: str) -> str:
    return f"{'+' if quantity > 0 else '−'}{amount_of(abs(quantity), unit)}"


def _unit(commodity: str) -> str:
    known = jurisdiction(wiring.state_code()).commodity_of.get(commodity)
    return "ml" if known is not None and known.counted_in == "litre" else "g"
