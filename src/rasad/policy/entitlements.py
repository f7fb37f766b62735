"""What is due to a card in a month: how much of what, at which price, and by which rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from rasad.policy.jurisdiction import Category, Jurisdiction, jurisdiction
from rasad.policy.prices import Priced, price_of
from rasad.policy.rows import in_month
from rasad.policy.scales import FestivalExtra, Quantity, Section, TopUp
from rasad.policy.sizes import Table
from rasad.values.measure import Measure
from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise, amount, grams
from rasad.values.reason import Reason
from rasad.values.refused import Refused


@dataclass(frozen=True)
class Line:
    """One commodity due: whole grams or millilitres, paise per kg or litre, and the rows that say so.

    `price` and `amount` are None where the quantity is known and the price is not. `part` marks a second
    quantity of a commodity at a price of its own. Of lines with one `choice_group` a card has one a month;
    lines with one `cap_group` may come to `quantity` together. `allocation` is whose grain it is.
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
    asked = _Asked(jurisdiction(state), category, members, month, tribal_area, choice or commodity)
    lines = [line for line in _lines(asked, commodity) if commodity in (None, line.commodity)]
    if choice is not None:
        _check_choice(asked, choice)
    if commodity is not None and not lines:
        raise _not_due(asked, commodity)
    return Entitlement(category, members, month, tuple(lines), (*asked.reasons, *asked.nothing_more))


def choices(
    category: str, *, members: int, month: Month, state: str, tribal_area: bool = False
) -> tuple[tuple[str, ...], ...]:
    """The alternatives of each choice the card has this month, the default first."""
    asked = _Asked(jurisdiction(state), category, members, month, tribal_area, None)
    found = []
    for group in asked.law.choice_groups:
        offered = [row.applies.commodity for row in asked.rows if row.choice_group == group.id]
        if offered:
            found.append(tuple(sorted(offered, key=lambda one: one != group.default)))
    return tuple(found)


class _Asked:
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


def _check_choice(asked: _Asked, choice: str) -> None:
    offered = sorted({row.applies.commodity for row in asked.rows if row.choice_group})
    if offered and choice not in offered:
        names = [asked.law.commodity_name(one) for one in offered]
        raise Refused("choice_not_offered", choice=choice, category=asked.category, offered=names)


def _not_due(asked: _Asked, commodity: str) -> Refused:
    """Why a commodity is not due: its first row comes later, or there is none."""
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


def _lines(asked: _Asked, commodity: str | None) -> Iterator[Line]:
    top_ups = in_month(
        [one for one in asked.law.top_ups if asked.followed.value in one.category],
        month=asked.month, subject=asked.category, key=lambda row: frozenset(row.category),
    ) if asked.law.top_ups else ()  # fmt: skip
    last_of = {_last_of(asked.rows, top_up.over): top_up for top_up in top_ups}
    for row in asked.rows:
        is_chosen = row.choice_group is None or asked.chosen[row.choice_group] == row.applies.commodity
        if is_chosen and commodity in (None, row.applies.commodity):
            yield from _line(asked, row)
        if row.id in last_of:
            yield from _top_up(asked, last_of[row.id], commodity)
    for extra in asked.law.festival_extras:
        mine = asked.followed.value in extra.applies.category and asked.fits(extra)
        if mine and extra.holds_on(asked.month.first_day):
            yield _made(asked, extra, _weight(extra, asked.members), part="festival")


def _last_of(rows: Sequence[Quantity], ids: Sequence[str]) -> str:
    return [row.id for row in rows if row.id in ids][-1]


