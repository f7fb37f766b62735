"""Numbers, dates, weights and money as India writes them, in the language of the page."""

from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent
from django import template
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from rasad.policy.sizes import Sizes
from rasad.values.measure import Measure
from rasad.values.quantities import Grams, Paise, kilograms
from rasad.values.quantities import rupees as in_rupees
from rasad.web.language import active

register = template.Library()

# Digits 0-9 in every language: a number must be comparable with the one on a card or a weighing scale.
_LOCALES = {code: Locale.parse(f"{code}_IN") for code in ("en", "hi", "bn")}


def _locale() -> Locale:
    return _LOCALES[active()]


@register.filter
def indian(number: float | Decimal | None) -> str:
    """A number in lakhs and crores: 12,34,567. Nothing for None."""
    if number is None:
        return ""
    if isinstance(number, int) and 0 <= number < 1000:
        # No grouping below a thousand, and a page may have a thousand such numbers.
        return str(int(number))
    return format_decimal(number, locale=_locale(), numbering_system="latn")


@register.filter
def day(moment: date | None) -> str:
    """A day, 15 May 2020; of a moment the day it was in India. Nothing for None."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment).date()
    return _latin(format_date(moment, "d MMMM y", locale=_locale()))


@register.filter
def moment(at: datetime | None) -> str:
    """A day and a time of the day in India, 15 May 2020, 14:05. Nothing for None."""
    if at is None:
        return ""
    return _latin(format_datetime(timezone.localtime(at), "d MMMM y, HH:mm", locale=_locale()))


@register.filter
def month(text: str | date) -> str:
    """A month of `2020-04` or of a day: April 2020."""
    first = date.fromisoformat(f"{text}-01") if isinstance(text, str) else text
    return _latin(format_date(first, "LLLL y", locale=_locale()))


@register.filter
def kg(grams: int | None) -> str:
    """Whole grams as kilograms with the unit: 2.5 kg. Nothing for None."""
    if grams is None:
        return ""
    return gettext("%(number)s kg") % {"number": indian(kilograms(Grams(grams)))}


@register.filter
def measure(quantity: Measure | None) -> str:
    """A quantity with its unit: 2.5 kg, 1 litre. Nothing for None."""
    if quantity is None:
        return ""
    if quantity.unit == "kg":
        return kg(quantity.quantity)
    number = quantity.number
    words = ngettext("%(number)s litre", "%(number)s litres", 1 if number == 1 else 2)
    return words % {"number": indian(number)}


@register.filter
def sizes(cards: Sizes) -> str:
    """Which sizes of card: 1 or 2, 3 or more, 1 to 4."""
    first, last = cards.first, cards.last
    if last is None:
        return gettext("%(first)s or more") % {"first": indian(first)}
    if last == first:
        return indian(first)
    words = gettext("%(first)s or %(last)s") if last == first + 1 else gettext("%(first)s to %(last)s")
    return words % {"first": indian(first), "last": indian(last)}


@register.filter
def litre(millilitres: int | None) -> str:
    """Whole millilitres as litres with the unit: 1 litre. Nothing for None."""
    if millilitres is None:
        return ""
    return gettext("%(number)s litre") % {"number": indian(kilograms(Grams(millilitres)))}


@register.filter
def rupees(paise: int | None) -> str:
    """Whole paise as rupees: ₹1,23,456.50. Nothing for None."""
    if paise is None:
        return ""
    return format_currency(
        in_rupees(Paise(paise)), "INR", "¤#,##,##0.00", locale=_locale(), numbering_system="latn"
    )


@register.filter
def percent(share: float | None) -> str:
    """A share between 0 and 1 as a percentage with one decimal: 12.5%. Nothing for None."""
    if share is None:
        return ""
    return format_percent(share, "#,##,##0.#%", locale=_locale(), numbering_system="latn")


def _latin(text: str) -> str:
    """Digits 0-9: Babel's dates have no choice of digits."""
    return text.translate(_TO_LATIN)


_TO_LATIN = {ord(digit): str(place % 10) for place, digit in enumerate("०१२३४५६७८९০১২৩৪৫৬৭৮৯")}
