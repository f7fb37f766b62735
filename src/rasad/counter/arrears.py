"""What a card is owed from months in which it was wrongly left out: sold beside its month, at the price of then.

The accounts bear no month, so they never lapse and no month's roll-over touches them; the part of each says of
which month it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, override

from rasad.counter.goods import name
from rasad.ledger import grants
from rasad.ledger.models import Account
from rasad.policy.due import Line
from rasad.policy.rows import Text
from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise
from rasad.web.templatetags.rasad import month as in_words

_PREFIX = "arrears_"
_MONTH_LETTERS = len("2020_06")
_UNITS = {Account.Unit.GRAMS: "kg", Account.Unit.MILLILITRES: "litre"}


@dataclass(frozen=True)
class Missed:
    """One line of a missed month; grams or ml, paise a kg or litre."""

    month: Month
    commodity: str
    part: str
    unit: str
    quantity: int
    price: int | None
    allocation: str
    cap_group: str
    choice_group: str
    rules: str


# Who knows of missed months; an app above says so when it is ready.
SOURCES: list[Callable[[str], Sequence[Missed]]] = []


def part_of(month: Month, key: int, part: str = "") -> str:
    """The part of an account of a missed month; `key`: by which decision it is owed."""
    return f"{_PREFIX}{month.year:04d}_{month.number:02d}_{key}" + (f"_{part}" if part else "")


def month_of(part: str) -> Month | None:
    """The missed month that a part names; None for an ordinary one."""
    if not part.startswith(_PREFIX):
        return None
    return Month.parse(part.removeprefix(_PREFIX)[:_MONTH_LETTERS].replace("_", "-"))


def owed(
    holder: str, *, category: str, members: int, at: datetime
) -> tuple[list[Line], Mapping[tuple[str, str], Account]]:
    """The lines a card takes from missed months, and their accounts; nothing for nearly every card."""
    missed = [one for source in SOURCES for one in source(holder)]
    if not missed:
        return [], {}
    due = [
        grants.Due(
            one.commodity, one.part, one.unit, one.quantity, one.cap_group, one.choice_group, one.rules
        )
        for one in missed
    ]
    accounts = grants.grant(holder, month="", dues=due, category=category, members=members, at=at)
    return [_line(one) for one in missed], accounts


def _line(one: Missed) -> Line:
    price = None if one.price is None else Paise(one.price)
    return Line(
        commodity=one.commodity, quantity=Grams(one.quantity), price=price, amount=None, scheme="",
        reasons=(), part=one.part, unit=_UNITS[Account.Unit(one.unit)], allocation=one.allocation,
        choice_group=one.choice_group or None, cap_group=one.cap_group or None,
    )  # fmt: skip


def named(commodity: str, part: str) -> Text:
    """The name of goods, and of which month they were missed."""
    goods, month = name(commodity), month_of(part)
    return (
        goods if month is None else Text(**{code: _missed(goods, month, code) for code in ("en", "hi", "bn")})
    )


def _missed(goods: Text, month: Month, language: str) -> str:
    with override(language):
        told = {"goods": goods.in_language(language), "month": in_words(month.first_day)}
        return gettext("%(goods)s, missed in %(month)s") % told