def _line(asked: _Asked, row: Quantity) -> Iterator[Line]:
    override = next(
        (
            one
            for one in asked.law.overrides
            if one.replaces == row.id and one.holds_on(asked.month.first_day)
            and (not one.category or asked.followed.value in one.category)
        ),
        None,
    )  # fmt: skip
    if override and override.value is not None:
        row = row.model_copy(update={"value": override.value, "table": None, "cap_group": None})
    quantity = _weight(row, asked.members, asked.law)
    if not quantity:
        said = row.because("nothing_more", commodity=asked.law.commodity_name(row.applies.commodity),
                           members=asked.members)  # fmt: skip
        asked.nothing_more.append(said)
        return
    line = _made(asked, row, quantity, part=row.applies.part or "")
    if override:
        facts = {"reference": override.reference, "override": override.id}
        line = replace(line, reasons=(*line.reasons, row.because("outside_override", **facts)))
    yield line


def _weight(row: Quantity | FestivalExtra, members: int, law: Jurisdiction | None = None) -> Grams:
    """Grams or millilitres of a row for a card of this size."""
    if row.unit == "kg per member per month":
        assert row.value is not None
        return grams(row.value * members)
    if isinstance(row, Quantity) and row.value is None:
        return grams(_table(row, law).at(members) or 0)
    return grams(row.value or 0)


def _table(row: Quantity, law: Jurisdiction | None) -> Table:
    if row.table:
        return row.table
    assert law is not None
    return law.cap_group(row.cap_group or "").table


def _made(asked: _Asked, row: Quantity | FestivalExtra, quantity: Grams, *, part: str) -> Line:
    commodity = row.applies.commodity
    unit = asked.law.commodity(commodity).counted_in
    said = row.because(
        _scale_of(row),
        commodity=asked.law.commodity_name(commodity),
        quantity=Measure(quantity, unit),
        each=None if row.value is None else Measure(grams(row.value), unit),
        members=asked.members,
    )
    priced = asked.priced(commodity, part)
    return Line(
        commodity,
        quantity,
        priced.price,
        None if priced.price is None else amount(quantity, priced.price),
        row.scheme,
        (said, priced.reason),
        part=part,
        unit=unit,
        section=row.section,
        allocation=getattr(row, "from_allocation", None) or row.scheme,
        choice_group=getattr(row, "choice_group", None),
        cap_group=getattr(row, "cap_group", None),
    )


def _scale_of(row: Quantity | FestivalExtra) -> str:
    if isinstance(row, FestivalExtra):
        return "festival_extra"
    if row.value is None:
        return "scale_by_cap" if row.cap_group else "scale_by_size"
    return "scale_per_member" if "member" in row.unit else "scale_per_card"


def _top_up(asked: _Asked, row: TopUp, wanted: str | None) -> Iterator[Line]:
    """What is missing to the card's total, in shares, of the alternative the card has chosen."""
    card_total = row.table.at(asked.members)
    if card_total is None:
        return
    counted = [asked.row(name) for name in row.over]
    missing = grams(card_total) - sum(_weight(one, asked.members) for one in counted)
    if missing <= 0:
        return
    instead = {one.applies.commodity: asked.chosen[one.choice_group] for one in counted if one.choice_group}
    payer = next(one for one in asked.law.categories if one.price_group == row.price_group)
    shares = sum(row.split.values(), Decimal(0))
    for share_of, share in row.split.items():
        commodity = instead.get(share_of, share_of)
        if wanted not in (None, commodity):
            continue
        quantity = grams(Decimal(missing) * share / shares / 1000)
        payer_is = payer.value, payer.price_group
        priced = price_of(asked.law, payer_is, frozenset([payer.value]), commodity, "", False, asked.month)
        said = row.because(
            "top_up", commodity=asked.law.commodity_name(commodity), quantity=Measure(quantity, "kg"),
            card_total=Measure(grams(card_total), "kg"), members=asked.members, allocation=row.from_allocation,
        )  # fmt: skip
        cost = None if priced.price is None else amount(quantity, priced.price)
        yield Line(
            commodity, quantity, priced.price, cost, row.scheme, (said, priced.reason), part=row.part,
            section=row.section, allocation=row.from_allocation,
        )  # fmt: skip
