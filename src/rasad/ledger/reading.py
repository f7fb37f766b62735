"""Balances over a plain connection, for the road beside Django; pages read through `queries`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

Link = psycopg.Connection[Any]
_COLUMNS = """id, kind, holder, month, commodity, part, unit, cap_group, choice_group,
    coalesce(granted - received + given, received - given) - held AS left"""


@dataclass(frozen=True)
class Balance:
    """One account and what is left on it: of an entitlement to take, of a stock to hand over."""

    id: int
    kind: str
    holder: str
    month: str
    commodity: str
    part: str
    unit: str
    cap_group: str
    choice_group: str
    left: int


def accounts(link: Link, ids: Sequence[int]) -> list[Balance]:
    """The accounts of these ids, in the order of the ids."""
    found = link.execute(f"SELECT {_COLUMNS} FROM ledger_account WHERE id = ANY(%s)", [list(ids)])  # noqa: S608
    known = {row[0]: Balance(*row) for row in found}
    return [known[one] for one in ids if one in known]


def left(link: Link, ids: Sequence[int]) -> dict[int, int]:
    """What is left on each account."""
    return {one.id: one.left for one in accounts(link, ids)}


def chosen(link: Link, account: Balance) -> Balance | None:
    """The alternative that was taken this month in place of an account's commodity."""
    found = link.execute(
        f"SELECT {_COLUMNS} FROM ledger_account"  # noqa: S608
        " WHERE holder = %s AND month = %s AND chosen = %s AND commodity <> %s",
        [account.holder, account.month, account.choice_group, account.commodity],
    ).fetchone()
    return Balance(*found) if found else None


def cap(link: Link, account: Balance) -> int | None:
    """What is left of the limit that an account shares."""
    found = link.execute(
        f"SELECT {_COLUMNS} FROM ledger_account"  # noqa: S608
        " WHERE kind = 'cap' AND holder = %s AND month = %s AND commodity = %s",
        [account.holder, account.month, account.cap_group],
    ).fetchone()
    return Balance(*found).left if found else None
