"""What is due: lines of commodities with quantity, price, amount and the rows that say so."""

from dataclasses import dataclass, replace

from rasad.policy.scales import Section
from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise
from rasad.values.reason import Reason
from rasad.values.refused import Refused


@dataclass(frozen=True)
class Line:
    """One commodity due: whole grams or millilitres, paise per kg or litre, and the rows that say so.

    `price` and `amount`: None where only the quantity is known. `part`: a second quantity at its own price. Of a
    `choice_group` a card has one commodity; those of a `cap_group` share `quantity`. `allocation`: whose grain it is.
    """

    commodity: str
    quantity: Grams
    price: Paise | None
    amount: Paise | None
    scheme: str
    reasons: tuple[Reason, ...]
    part: str = ""
    unit: str = "kg"
    section: Section = "union"
    allocation: str = ""
    choice_group: str | None = None
    cap_group: str | None = None

    @property
    def name(self) -> str:
        """The commodity with its part, wheat_topup."""
        return f"{self.commodity}_{self.part}" if self.part else self.commodity

    @property
    def price_per_kg(self) -> Paise:
        """The price where it is known. Raises Refused("price_unknown")."""
        if self.price is None:
            raise _price_unknown(self)
        return self.price


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
        """What all of it costs together; of lines that share a cap the dearest counts.

        Raises Refused("price_unknown") when the price of a line is not known.
        """
        # A line that shares no cap is a group of its own.
        dearest: dict[str | int, int] = {}
        for place, line in enumerate(self.lines):
            if line.amount is None:
                raise _price_unknown(line)
            group = line.cap_group or place
            dearest[group] = max(dearest.get(group, 0), line.amount)
        return Paise(sum(dearest.values()))

    def because(self, reason: Reason) -> "Entitlement":
        """The same entitlement with one more reason in front."""
        return replace(self, reasons=(reason, *self.reasons))


def _price_unknown(line: Line) -> Refused:
    facts = line.reasons[-1].facts
    return Refused(
        "price_unknown", commodity=facts["commodity"], month=facts["month"], first_day=facts["first_day"]
    )
