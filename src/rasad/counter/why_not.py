"""What the books say of sales that did not post: each stands in them already, or is refused for an exact reason.

One look serves any number of sales, in two trips: after a line broke, all devices ask again at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
_KNOWN = """
SELECT sale.id::text, sale.digest, sale.at, back.sale_id IS NOT NULL
FROM counter_sale AS sale LEFT JOIN counter_reversal AS back ON back.sale_id = sale.id
WHERE sale.id = ANY(%s::uuid[])"""
_SESSIONS = """
SELECT held.id, held.shop_number, held.device_id::text, held.ended_at IS NOT NULL OR held.expires_at <= %(now)s,
       device.revoked_at IS NOT NULL, device.name, device.revoke_reason
FROM shops_devicesession AS held JOIN shops_device AS device ON device.id = held.device_id
WHERE held.id = ANY(%(sessions)s)"""


@dataclass(frozen=True)
class Books:
    """What was read for some sales: those that are known, sessions, accounts by id, and what cards share."""

    known: dict[str, tuple[bytes, datetime, bool]]
    sessions: dict[str, tuple[Any, ...]]
    accounts: dict[int, Balance]
    sharing: dict[tuple[str, str], list[Balance]]


def look(link: Link, sales: Sequence[Asked], *, now: datetime) -> Books:
    """The books as they stand for these sales. `now`: the clock by which sessions end."""
    lines = [line.of for sale in sales for line in sale.lines]
    sessions = [sale.session for sale in sales if sale.session]
    with link.pipeline():
        known = link.execute(_KNOWN, [[sale.id for sale in sales]])
        held = link.execute(_SESSIONS, {"sessions": sessions, "now": now})
        accounts = reading.accounts(link, [key for one in lines for key in (one.entitlement, one.stock)])
        sharing = reading.sharing(link, [one.entitlement for one in lines])
        return Books(
            {id: (bytes(digest), at, is_back) for id, digest, at, is_back in known},
            {id: tuple(said) for id, *said in held},
            {one.id: one for one in accounts},
            sharing,
        )


def answer(books: Books, sale: Asked) -> Receipt | Refused | None:
    """The receipt of a sale that stands in the books, or why it cannot. None: nothing stands against it.

    Refused: sale_id_reused, sale_was_taken_back, session_over, device_revoked, pass_of_other_shop, more_than_left,
    choice_made, choice_not_both, cap_over, stock_short.
    """
    if sale.id in books.known:
        return _replay(books, sale)
    return (
        _session(books, sale)
        or _more_than_left(books, sale)
        or _choice(books, sale)
        or _cap(books, sale)
        or _stock(books, sale)
    )


def _replay(books: Books, sale: Asked) -> Receipt | Refused:
    digest, at, is_back = books.known[sale.id]
    if digest != sale.digest:
        return Refused("sale_id_reused", sale=sale.id)
    if is_back:
        # Its receipt would have the grain handed over once more.
        return Refused("sale_was_taken_back")
    left = [books.accounts[line.of.entitlement].left for line in sale.lines]
    return receipt_of(sale, left=left, at=at, is_replay=True)


def _session(books: Books, sale: Asked) -> Refused | None:
    if not sale.session:
        return None
    if sale.session not in books.sessions:
        return Refused("session_over")
    shop, device, is_over, is_revoked, called, reason = books.sessions[sale.session]
    if is_revoked:
        return Refused("device_revoked", device=called, reason=reason)
    if is_over:
        return Refused("session_over")
    if (shop, device) != (sale.allowed.shop, sale.allowed.device):
        return Refused("pass_of_other_shop", shop=sale.allowed.shop)
    return None


def _entitlements(books: Books, sale: Asked) -> list[tuple[Balance, int]]:
    """The accounts of a sale's lines, each with what is asked of it."""
    found = ((books.accounts.get(line.of.entitlement), line.quantity) for line in sale.lines)
    return [(account, quantity) for account, quantity in found if account is not None]


def _more_than_left(books: Books, sale: Asked) -> Refused | None:
    for account, quantity in _entitlements(books, sale):
        if quantity > account.left:
            return Refused("more_than_left", asked=_measure(quantity, account), **_facts(account))
    return None


def _choice(books: Books, sale: Asked) -> Refused | None:
    alternatives = [account for account, _ in _entitlements(books, sale) if account.choice_group]
    for account in alternatives:
        for other in books.sharing[account.holder, account.month]:
            if other.choice_group == account.choice_group and other.commodity != account.commodity:
                left = _measure(max(other.left, 0), other)
                return Refused(
                    "choice_made", chosen=name(other.commodity), left=left, commodity=name(account.commodity)
                )
    for group in {one.choice_group for one in alternatives}:
        names = sorted({one.commodity for one in alternatives if one.choice_group == group})
        if len(names) > 1:
            return Refused("choice_not_both", commodities=[name(one) for one in names])
    return None


def _cap(books: Books, sale: Asked) -> Refused | None:
    asked = _entitlements(books, sale)
    for account, _ in asked:
        shared = sum(quantity for one, quantity in asked if one.cap_group == account.cap_group)
        for cap in books.sharing.get((account.holder, account.month), ()):
            if cap.kind == "cap" and cap.commodity == account.cap_group and shared > cap.left:
                facts = {"goods": name(account.cap_group), "left": _measure(max(cap.left, 0), account)}
                return Refused("cap_over", asked=_measure(shared, account), **facts)
    return None


def _stock(books: Books, sale: Asked) -> Refused | None:
    wanted: dict[int, int] = {}
    for line in sale.lines:
        wanted[line.of.stock] = wanted.get(line.of.stock, 0) + line.quantity
    for key, quantity in wanted.items():
        account = books.accounts.get(key)
        if account is not None and quantity > account.left:
            asked = _measure(quantity, account)
            return Refused("stock_short", shop=account.holder, asked=asked, **_facts(account))
    return None


def _facts(account: Balance) -> dict[str, object]:
    return {"commodity": name(account.commodity), "left": _measure(max(account.left, 0), account)}


def _measure(quantity: int, account: Balance) -> Measure:
    return Measure(quantity, "litre" if account.unit == "ml" else "kg")
