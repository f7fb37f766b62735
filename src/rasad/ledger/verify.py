"""Whether the books are what their rows say: every balance again, by SQL that shares nothing with the postings."""

from dataclasses import dataclass
from pathlib import Path

from django.db import connection

_VERIFY = Path(__file__).with_name("verify.sql").read_text()
SENTENCES = {
    "not_what_moved": "the counters are not what moved",
    "not_what_was_granted": "the limit is not what was granted",
    "more_than_granted": "more was taken than was granted",
    "overdrawn": "more went out than came in",
    "both_alternatives": "both alternatives of a choice were taken",
    "lifted_within_the_gap": "two lifts outside the State within the days between",
    "not_as_it_ended": "a reservation moved otherwise than it ended",
    "wrong_ends": "something moved between accounts that it never moves between",
    "stray": "rows name an account that is not there",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with one account."""

    code: str
    account: int | None
    said: str
    facts: str


@dataclass(frozen=True)
class Books:
    """What was looked at, in rows, and what was found; grams, ml and paise as the rows have them."""

    accounts: int
    transfers: int
    findings: tuple[Finding, ...]


def verify() -> Books:
    """Recompute every balance; one pass over each table, in one snapshot."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM ledger_account), (SELECT count(*) FROM ledger_transfer)")
        accounts, transfers = cursor.fetchone()
        cursor.execute(_VERIFY)
        return Books(accounts, transfers, tuple(Finding(*row) for row in cursor.fetchall()))
