"""Accounts made at first need."""

from typing import Any

import psycopg

Link = psycopg.Connection[Any]

_OUTSIDE = """INSERT INTO ledger_account
    (kind, holder, month, commodity, part, unit, received, given, held, cap_group, choice_group)
VALUES ('outside', %s, '', '', '', 'g', 0, 0, 0, '', '') ON CONFLICT DO NOTHING"""


def outside(link: Link, name: str) -> int:
    """The account of what is outside: `families` who pay, `supply` that delivers, `other_states`."""
    link.execute(_OUTSIDE, [name])
    found = link.execute(
        "SELECT id FROM ledger_account WHERE kind = 'outside' AND holder = %s", [name]
    ).fetchone()
    if found is None:
        raise LookupError(name)
    return int(found[0])
