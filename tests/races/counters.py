"""Sales made ready for races, and the two roads by which they are posted: groups in lanes, one by one by Django."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID, uuid4

from rasad.counter import selling
from rasad.counter.asking import Asked, sale_of
from rasad.counter.lane import Lanes
from rasad.counter.models import Sale
from rasad.counter.passes import Pass, PassLine, sign
from rasad.counter.receipts import Receipt
from rasad.journal.models import Seal
from rasad.ledger import actions as ledger
from rasad.ledger import grants
from rasad.ledger.actions import Move
from rasad.ledger.grants import Due
from rasad.ledger.models import Account, Transfer
from tests.cast import NOON
from tests.races.test_imports_at_once import at_once

MONTH = "2026-11"
# Wheat or atta, not both; two oils with one limit.
DUES = (
    Due("rice", "", "g", 5_000),
    Due("wheat", "", "g", 10_000, choice_group="cereal"),
    Due("atta", "", "g", 9_500, choice_group="cereal"),
    Due("mustard_oil", "", "ml", 2_000, cap_group="oil"),
    Due("soya_oil", "", "ml", 2_000, cap_group="oil"),
)
PRICE = 1_000


def granted(card: str = "0699", *, month: str = MONTH) -> dict[tuple[str, str], Account]:
    """What a card may take in a month."""
    return grants.grant(card, month=month, dues=DUES, category="PHH", members=4, at=NOON)


def delivered(shop: str, **grams: int) -> None:
    """So much reaches a shop."""
    supply = ledger.outside("supply")
    moves = [Move(supply, ledger.stock(shop, one, "NFSA"), quantity) for one, quantity in grams.items()]
    ledger.move(Transfer.Kind.RECEIPT, document=uuid4(), moves=moves, at=NOON)


def asked(
    card: str = "0699", shop: str = "1069", *, id: UUID | None = None, kind: str = "home", **grams: int
) -> Asked:
    """A sale that is ready to be posted."""
    accounts = granted(card)
    lines = tuple(
        PassLine(one, accounts[one, ""].pk, ledger.stock(shop, one, "NFSA").pk, PRICE, "g", 10_000)
        for one in grams
    )
    allowed = Pass(
        str(id or uuid4()), shop, "", kind, card, MONTH, "PHH", 4, "IN-HR", shop, "biometric", 1, "", False,
        "races", ledger.cash(shop).pk, int(datetime.now(UTC).timestamp()) + 600, lines,
    )  # fmt: skip
    return sale_of(allowed.id, sign(allowed), list(grams.items()), now=datetime.now(UTC).timestamp())


def by_lanes(*sales: Asked) -> list[str]:
    """What each came to, through two lanes."""

    async def posted():
        lanes = Lanes(2)
        outcomes = await asyncio.gather(*[lanes.submit(one) for one in sales])
        await lanes.close()
        return outcomes

    # In a thread of its own: a browser's test before this one may have left a loop running here.
    (outcomes,) = at_once(lambda: asyncio.run(posted()))
    return [said(one) for one in outcomes]


def by_django(*sales: Asked, at: datetime = NOON) -> list[str]:
    """What each came to, each from a thread and connection of its own."""
    return [said(one) for one in at_once(*[lambda sale=sale: selling.post(sale, at=at) for sale in sales])]


def by_both(*sales: Asked) -> list[str]:
    """Every second one through the lanes, the others by Django, in the same moment."""
    first, second = at_once(lambda: by_lanes(*sales[::2]), lambda: by_django(*sales[1::2]))
    outcomes = [""] * len(sales)
    outcomes[::2], outcomes[1::2] = first, second
    return outcomes


def said(outcome: object) -> str:
    """sold, replay, or the code of the refusal."""
    if isinstance(outcome, Receipt):
        return "replay" if outcome.is_replay else "sold"
    return getattr(outcome, "code", str(outcome))


def left(holder: str, commodity: str, kind: str = "entitlement") -> int:
    """What may still be taken of a month, or is in a shop."""
    return Account.objects.get(holder=holder, commodity=commodity, kind=kind).left


def check_books() -> None:
    """Sold = lifted = out of stock, paid = amounts, a seal over each sale."""
    accounts = list(Account.objects.all())

    def total(kind: str) -> int:
        return sum(one.received - one.given for one in accounts if one.kind == kind)

    moved = list(Transfer.objects.all())
    sold = sum(one.quantity for one in moved if one.kind == "sale")
    back = sum(one.quantity for one in moved if one.kind == "reversal" and one.source in of(accounts))
    assert total("entitlement") == sold - back
    assert total("stock") == sum(one.quantity for one in moved if one.kind == "receipt") - sold + back
    cash = {one.pk for one in accounts if one.kind == "cash"}
    paid = sum(one.quantity * ((one.target in cash) - (one.source in cash)) for one in moved)
    assert paid == sum(one.amount for one in Sale.objects.filter(reversal=None))
    assert sum(Seal.objects.values_list("entries", flat=True)) == Sale.objects.count()


def of(accounts) -> set[int]:
    """The accounts of cards."""
    return {one.pk for one in accounts if one.kind == "entitlement"}
