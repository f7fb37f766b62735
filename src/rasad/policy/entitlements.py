"""What is due to a card in a month: how much of what, at which price, and by which rows."""

from rasad.policy.due import Entitlement, Line
from rasad.policy.due_lines import lines_of
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.question import Question
from rasad.values.month import Month
from rasad.values.refused import Refused

__all__ = ["Entitlement", "Line", "choices", "entitlement"]


def entitlement(
    category: str,
    *,
    members: int,
    month: Month,
    state: str = "IN-HR",
    commodity: str | None = None,
    choice: str | None = None,
    tribal_area: bool = False,
) -> Entitlement:
    """What is due to a card of a category in a month, by the rows of that month (see `in_month`).

    `choice`: the alternative the card has chosen this month, atta; None: the default of each choice.
    Refused: unknown_category, category_not_in_force, before_first_rule (a month older than the first row),
    no_entitlement_rule (no row speaks of the category), commodity_not_due (or of the commodity asked for),
    scale_ended, choice_not_offered, no_price_rule, no_members.
    """
    if members < 1:
        raise Refused("no_members", members=members)
    asked = Question(jurisdiction(state), category, members, month, tribal_area, choice or commodity)
    lines = [line for line in lines_of(asked, commodity) if commodity in (None, line.commodity)]
    if choice is not None:
        _check_choice(asked, choice)
    if commodity is not None and not lines:
        raise _not_due(asked, commodity, choice)
    return Entitlement(category, members, month, tuple(lines), (*asked.reasons, *asked.nothing_more))


def choices(
    category: str, *, members: int, month: Month, state: str, tribal_area: bool = False
) -> tuple[tuple[str, ...], ...]:
    """The alternatives of each choice the card has this month, the default first."""
    asked = Question(jurisdiction(state), category, members, month, tribal_area, None)
    found = []
    for group in asked.law.choice_groups:
        offered = [row.applies.commodity for row in asked.rows if row.choice_group == group.id]
        if offered:
            found.append(tuple(sorted(offered, key=lambda one: one != group.default)))
    return tuple(found)


def _check_choice(asked: Question, choice: str) -> None:
    offered = sorted({row.applies.commodity for row in asked.rows if row.choice_group})
    if offered and choice not in offered:
        names = [asked.law.commodity_name(one) for one in offered]
        raise Refused("choice_not_offered", choice=choice, category=asked.category, offered=names)


def _not_due(asked: Question, commodity: str, choice: str | None) -> Refused:
    """Why a commodity is not due: the other was chosen, its first row comes later, or there is none."""
    if choice and any(row.choice_group and row.applies.commodity == commodity for row in asked.rows):
        names = [asked.law.commodity_name(one) for one in (choice, commodity)]
        return Refused("choice_not_both", commodities=names)
    spoken = [row for row in asked.law.quantities_of[asked.followed.value] if asked.fits(row)]
    later = [row.first_day for row in spoken if row.applies.commodity == commodity]
    if later and min(later) > asked.month.last_day:
        facts = {
            "subject": asked.law.commodity_name(commodity),
            "on": asked.month.first_day,
            "first_day": min(later),
        }
        return Refused("before_first_rule", **facts)
    known = {one.code: one.name for one in asked.law.commodities}
    return Refused(
        "commodity_not_due", commodity=known.get(commodity, commodity), category=asked.category,
        state=asked.law.about.name,
    )  # fmt: skip
