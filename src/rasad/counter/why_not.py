"""Why one sale could not be posted, exactly; and whether it had been posted before."""

from datetime import datetime
from typing import Any

import psycopg

from rasad.counter.asking import Asked
from rasad.counter.goods import name
from rasad.counter.receipts import Receipt, receipt_of
from rasad.ledger import reading
from rasad.ledger.reading import Balance
from rasad.values.measure import Measure
from rasad.values.refused import Refused

Link = psycopg.Connection[Any]
_KNOWN = "SELECT digest, at FROM counter_sale WHERE id = %s"
_SESSION = """
SELECT held.shop_number, held.device_id::text, held.ended_at IS NOT NULL OR held.expires_at <= %(now)s,
       device.revoked_at IS NOT NULL, device.name, device.revoke_reason
FROM shops_devicesession AS held JOIN shops_device AS device ON device.id = held.device_id
WHERE held.id = %(session)s"""


def replay(link: Link, sale: Asked) -> Receipt | None:
    """The receipt of a sale that is in the books. Raises Refused("sale_id_reused") for other contents."""
    found = link.execute(_KNOWN, [sale.id]).fetchone()
    if found is None:
        return None
    if bytes(found[0]) != sale.digest:
        raise Refused("sale_id_reused", sale=sale.id)
    left = reading.left(link, [line.of.entitlement for line in sale.lines])
    return receipt_of(
        sale, left=[left[line.of.entitlement] for line in sale.lines], at=found[1], is_replay=True
    )


def why_not(link: Link, sale: Asked, *, broken: str | None, now: datetime) -> Refused | None:
    """The refusal of a sale that did not post; `broken`: the constraint it met. None: nothing stands against it.

    Refused: session_over, device_revoked, pass_of_other_shop, more_than_left, choice_made, choice_not_both,
    cap_over, stock_short.
    """
    if refused := _session(link, sale, now=now):
        return refused
    asked = {line.of.entitlement: line.quantity for line in sale.lines}
    accounts = reading.accounts(link, list(asked))
    for account in accounts:
        if asked[account.id] > account.left:
            return Refused("more_than_left", asked=_measure(asked[account.id], account), **_facts(account))
    if broken == "ledger_one_alternative_a_month":
        return _choice(link, accounts)
    if broken == "ledger_not_over_granted":
        return _cap(link, accounts, asked)
    return _stock(link, sale)


def _choice(link: Link, accounts: list[Balance]) -> Refused | None:
    alternatives = [one for one in accounts if one.choice_group]
    for account in alternatives:
        if taken := reading.chosen(link, account):
            left = _measure(max(taken.left, 0), taken)
            return Refused(
                "choice_made", chosen=name(taken.commodity), left=left, commodity=name(account.commodity)
            )
    names = [name(one.commodity) for one in alternatives]
    return Refused("choice_not_both", commodities=names) if len(names) > 1 else None


def _cap(link: Link, accounts: list[Balance], asked: dict[int, int]) -> Refused | None:
    for account in accounts:
        shared = sum(asked[one.id] for one in accounts if one.cap_group == account.cap_group)
        left = reading.cap(link, account) if account.cap_group else None
        if left is not None and shared > left:
            facts = {"goods": name(account.cap_group), "left": _measure(max(left, 0), account)}
            return Refused("cap_over", asked=_measure(shared, account), **facts)
    return None


def _stock(link: Link, sale: Asked) -> Refused | None:
    wanted: dict[int, int] = {}
    for line in sale.lines:
        wanted[line.of.stock] = wanted.get(line.of.stock, 0) + line.quantity
    for account in reading.accounts(link, list(wanted)):
        if wanted[account.id] > account.left:
            asked = _measure(wanted[account.id], account)
            return Refused("stock_short", shop=account.holder, asked=asked, **_facts(account))
    return None


def _session(link: Link, sale: Asked, *, now: datetime) -> Refused | None:
    if not sale.session:
        return None
    found = link.execute(_SESSION, {"session": sale.session, "now": now}).fetchone()
    if found is None:
        return Refused("session_over")
    shop, device, is_over, is_revoked, called, reason = found
    if is_revoked:
        return Refused("device_revoked", device=called, reason=reason)
    if is_over:
        return Refused("session_over")
    if (shop, device) != (sale.allowed.shop, sale.allowed.device):
        return Refused("pass_of_other_shop", shop=sale.allowed.shop)
    return None


def _facts(account: Balance) -> dict[str, object]:
    return {"commodity": name(account.commodity), "left": _measure(max(account.left, 0), account)}


def _measure(quantity: int, account: Balance) -> Measure:
    return Measure(quantity, "litre" if account.unit == "ml" else "kg")
