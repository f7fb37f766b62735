"""How much grain a shop needs, what an allocation or a release comes to, and whether stock is accounted for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from rasad.policy.entitlements import Line, entitlement
from rasad.policy.obligations import obligation
from rasad.policy.rows import Row
from rasad.values.month import Month
from rasad.values.quantities import Grams
from rasad.values.refused import Refused

ADVANCE, CERTIFICATE = "in.ob.sixmonths", "in.ob.uc"


@dataclass(frozen=True)
class Cards:
    """Cards of a category whose sizes lie in one stretch: how many, with how many members in all, the smallest."""

    category: str
    cards: int
    members: int
    smallest: int = 1


@dataclass(frozen=True)
class Certificate:
    """What was lifted and distributed in a month, in the unit given, where nothing is unexplained."""

    certified: Decimal


def requirement(
    groups: Iterable[Cards], *, state: str, month: Month, choice: str | None = None
) -> Counter[tuple[str, str]]:
    """Grams of grain that cards need in a month, by allocation and commodity: ("NFSA", "wheat").

    Within a stretch of sizes what is due grows evenly with the members, so it follows from two sizes.
    Refused as in `entitlement`.
    """
    needed: Counter[tuple[str, str]] = Counter()
    for group in (one for one in groups if one.cards):
        at = _grain(group, group.smallest, state, month, choice)
        above = _grain(group, group.smallest + 1, state, month, choice)
        for what in at.keys() | above.keys():
            each = above[what] - at[what]
            needed[what] += each * group.members + (at[what] - each * group.smallest) * group.cards
    return needed


def allocation(requirement: Grams, *, closing_stock: Grams) -> Grams:
    """What is sent to a shop: what its cards need, less what it still has, and never less than nothing."""
    return Grams(max(0, requirement - closing_stock))


def release(cards_issued: int, *, state: str, month: Month) -> Grams:
    """Antyodaya grain released for a month: on the cards issued, not on the families estimated."""
    due = entitlement("AAY", members=1, month=month, state=state)
    return Grams(sum(line.quantity for line in due.lines if _is_grain(line)) * cards_issued)


def shortage(*, dispatched: Grams, received: Grams) -> Grams:
    """What was sent and did not arrive; any of it opens a leakage case. Raises Refused("received_more_than_sent")."""
    if received > dispatched:
        raise Refused("received_more_than_sent", dispatched=dispatched, received=received)
    return Grams(dispatched - received)


def check_advance(months: int) -> None:
    """Refuse more months in one go than the permission allows. Raises Refused("too_many_months")."""
    rule = obligation(ADVANCE)
    if rule.max_months is not None and months > rule.max_months:
        raise Refused("too_many_months", months=months, wanted=rule.said or rule.max_months, **_facts(rule))


def months_taken(*, offered: int, wanted: int) -> tuple[int, int]:
    """The months a family takes and those it leaves for later: never more than it wants.

    Raises Refused("too_many_months").
    """
    check_advance(offered)
    taken = min(offered, wanted) if not obligation(ADVANCE).compulsion else offered
    return taken, offered - taken


def certificate(
    *, lifted: Decimal, distributed: Decimal, closing_stock: Decimal, loss: Decimal = Decimal(0)
) -> Certificate:
    """A Utilisation Certificate for a month. Raises Refused("stock_unexplained") where the sums do not meet."""
    unexplained = lifted - distributed - closing_stock - loss
    if unexplained:
        rule = obligation(CERTIFICATE)
        raise Refused("stock_unexplained", unexplained=f"{abs(unexplained).normalize():f}", **_facts(rule))
    return Certificate(distributed)


def _grain(
    group: Cards, members: int, state: str, month: Month, choice: str | None
) -> Counter[tuple[str, str]]:
    due = entitlement(group.category, members=members, month=month, state=state, choice=choice)
    found: Counter[tuple[str, str]] = Counter()
    for line in (line for line in due.lines if _is_grain(line)):
        found[line.allocation or line.scheme, line.commodity] += line.quantity
    return found


def _is_grain(line: Line) -> bool:
    return line.section == "union" and line.commodity != "sugar" and line.unit == "kg"


def _facts(row: Row) -> dict[str, object]:
    return {"rule": row.id, "document": row.source.file, "quotation": row.source.quotation}
