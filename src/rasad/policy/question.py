"""A question about a card, and what settles it: its category, the rows of the month, the alternative chosen."""

from functools import lru_cache

from rasad.policy.categories import Category
from rasad.policy.extras import FestivalExtra
from rasad.policy.jurisdiction import Jurisdiction
from rasad.policy.prices import Priced, price_of
from rasad.policy.rows import in_month
from rasad.policy.scales import Quantity, TopUp
from rasad.values.month import Month
from rasad.values.reason import Reason
from rasad.values.refused import Refused


class Question:
    """A question with what it settles: the category followed, the rows of the month, the alternative chosen."""

    def __init__(
        self, law: Jurisdiction, category: str, members: int, month: Month, tribal: bool, choice: str | None
    ) -> None:
        self.law, self.members, self.month, self.tribal = law, members, month, tribal
        self.category = category
        self.reasons: tuple[Reason, ...] = ()
        self.nothing_more: list[Reason] = []
        followed = _category(law, category, month)
        while followed.inherits:
            facts = {"category": followed.value, "inherits": followed.inherits}
            self.reasons = (*self.reasons, followed.because("inherits", **facts))
            followed = _category(law, followed.inherits, month)
        self.followed = followed
        self.rows = self._rows_of_month()
        self.chosen = {
            group.id: choice if choice in offered else group.default
            for group in law.choice_groups
            if (offered := {row.applies.commodity for row in self.rows if row.choice_group == group.id})
        }

    def _rows_of_month(self) -> tuple[Quantity, ...]:
        spoken = _rows_of(self.law, self.category, self.followed.value, self.tribal, self.month)
        found = [row for row in spoken if self.fits(row)]
        replaced = {row.overrides for row in found}
        return tuple(row for row in found if row.id not in replaced)

    @property
    def top_ups(self) -> tuple[TopUp, ...]:
        """What tops up cards of this category this month; one that begins later says nothing of it yet."""
        begun = [one for one in self.law.top_ups if one.first_day <= self.month.last_day]
        mine = [one for one in begun if self.followed.value in one.category]
        return in_month(
            mine, month=self.month, subject=self.category, key=lambda row: frozenset(row.category)
        )

    def fits(self, row: Quantity | FestivalExtra) -> bool:
        """Whether a row is for this area and size of card."""
        applies = row.applies
        return applies.tribal_area in (None, self.tribal) and applies.members in (None, self.members)

    def row(self, name: str) -> Quantity:
        """A row of the pack by its id."""
        return next(row for row in self.law.quantities if row.id == name)

    def priced(self, commodity: str, part: str) -> Priced:
        """The price for this card's category."""
        mine = frozenset((self.category, self.followed.value))
        payer = self.followed.value, self.followed.price_group
        return price_of(self.law, payer, mine, commodity, part, self.tribal, self.month)


@lru_cache(maxsize=4096)
def _rows_of(
    law: Jurisdiction, asked: str, followed: str, tribal: bool, month: Month
) -> tuple[Quantity, ...]:
    """The rows of a month that speak of a category in this kind of area."""
    spoken = law.quantities_of.get(followed, ())
    rows = [row for row in spoken if row.applies.tribal_area in (None, tribal)]
    if not rows:
        raise Refused("no_entitlement_rule", category=asked, state=law.about.name)
    found = in_month(rows, month=month, subject=asked, key=lambda row: row.applies.key)
    if not found:
        ended = max(row.last_day for row in rows if row.last_day)
        raise Refused("scale_ended", category=asked, month=str(month), last_day=ended)
    return found


@lru_cache(maxsize=4096)
def _category(law: Jurisdiction, code: str, month: Month) -> Category:
    rows = [row for row in law.categories if row.value == code]
    if not rows:
        raise Refused("unknown_category", category=code, state=law.about.name)
    found = in_month(rows, month=month, subject=code, key=lambda row: frozenset([row.value]))
    if not found:
        ended = max(row.last_day for row in rows if row.last_day)
        raise Refused("category_not_in_force", category=code, month=str(month), last_day=ended)
    return found[0]
