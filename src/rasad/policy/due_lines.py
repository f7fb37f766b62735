"""The lines of a card: each row weighed for its members and priced, and what tops up a small card."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from rasad.policy.due import Line
from rasad.policy.extras import FestivalExtra
from rasad.policy.jurisdiction import Jurisdiction
from rasad.policy.prices import price_of
from rasad.policy.question import Question
from rasad.policy.scales import Quantity, TopUp
from rasad.policy.sizes import Table
from rasad.values.measure import Measure
from rasad.values.quantities import Grams, amount, grams


def lines_of(asked: Question, commodity: str | None) -> Iterator[Line]:
    """The lines of a card in the order of the pack; with `commodity` those of one commodity only."""
    last_of = {_last_of(asked.rows, top_up.over): top_up for top_up in asked.top_ups}
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


def _last_of(rows: Sequence[Quantity], ids: Sequence[str]) -> str | None:
    """The last of the rows a top-up counts; none where none of them holds any more, and then nothing is topped up."""
    return next((row.id for row in reversed(rows) if row.id in ids), None)


def _line(asked: Question, row: Quantity) -> Iterator[Line]:
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


def _made(asked: Question, row: Quantity | FestivalExtra, quantity: Grams, *, part: str) -> Line:
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


def _top_up(asked: Question, row: TopUp, wanted: str | None) -> Iterator[Line]:
    """What is missing to the card's total, in shares, of the alternative the card has chosen."""
    card_total = row.table.at(asked.members)
    if card_total is None:
        return
    counted = [asked.row(name) for name in row.over]
    missing = grams(card_total) - sum(_weight(one, asked.members) for one in counted)
    if missing <= 0:
        return
    groups = {one.applies.commodity: one.choice_group for one in counted}
    instead = {of: asked.chosen[group] for of, group in groups.items() if group}
    payer = next(one for one in asked.law.categories if one.price_group == row.price_group)
    payer_is = payer.value, payer.price_group
    for share_of, quantity in _shares(missing, row.split).items():
        commodity = instead.get(share_of, share_of)
        if wanted not in (None, commodity):
            continue
        priced = price_of(asked.law, payer_is, frozenset([payer.value]), commodity, "", False, asked.month)
        said = row.because(
            "top_up", commodity=asked.law.commodity_name(commodity), quantity=Measure(quantity, "kg"),
            card_total=Measure(grams(card_total), "kg"), members=asked.members, allocation=row.from_allocation,
        )  # fmt: skip
        cost = None if priced.price is None else amount(quantity, priced.price)
        yield Line(
            commodity, quantity, priced.price, cost, row.scheme, (said, priced.reason), part=row.part,
            section=row.section, allocation=row.from_allocation, choice_group=groups.get(share_of),
        )  # fmt: skip


def _shares(missing: int, split: Mapping[str, Decimal]) -> dict[str, Grams]:
    """What is missing in whole grams by share; a gram that cannot be split goes to the last."""
    whole, left = sum(split.values(), Decimal(0)), missing
    found: dict[str, Grams] = {}
    for commodity, share in split.items():
        found[commodity] = Grams(int(missing * share / whole))
        left -= found[commodity]
    last = next(reversed(found))
    found[last] = Grams(found[last] + left)
    return found
