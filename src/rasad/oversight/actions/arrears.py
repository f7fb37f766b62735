"""What a family was due in the months in which it was wrongly left out, less what it took in them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.utils import timezone

from rasad import wiring
from rasad.counter import arrears, dues
from rasad.ledger.queries import card_register
from rasad.oversight.models import Arrear, Case
from rasad.policy.due import Line
from rasad.registry.families import family
from rasad.values.month import Month
from rasad.values.refused import Refused

# No row of the rules speaks of the category, or the card itself had ended for another reason.
NOTHING_DUE = {"no_entitlement_rule", "card_not_living", "card_without_category"}


def grant_arrears(case: Case, *, at: datetime, category: str = "") -> list[Arrear]:
    """Write down what is owed for each month from the end to the one before this. `category`: the one of then."""
    assert case.ends_on is not None
    number, made = case.card.number, []
    for month in _between(Month.of(case.ends_on), Month.of(timezone.localdate(at))):
        granted: Counter[str] = Counter()
        for one in Arrear.objects.filter(holder=number, month=str(month)):
            granted[one.commodity] += one.quantity
        for line, quantity in _owed(number, month, _due(number, month, category), granted):
            made.append(_row(case, line, quantity, month, at))
    return Arrear.objects.bulk_create(made)


def _due(number: str, month: Month, category: str) -> Iterable[Line]:
    """What a card was due in a month; nothing is no reason not to restore it."""
    try:
        of = family(number, on=month.first_day)
        return dues.lines_of(
            category or of.category, members=len(of.members), month=month, state=wiring.state_code()
        )
    except Refused as refused:
        if refused.code not in NOTHING_DUE:
            raise
        return ()


def _between(first: Month, end: Month) -> Iterator[Month]:
    while first < end:
        yield first
        first = first.next


def _owed(
    number: str, month: Month, due: Iterable[Line], granted: Mapping[str, int]
) -> Iterator[tuple[Line, int]]:
    """Each line with what of it was not lifted and no other case has granted.

    Of a choice the alternative that was taken stays the one.
    """
    lines = list(due)
    lifted: Counter[str] = Counter()
    for one in card_register(number, month):
        lifted[one.commodity] += one.lifted + one.elsewhere
    taken = {
        line.choice_group: line.commodity for line in lines if line.choice_group and lifted[line.commodity]
    }
    shared: Counter[str] = Counter()
    for line in lines:
        if line.cap_group:
            shared[line.cap_group] += lifted[line.commodity]
    for group in list(shared):
        # Of goods that share a limit each row of the other case may be taken, and together no more than one.
        shared[group] += max(granted.get(line.commodity, 0) for line in lines if line.cap_group == group)
    lifted.update(granted)
    for line in lines:
        if line.choice_group and taken.get(line.choice_group, line.commodity) != line.commodity:
            continue
        have = shared[line.cap_group] if line.cap_group else lifted[line.commodity]
        used = min(have, line.quantity)
        if not line.cap_group:
            lifted[line.commodity] -= used
        if line.quantity > used:
            yield line, line.quantity - used


def _row(case: Case, line: Line, quantity: int, month: Month, at: datetime) -> Arrear:
    def of_its_own(group: str | None) -> str:
        return f"{group}_{arrears.part_of(month, case.pk)}"[:40] if group else ""

    return Arrear(
        case=case, holder=case.card.number, month=str(month), commodity=line.commodity,
        part=arrears.part_of(month, case.pk, line.part), unit=dues.UNITS[line.unit], quantity=quantity,
        price=line.price, allocation=line.allocation, cap_group=of_its_own(line.cap_group),
        choice_group=of_its_own(line.choice_group),
        rules=" ".join(reason.row for reason in line.reasons)[:250], at=at,
    )  # fmt: skip
