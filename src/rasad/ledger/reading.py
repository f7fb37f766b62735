"""Balances over a plain connection, for the road beside Django; pages read through `queries`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

Link = psycopg.Connection[Any]
_COLUMNS = """id, kind, holder, month, commodity, part, unit, cap_group, choice_group,
    coalesce(granted - received + given, received - given) - held AS left"""

_SHARING = f"""
SELECT {_COLUMNS} FROM ledger_account
WHERE (kind = 'cap' OR chosen IS NOT NULL) AND (holder, month) IN (
    SELECT holder, month FROM ledger_account WHERE id = ANY(%s) AND (cap_group <> '' OR choice_group <> '')
)"""  # noqa: S608


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


def sharing(link: Link, ids: Sequence[int]) -> dict[tuple[str, str], list[Balance]]:
    """For the cards and months of these accounts that share something: the limits, and the alternatives taken."""
    found = link.execute(_SHARING, [list(ids)])
    shared: defaultdict[tuple[str, str], list[Balance]] = defaultdict(list)
    for row in found:
        one = Balance(*row)
        shared[one.holder, one.month].append(one)
    return shared
