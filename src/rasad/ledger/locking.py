"""One order in which rows are locked, the sale's own: what cards may take, stocks, then shared limits."""

from collections.abc import Collection

from django.db import connection

# A sale takes the rows of `sell.sql` in this order; the trigger that mirrors into a limit runs at its end.
_LOCK = """
SELECT account.id FROM ledger_account AS account
WHERE account.id = ANY(%(keys)s) OR account.kind = 'cap' AND (account.holder, account.month, account.commodity) IN (
    SELECT holder, month, cap_group FROM ledger_account WHERE id = ANY(%(keys)s) AND cap_group <> ''
)
ORDER BY array_position(ARRAY['entitlement', 'stock', 'cap'], account.kind::text), account.id
FOR NO KEY UPDATE"""


def lock(keys: Collection[int]) -> None:
    """Hold these accounts, and the limits they share, until the transaction ends: nobody waits in a circle."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"keys": sorted(keys)})
