"""Grain is counted in whole grams and money in whole paise; nothing is ever a float."""

from decimal import Decimal
from typing import NewType

Grams = NewType("Grams", int)
Paise = NewType("Paise", int)


def grams(kilograms: str | int | Decimal) -> Grams:
    """Whole grams of a quantity in kilograms. Raises ValueError when it is finer than a gram."""
    exact = Decimal(kilograms) * 1000
    if exact != exact.to_integral_value():
        raise ValueError(f"{kilograms} kg is not a whole number of grams")
    return Grams(int(exact))


def paise(rupees: str | int | Decimal) -> Paise:
    """Whole paise of an amount in rupees. Raises ValueError when it is finer than a paisa."""
    exact = Decimal(rupees) * 100
    if exact != exact.to_integral_value():
        raise ValueError(f"Rs {rupees} is not a whole number of paise")
    return Paise(int(exact))


def amount(quantity: Grams, price_per_kg: Paise) -> Paise:
    """What a quantity costs at a price per kilogram, rounded half up to the paisa; neither is negative."""
    return Paise((quantity * price_per_kg + 500) // 1000)


def kilograms(quantity: Grams) -> Decimal:
    """A quantity in kilograms for a reader, without trailing zeros."""
    exact = Decimal(quantity) / 1000
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()


def rupees(amount_in_paise: Paise) -> Decimal:
    """An amount in rupees with both digits of the paise."""
    return (Decimal(amount_in_paise) / 100).quantize(Decimal("0.01"))
