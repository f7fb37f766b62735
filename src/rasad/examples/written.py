"""Numbers as worked cases write them: read exactly, however YAML gave them; written as text."""

from decimal import Decimal
from typing import Any

from rasad.values.quantities import Grams, Paise, kilograms, rupees
from rasad.values.reason import Reason
from rasad.values.refused import Refused
from rasad.web.sentences import SENTENCES
from rasad.web.sentences.reasons import REASONS


def exact(given: Any) -> Decimal:
    """A number as written: 4.95, "4.95" and 5 alike, never by way of a float's last digits."""
    return Decimal(str(given))


def kg(quantity: int) -> str:
    """Grams as kilograms, or millilitres as litres, without trailing zeros: 11.2."""
    return str(kilograms(Grams(quantity)))


def rs(money: int) -> str:
    """Paise as rupees with both digits: 59.84."""
    return str(rupees(Paise(money)))


def noted(said: Reason | Refused) -> str:
    """The sentence of a reason, or the short form of a refusal, with its days as an officer notes them: 2021-08-10."""
    form = SENTENCES[said.code].short if isinstance(said, Refused) else REASONS[said.code]
    return str(form) % {name: str(value) for name, value in said.facts.items()}
