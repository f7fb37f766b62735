"""What is still owed to a card from months in which it was wrongly left out."""

from collections.abc import Sequence

from rasad.counter.arrears import Missed
from rasad.oversight.models import Arrear
from rasad.values.month import Month


def missed(holder: str) -> Sequence[Missed]:
    """What a card takes beside its month; the counter asks at every visit."""
    return [
        Missed(
            Month.parse(one.month), one.commodity, one.part, one.unit, one.quantity, one.price, one.allocation,
            one.cap_group, one.choice_group, one.rules,
        )
        for one in Arrear.objects.filter(holder=holder)
    ]  # fmt: skip
