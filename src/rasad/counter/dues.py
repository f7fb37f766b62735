"""What is due to a card or token in a month, as accounts of the ledger and as lines to be sold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from rasad.counter.arrears import named
from rasad.counter.passes import PassLine
from rasad.ledger import actions as ledger
from rasad.ledger import grants
from rasad.ledger.models import Account
from rasad.policy.entitlements import Line, choices, entitlement
from rasad.policy.rows import Text
from rasad.values.month import Month

UNITS = {"kg": Account.Unit.GRAMS, "litre": Account.Unit.MILLILITRES}


@dataclass(frozen=True)
class Offer:
    """One line at the counter: grams or ml, paise a kg or litre. `left`: on the card; `in_stock`: in the shop."""

    key: str
    commodity: str
    name: Text
    allocation: str
    unit: str
    price: int
    full: int
    left: int
    in_stock: int
    most: int
    entitlement: int
    stock: int
    choice_group: str = ""
    is_barred: bool = False  # the other alternative was taken this month

    def as_line(self) -> PassLine:
        """The line as the pass carries it."""
        return PassLine(self.key, self.entitlement, self.stock, self.price, self.unit, self.most)


def lines_of(category: str, *, members: int, month: Month, state: str) -> list[Line]:
    """Every line a card may take from in a month, of each choice every alternative."""
    found = {
        (line.commodity, line.part): line
        for line in entitlement(category, members=members, month=month, state=state).lines
    }
    for group in choices(category, members=members, month=month, state=state):
        for chosen in group:
            due = entitlement(category, members=members, month=month, state=state, choice=chosen)
            found |= {(line.commodity, line.part): line for line in due.lines}
    return list(found.values())


def as_dues(lines: Iterable[Line]) -> list[grants.Due]:
    """Lines of policy as the ledger grants them."""
    return [
        grants.Due(
            commodity=line.commodity, part=line.part, unit=UNITS[line.unit], quantity=line.quantity,
            cap_group=line.cap_group or "", choice_group=line.choice_group or "",
            rules=" ".join(reason.row for reason in line.reasons),
        )
        for line in lines
    ]  # fmt: skip


def granted(
    holder: str, *, lines: Iterable[Line], category: str, members: int, month: Month, at: datetime
) -> dict[tuple[str, str], Account]:
    """The accounts of a holder's month, brought to what these lines give. `holder`: a card's or token's number."""
    return grants.grant(
        holder, month=str(month), dues=as_dues(lines), category=category, members=members, at=at
    )


def offers(
    shop: str, *, lines: Iterable[Line], accounts: Mapping[tuple[str, str], Account]
) -> tuple[Offer, ...]:
    """What may be sold at a shop now; a line whose price no order gives is not among them."""
    told = [line for line in lines if line.price is not None]
    stocks = _stocks(shop, told)
    taken = {one.choice_group: one.commodity for one in accounts.values() if one.chosen}
    return tuple(_offer(line, accounts, stocks, taken) for line in told)


def _stocks(shop: str, lines: Iterable[Line]) -> dict[tuple[str, str], Account]:
    wanted = {(line.commodity, line.allocation): UNITS[line.unit] for line in lines}
    held = Account.objects.filter(kind=Account.Kind.STOCK, holder=shop)
    known = {(one.commodity, one.part): one for one in held}
    for key in wanted.keys() - known.keys():
        known[key] = ledger.stock(shop, *key, unit=wanted[key])
    return known


def _offer(
    line: Line,
    accounts: Mapping[tuple[str, str], Account],
    stocks: Mapping[tuple[str, str], Account],
    taken: Mapping[str, str],
) -> Offer:
    account, stock = accounts[line.commodity, line.part], stocks[line.commodity, line.allocation]
    left = max(account.left, 0)
    if line.cap_group:
        left = min(left, max(accounts[line.cap_group, ""].left, 0))
    other = taken.get(line.choice_group or "", line.commodity) != line.commodity
    return Offer(
        key=line.name, commodity=line.commodity, name=named(line.commodity, line.part), allocation=line.allocation,
        unit=account.unit, price=line.price or 0, full=line.quantity, left=0 if other else left,
        in_stock=stock.left, most=line.quantity, entitlement=account.pk, stock=stock.pk,
        choice_group=line.choice_group or "", is_barred=other,
    )  # fmt: skip
