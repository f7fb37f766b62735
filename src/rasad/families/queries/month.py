"""What is due to a card in a month, what of it was taken and is left, and why: nothing is written by looking."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from rasad import wiring
from rasad.counter import dues
from rasad.counter.goods import name
from rasad.ledger.queries import CardLine, card_register
from rasad.policy.due import Line
from rasad.policy.entitlements import entitlement
from rasad.values.measure import Measure
from rasad.values.month import Month
from rasad.values.reason import Reason
from rasad.values.refused import Refused
from rasad.web.explain import explained
from rasad.web.language import active
from rasad.web.refusals import Said, say

# What a second quantity of a commodity, at a price of its own, is called.
PARTS = {"topup": _("top-up"), "bpl": _("BPL quantity"), "festival": _("festival")}
FULL_BAR = 100


@dataclass(frozen=True)
class Why:
    """One rule of a quantity or price: the sentence, and the row with the order it stands in."""

    sentence: str
    reason: Reason


@dataclass(frozen=True)
class DueLine:
    """One commodity of a month. `is_barred`: the other of a choice was taken. `bar`: hundredths taken."""

    name: str
    part: str
    full: Measure
    taken: Measure
    left: Measure
    price: int | None
    is_barred: bool
    is_choice: bool
    shares_a_limit: bool
    bar: int
    why: tuple[Why, ...]


@dataclass(frozen=True)
class MonthDue:
    """A card's month. `no`: why nothing can be said."""

    month: Month
    lines: tuple[DueLine, ...] = ()
    why: tuple[Why, ...] = ()
    no: Said | None = None


def month_due(card: str, *, category: str, members: int, month: Month) -> MonthDue:
    """What the rules of a month give a card of this category and size, with what is left of it."""
    state = wiring.state_code()
    try:
        whole = entitlement(category, members=members, month=month, state=state)
        lines = dues.lines_of(category, members=members, month=month, state=state)
    except Refused as refused:
        return MonthDue(month, no=say(refused))
    register = {(one.commodity, one.part): one for one in card_register(card, month)}
    chosen = {
        line.choice_group: line.commodity
        for line in lines
        if line.choice_group and _taken(register.get((line.commodity, line.part)))
    }
    told = tuple(_line(line, register, chosen) for line in lines)
    return MonthDue(month, told, _why(whole.reasons))


def _taken(line: CardLine | None) -> int:
    return line.lifted + line.elsewhere + line.reserved if line else 0


def _line(line: Line, register: dict[tuple[str, str], CardLine], chosen: dict[str, str]) -> DueLine:
    known = register.get((line.commodity, line.part))
    limit = register.get((line.cap_group, "")) if line.cap_group else None
    left = max(known.remaining if known else line.quantity, 0)
    left = min(left, max(limit.remaining, 0)) if limit else left
    is_barred = chosen.get(line.choice_group or "", line.commodity) != line.commodity
    left = 0 if is_barred else left
    taken = _taken(known)
    return DueLine(
        name=name(line.commodity).in_language(active()), part=str(PARTS.get(line.part, line.part)),
        full=Measure(line.quantity, line.unit), taken=Measure(taken, line.unit),  # type: ignore[arg-type]
        left=Measure(left, line.unit), price=line.price, is_barred=is_barred,  # type: ignore[arg-type]
        is_choice=bool(line.choice_group), shares_a_limit=bool(line.cap_group),
        bar=min(FULL_BAR * taken // line.quantity, FULL_BAR) if line.quantity else 0, why=_why(line.reasons),
    )  # fmt: skip


def _why(reasons: tuple[Reason, ...]) -> tuple[Why, ...]:
    return tuple(Why(explained(reason), reason) for reason in reasons)
