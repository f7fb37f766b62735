"""What a card may still take in a month: choices are kept, shared caps hold, nothing goes over what is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from rasad.policy.entitlements import Entitlement, Line, choices, entitlement
from rasad.policy.jurisdiction import Jurisdiction, jurisdiction
from rasad.values.measure import Measure
from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise
from rasad.values.quantities import amount as cost
from rasad.values.refused import Refused


@dataclass(frozen=True)
class Sold:
    """Part of a sale at one price; `allocation` is whose grain it is."""

    commodity: str
    part: str
    quantity: Grams
    price: Paise
    amount: Paise
    allocation: str


@dataclass(frozen=True)
class Allowed:
    """A sale that may be made, and what of each commodity and shared cap is left after it, in grams or ml."""

    sold: tuple[Sold, ...]
    left: Mapping[str, int]
    left_of_cap: Mapping[str, int]

    @property
    def amount(self) -> Paise:
        """What the family pays."""
        return Paise(sum(one.amount for one in self.sold))


def may_sell(
    category: str,
    *,
    members: int,
    month: Month,
    state: str,
    asked: Mapping[str, int],
    lifted: Mapping[str, int] | None = None,
    choice: str | None = None,
    tribal_area: bool = False,
) -> Allowed:
    """Whether a card may take what is asked, given what it has taken this month; grams or ml by commodity.

    `choice`: the alternative written down for the card this month; else what was lifted tells it, else what
    is asked. Refused: choice_made (the other alternative was taken, and how much of it is left),
    choice_not_both, cap_reached, more_than_left, commodity_not_due, price_unknown, and what `entitlement` refuses.
    """
    taken = {one: quantity for one, quantity in (lifted or {}).items() if quantity}
    wanted = {one: quantity for one, quantity in asked.items() if quantity}
    law = jurisdiction(state)
    offered = choices(category, members=members, month=month, state=state, tribal_area=tribal_area)
    chosen = choice or _chosen(law, offered, taken, wanted)
    due = entitlement(
        category, members=members, month=month, state=state, choice=chosen, tribal_area=tribal_area
    )
    for commodity in wanted:
        if not any(line.commodity == commodity for line in due.lines):
            raise _other_alternative(law, due, offered, commodity, chosen, taken)
    _check_caps(law, due, taken, wanted)
    sold: list[Sold] = []
    for commodity, quantity in wanted.items():
        lines = [line for line in due.lines if line.commodity == commodity]
        left = sum(line.quantity for line in lines) - taken.get(commodity, 0)
        if quantity > left:
            raise Refused(
                "more_than_left", commodity=law.commodity_name(commodity), left=_measure(lines[0], max(left, 0)),
                asked=_measure(lines[0], quantity),
            )  # fmt: skip
        sold += _from_lines(lines, taken.get(commodity, 0), quantity)
    return Allowed(tuple(sold), still_due(due, _sum(taken, wanted)), _left_of_caps(due, _sum(taken, wanted)))


def still_due(due: Entitlement, lifted: Mapping[str, int]) -> dict[str, int]:
    """What is left of each commodity, in grams or ml: due by the members of today, less what was lifted.

    A member added or taken off the card in the month changes only what is not yet lifted; what was lifted
    before is never asked back.
    """
    whole: dict[str, int] = {}
    for line in due.lines:
        whole[line.commodity] = whole.get(line.commodity, 0) + line.quantity
    left = {one: max(quantity - lifted.get(one, 0), 0) for one, quantity in whole.items()}
    caps = _left_of_caps(due, lifted)
    return left | {line.commodity: caps[line.cap_group] for line in due.lines if line.cap_group}


def _chosen(
    law: Jurisdiction,
    offered: tuple[tuple[str, ...], ...],
    taken: Mapping[str, int],
    wanted: Mapping[str, int],
) -> str | None:
    for group in offered:
        for of in (taken, wanted):
            named = [one for one in group if one in of]
            if len(named) > 1 and of is wanted:
                raise Refused("choice_not_both", commodities=[law.commodity_name(one) for one in named])
            if named:
                return named[0]
    return None


def _other_alternative(
    law: Jurisdiction,
    due: Entitlement,
    offered: tuple[tuple[str, ...], ...],
    commodity: str,
    chosen: str | None,
    taken: Mapping[str, int],
) -> Refused:
    """Why a commodity that is not on the card's list this month is refused."""
    known = {one.code: one.name for one in law.commodities}
    if chosen and any(commodity in group and chosen in group for group in offered):
        lines = [line for line in due.lines if line.commodity == chosen]
        left = sum(line.quantity for line in lines) - taken.get(chosen, 0)
        return Refused(
            "choice_made", chosen=known[chosen], left=_measure(lines[0], max(left, 0)), commodity=known[commodity]
        )  # fmt: skip
    return Refused(
        "commodity_not_due", commodity=known.get(commodity, commodity), category=due.category,
        state=law.about.name,
    )  # fmt: skip


def _check_caps(
    law: Jurisdiction, due: Entitlement, taken: Mapping[str, int], wanted: Mapping[str, int]
) -> None:
    for name, left in _left_of_caps(due, taken).items():
        group = law.cap_group(name)
        shared = [line for line in due.lines if line.cap_group == name]
        asked = sum(wanted.get(line.commodity, 0) for line in shared)
        if asked > left:
            raise Refused(
                "cap_reached", goods=group.name, sizes=group.table.sizes_like(due.members),
                limit=_measure(shared[0], shared[0].quantity), left=_measure(shared[0], left),
                asked=_measure(shared[0], asked),
            )  # fmt: skip


def _left_of_caps(due: Entitlement, lifted: Mapping[str, int]) -> dict[str, int]:
    left: dict[str, int] = {}
    for line in due.lines:
        if line.cap_group:
            left[line.cap_group] = left.get(line.cap_group, line.quantity) - lifted.get(line.commodity, 0)
    return {name: max(quantity, 0) for name, quantity in left.items()}


def _from_lines(lines: list[Line], taken: int, asked: int) -> list[Sold]:
    """What is asked, line by line: the Act's own price first, then what comes on top at another."""
    sold = []
    for line in lines:
        used = min(line.quantity, taken)
        part = min(line.quantity - used, asked)
        taken, asked = taken - used, asked - part
        if part:
            price = line.price_per_kg
            paid = cost(Grams(part), price)
            sold.append(Sold(line.commodity, line.part, Grams(part), price, paid, line.allocation))
    return sold


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}


def _measure(line: Line, quantity: int) -> Measure:
    return Measure(quantity, cast(Literal["kg", "litre"], line.unit))
