"""The books as they stand in the end, read with plain SQL."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import psycopg

from tests.proof.history import Line


class Account(NamedTuple):
    """A row of ledger_account."""

    id: int
    kind: str
    holder: str
    month: str
    commodity: str
    granted: int | None
    received: int
    given: int
    held: int
    cap_group: str
    choice_group: str


class Moved(NamedTuple):
    """A row of ledger_transfer."""

    line: int
    kind: str
    source: int
    target: int
    quantity: int
    price: int | None
    amount: int | None


class Sale(NamedTuple):
    """A row of counter_sale."""

    id: str
    shop: str
    kind: str
    holder: str
    month: str
    category: str
    members: int
    home_state: str
    home_shop: str
    mode: str
    member: int | None
    why: str
    ekyc_asked: bool
    reference: str
    amount: int
    device: str
    at: datetime
    digest: bytes
    lane: int
    seal: int


class Held(NamedTuple):
    """A row of ledger_hold."""

    account: int
    quantity: int
    until: datetime


class Seal(NamedTuple):
    """A row of journal_seal."""

    lane: int
    number: int
    at: datetime
    entries: int
    digest: bytes
    hash: bytes


@dataclass
class Books:
    """Every row that a proof looks at; documents by their id as text."""

    accounts: dict[int, Account] = field(default_factory=dict)
    moved: dict[str, list[Moved]] = field(default_factory=dict)
    sales: dict[str, Sale] = field(default_factory=dict)
    reversals: dict[str, str] = field(default_factory=dict)
    holds: dict[str, list[Held]] = field(default_factory=dict)
    ends: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    grants: dict[int, int] = field(default_factory=dict)
    seals: list[Seal] = field(default_factory=list)
    away: dict[str, tuple[str, str, date, date]] = field(default_factory=dict)


_SALE = ", ".join({"id": "id::text", "shop": "shop_id"}.get(column, column) for column in Sale._fields)


def load(where: str) -> Books:
    """Read them."""
    books = Books()
    with psycopg.connect(where) as link:

        def rows(question: str, form: Callable[..., Any] = tuple) -> Any:
            with link.cursor("proof") as cursor:
                cursor.itersize = 20_000
                cursor.execute(question)
                for row in cursor:
                    yield form(row)

        for row in rows(f"SELECT {', '.join(Account._fields)} FROM ledger_account", Account._make):
            books.accounts[row.id] = row
        columns = ", ".join(Moved._fields)
        moved: defaultdict[str, list[Moved]] = defaultdict(list)
        for document, *row in rows(
            f"SELECT document::text, {columns} FROM ledger_transfer ORDER BY document, line"
        ):
            moved[document].append(Moved._make(row))
        books.moved = dict(moved)
        books.sales = {row.id: row for row in rows(f"SELECT {_SALE} FROM counter_sale", Sale._make)}
        books.reversals = dict(rows("SELECT sale_id::text, document::text FROM counter_reversal"))
        holds: defaultdict[str, list[Held]] = defaultdict(list)
        for document, *row in rows("SELECT document::text, account, quantity, until FROM ledger_hold"):
            holds[document].append(Held._make(row))
        books.holds = dict(holds)
        books.ends = {
            row[0]: (row[1], row[2]) for row in rows("SELECT document::text, how, at FROM ledger_holdend")
        }
        books.grants = dict(
            rows("SELECT account_id, sum(quantity)::bigint FROM ledger_grant GROUP BY account_id")
        )
        books.seals = list(
            rows(f"SELECT {', '.join(Seal._fields)} FROM journal_seal ORDER BY lane, number", Seal._make)
        )
        books.away = {
            row[0]: tuple(row[1:])
            for row in rows(
                "SELECT document::text, holder, month, lower(during), upper(during) FROM ledger_awaylift"
            )
        }
    return books


def lines_of(moved: list[Moved]) -> tuple[Line, ...]:
    """The lines of a sale as they moved; `granted` is not among what moved."""
    return tuple(
        Line(one.target, one.source, one.quantity, one.price or 0, one.amount or 0, 0)
        for one in moved
        if one.kind == "sale"
    )
