"""A quantity with its unit, for whoever reads it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rasad.values.quantities import Grams, kilograms


@dataclass(frozen=True)
class Measure:
    """So many grams to be read as kilograms, or millilitres to be read as litres."""

    quantity: int
    unit: Literal["kg", "litre"]

    @property
    def number(self) -> Decimal:
        """Kilograms or litres without trailing zeros."""
        return kilograms(Grams(self.quantity))
