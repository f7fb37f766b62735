"""Numbers as worked cases write them: read exactly, however YAML gave them; written as text."""

from decimal import Decimal
from typing import Any

from rasad.values.quantities import Grams, Paise, kilograms, rupees


def exact(given: Any) -> Decimal:
    """A number as written: 4.95, "4.95" and 5 alike, never by way of a float's last digits."""
    return Decimal(str(given))


def kg(quantity: int) -> str:
    """Grams as kilograms, or millilitres as litres, without trailing zeros: 11.2."""
    return str(kilograms(Grams(quantity)))


def rs(money: int) -> str:
    """Paise as rupees with both digits: 59.84."""
    return str(rupees(Paise(money)))
