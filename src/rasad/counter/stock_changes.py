"""A shop's stock changed by hand: a dealer proposes with a reason, an officer of the area confirms or refuses."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from rasad import wiring
from rasad.accounts import access
from rasad.accounts.models import User
from rasad.counter.dues import UNITS
from rasad.counter.models import StockChange
from rasad.counter.stock import MOST, allocations
from rasad.journal import actions as journal
from rasad.ledger import actions as ledger
from rasad.ledger.actions import Move
from rasad.ledger.models import Transfer
from rasad.policy.jurisdiction import jurisdiction
from rasad.shops.models import Shop
from rasad.values.refused import Refused

Outcome = StockChange.Outcome


def propose(
    *,
    id: UUID,
    shop: Shop,
    commodity: str,
    allocation: str,
    quantity: int,
    reason: str,
    by: User,
    at: datetime,
) -> StockChange:
    """Ask for a change of stock, in grams or ml, below zero for what is missing; nothing moves yet.

    The same id again is the same proposal, with other contents it is refused. Refused: not_for_your_role,
    commodity_unknown, allocation_unknown, stock_change_empty, document_reused.
    """
    access.require(by, "sell")
    reason = reason.strip()
    if commodity not in jurisdiction(wiring.state_code()).commodity_of:
        raise Refused("commodity_unknown", given=commodity)
    if allocation not in allocations():
        raise Refused("allocation_unknown", given=allocation, known=sorted(allocations()))
    if not reason or not 0 < abs(quantity) <= MOST:
        raise Refused("stock_change_empty")
    with transaction.atomic():
        given = {"shop": shop, "commodity": commodity, "allocation": allocation, "quantity": quantity}
        said = {"reason": reason[:250], "proposed_by": by.get_username(), "proposed_at": at}
        change, is_new = StockChange.objects.get_or_create(id=id, defaults=given | said)
        if is_new:
            _write("stock.change_proposed", change, by=by, at=at, reason=reason)
        elif any(
            getattr(change, name) != value for name, value in (given | {"reason": reason[:250]}).items()
        ):
            raise Refused("document_reused", document=str(id))
    return change


def decide(*, change: StockChange, is_confirmed: bool, by: User, at: datetime) -> StockChange:
    """Confirm or refuse a change; confirmed, the stock moves at once.

    Refused: not_for_your_role, stock_change_own, stock_change_decided, account_short.
    """
    access.require(by, "confirm_stock")
    if change.proposed_by == by.get_username():
        raise Refused("stock_change_own")
    outcome = Outcome.CONFIRMED if is_confirmed else Outcome.REFUSED
    with transaction.atomic():
        decided = StockChange.objects.filter(pk=change.pk, outcome=Outcome.WAITING).update(
            outcome=outcome, decided_by=by.get_username(), decided_at=at
        )
        if decided != 1:
            raise Refused("stock_change_decided")
        change.refresh_from_db()
        if is_confirmed:
            _move(change, at=at)
        action = "stock.change_confirmed" if is_confirmed else "stock.change_refused"
        _write(action, change, by=by, at=at, reason=change.reason)
    return change


def _move(change: StockChange, *, at: datetime) -> None:
    unit = UNITS[jurisdiction(wiring.state_code()).commodity(change.commodity).counted_in]
    stock = ledger.stock(change.shop.number, change.commodity, change.allocation, unit=unit)
    hand = ledger.outside("by_hand")
    ends = (hand, stock) if change.quantity > 0 else (stock, hand)
    ledger.move(
        Transfer.Kind.CORRECTION, document=change.pk, moves=[Move(*ends, abs(change.quantity))], at=at
    )


def _write(action: str, change: StockChange, *, by: User, at: datetime, reason: str) -> None:
    facts: dict[str, object] = {
        "change": str(change.pk), "commodity": change.commodity, "allocation": change.allocation,
        "quantity": change.quantity,
    }  # fmt: skip
    journal.write(action, of_kind="shop", of_key=change.shop.number, by=by, at=at, reason=reason, facts=facts)
