"""A shop's stock: what is there, and grain that reaches it against a challan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from rasad import wiring
from rasad.accounts.models import User
from rasad.counter.dues import UNITS
from rasad.counter.goods import name
from rasad.counter.visitors import ALLOCATION as VISITORS
from rasad.journal import actions as journal
from rasad.ledger import actions as ledger
from rasad.ledger.actions import Move
from rasad.ledger.models import Account, Transfer
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.rows import Text
from rasad.shops.models import Shop
from rasad.values.refused import Refused

# Names the document of a receipt after shop, challan and line: one challan is received once, whoever types it again.
RECEIPTS = UUID("0a7f4f6e-6f3c-4b0e-9a39-5d1f3a6b7c11")
# A thousand tonnes in one line of a challan is a slip of the hand.
MOST = 1_000_000_000


@dataclass(frozen=True)
class Held:
    """What a shop holds of one commodity of one allocation, in grams or ml; `received` and `given` since ever."""

    commodity: str
    name: Text
    allocation: str
    unit: str
    received: int
    given: int
    left: int


def balances(shop: str) -> Sequence[Held]:
    """What a shop holds, by commodity and allocation; `shop` is its number."""
    rows = Account.objects.filter(kind=Account.Kind.STOCK, holder=shop).order_by("commodity", "part")
    return [
        Held(
            commodity=one.commodity, name=name(one.commodity), allocation=one.part, unit=one.unit,
            received=one.received, given=one.given, left=one.left,
        )
        for one in rows
    ]  # fmt: skip


@transaction.atomic
def record_receipt(
    *, shop: Shop, challan: str, commodity: str, allocation: str, quantity: int, by: User | str, at: datetime
) -> bool:
    """Take grams or ml of a challan's line into a shop's stock; False when this very line was taken in before.

    Refused: challan_needed, commodity_unknown, allocation_unknown, quantity_beyond, document_reused (the challan's
    line with another quantity).
    """
    challan, allocation = " ".join(challan.split()).upper(), allocation.strip()
    _check(challan, commodity, allocation, quantity)
    document = uuid5(RECEIPTS, "\n".join((shop.number, challan, commodity, allocation)))
    unit = UNITS[jurisdiction(wiring.state_code()).commodity(commodity).counted_in]
    move = Move(
        ledger.outside("supply"), ledger.stock(shop.number, commodity, allocation, unit=unit), quantity
    )
    if not ledger.move(Transfer.Kind.RECEIPT, document=document, moves=[move], at=at):
        return False
    facts: dict[str, object] = {
        "challan": challan, "commodity": commodity, "allocation": allocation, "quantity": quantity, "unit": unit,
        "document": str(document),
    }  # fmt: skip
    journal.write("stock.received", of_kind="shop", of_key=shop.number, by=by, at=at, facts=facts)
    return True


def allocations() -> frozenset[str]:
    """Whose grain a shop of this State may hold: each allocation that some line of a card comes from."""
    law = jurisdiction(wiring.state_code())
    own = {row.scheme for row in law.quantities} | {row.scheme for row in law.festival_extras}
    return frozenset({*own, *(row.from_allocation for row in law.top_ups), VISITORS})


def _check(challan: str, commodity: str, allocation: str, quantity: int) -> None:
    if not challan:
        raise Refused("challan_needed")
    if commodity not in jurisdiction(wiring.state_code()).commodity_of:
        raise Refused("commodity_unknown", given=commodity)
    if allocation not in allocations():
        raise Refused("allocation_unknown", given=allocation, known=sorted(allocations()))
    if not 0 < quantity <= MOST:
        raise Refused("quantity_beyond", most=MOST)
