"""A sale as its receipt shows it, and the lines of a sale to be typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from rasad import wiring
from rasad.counter import visitors
from rasad.counter.dues import Offer
from rasad.counter.forms import Quantities
from rasad.counter.models import Kind, Reversal, Sale
from rasad.ledger import queries
from rasad.ledger.models import Account, Transfer
from rasad.policy.authentication import authentication
from rasad.policy.portability import NextLift, next_lift
from rasad.registry.families import family
from rasad.relief.models import TokenMember
from rasad.values.month import Month
from rasad.values.quantities import Grams, kilograms
from rasad.values.refused import Refused


@dataclass(frozen=True)
class SoldLine:
    """Grams or ml, paise a unit, paise; `left`: what the card still has, None where only its State knows."""

    commodity: str
    part: str
    quantity: int
    unit: str
    price: int
    amount: int
    left: int | None


@dataclass(frozen=True)
class Told:
    """A receipt: the lines, who showed that the card is theirs, what is asked of the family, when the rest is due."""

    lines: tuple[SoldLine, ...]
    member: str
    ekyc_by: date | None
    rest: NextLift | None
    reversal: Reversal | None


@dataclass(frozen=True)
class Typed:
    """A line to be typed: what is offered, what stands in the field, what is wrong with it."""

    offer: Offer
    value: str
    errors: Sequence[str]
    most: str


def told(sale: Sale) -> Told:
    """The receipt of a sale, read from the books."""
    rule = authentication(wiring.state_code()).home.ekyc_deadline
    day = timezone.localtime(sale.at).date()
    return Told(
        lines=_lines(sale),
        member=_member(sale),
        ekyc_by=rule.value if sale.ekyc_asked else None,
        rest=next_lift(wiring.state_code(), lifted=day) if sale.kind == Kind.VISITOR else None,
        reversal=Reversal.objects.filter(sale=sale).first(),
    )


def _lines(sale: Sale) -> tuple[SoldLine, ...]:
    moved = list(Transfer.objects.filter(document=sale.pk, kind=Transfer.Kind.SALE).order_by("line"))
    accounts = Account.objects.in_bulk([one.target for one in moved])
    left = _left_at_home(sale) if sale.kind == Kind.VISITOR else None
    here = queries.left_on(accounts.values())
    lines = []
    for one in moved:
        account = accounts[one.target]
        rest = here[account.pk] if left is None else left.get(account.commodity)
        lines.append(
            SoldLine(
                account.commodity,
                account.part,
                one.quantity,
                account.unit,
                one.price or 0,
                one.amount or 0,
                rest,
            )
        )
    return tuple(lines)


def _left_at_home(sale: Sale) -> dict[str, int]:
    """What the home State says is left; nothing when it does not answer: the sale stands all the same."""
    try:
        home = visitors.home_card(Month.parse(sale.month), holder=sale.holder)
    except Refused:
        return {}
    return {line.commodity: line.left for line in home.lines}


def _member(sale: Sale) -> str:
    """The name of the member who showed that the card is theirs, where the register is ours."""
    if sale.member is None or sale.kind == Kind.VISITOR:
        return ""
    if sale.kind == Kind.TOKEN:
        names = TokenMember.objects.filter(token__number=sale.holder, line=sale.member)
        return str(names.values_list("name", flat=True).first() or "")
    try:
        return family(sale.holder, on=timezone.localtime(sale.at).date()).member(sale.member).name
    except Refused:
        return ""


def lines_to_type(
    offers: Iterable[Offer], form: Quantities, *, typed: Mapping[str, str], filled: str
) -> list[tuple[str, list[Typed]]]:
    """The lines by choice group, those without one first; `filled`: a line's key or "1" for whatever there is."""
    groups: dict[str, list[Typed]] = {}
    chosen: dict[str, str] = {}
    for offer in offers:
        most = max(min(offer.left, offer.in_stock), 0)
        value = typed.get(offer.key, "")
        is_open = chosen.get(offer.choice_group, offer.commodity) == offer.commodity
        if offer.key == filled or (filled == "1" and most and is_open):
            value = _plain(most)
            if offer.choice_group:
                chosen[offer.choice_group] = offer.commodity
        elif filled and offer.choice_group and any(_is_instead(offer, other, filled) for other in offers):
            value = ""
        errors = [str(one) for one in form.errors.get(offer.key, [])] if form.is_bound else []
        groups.setdefault(offer.choice_group, []).append(Typed(offer, value, errors, _plain(most)))
    return sorted(groups.items(), key=lambda group: group[0] != "")


def _is_instead(offer: Offer, other: Offer, filled: str) -> bool:
    is_other = other.commodity != offer.commodity
    return other.key == filled and other.choice_group == offer.choice_group and is_other


def _plain(quantity: int) -> str:
    return format(kilograms(Grams(quantity)), "f")
