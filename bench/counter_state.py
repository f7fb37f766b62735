"""The state that sales are measured on: cards, shops with stock, devices at work; and signed requests to sell."""

import os
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from rasad.counter.passes import Pass, PassLine, sign
from rasad.values import signed

PLENTY = 10**12
WHEAT, RICE = 20_000, 10_000
PRICES = {"wheat": 200, "rice": 300}
MONTH = "2026-11"
ACCOUNTS = (
    "ledger_account (id, kind, holder, month, commodity, part, unit, granted, received, given, held, cap_group,"
    " choice_group)"
)


class State:
    """Ids of the accounts are laid out in order, so that a request can be made without asking the database."""

    def __init__(self, cards: int, shops: int, *, months: Sequence[str] = (MONTH,)) -> None:
        self.cards, self.shops, self.months = cards, shops, months
        self.devices = [str(UUID(int=10**6 + shop)) for shop in range(shops)]
        self.sessions = [f"bench-{shop}" for shop in range(shops)]
        self.first_stock = 2 * cards * len(months) + 1
        self.first_cash = self.first_stock + 2 * shops

    def shop(self, place: int) -> str:
        """The number of a shop."""
        return f"1069{place:08d}"

    def load(self, link: psycopg.Connection[Any], *, stock: int = PLENTY) -> None:
        """Fill empty tables."""
        with link.cursor() as cursor:
            till = [
                (self.shop(shop), [(self.devices[shop], self.sessions[shop])]) for shop in range(self.shops)
            ]
            load_shops(cursor, till)
            _copy(cursor, ACCOUNTS, ((number, *row) for number, row in enumerate(self._accounts(stock), 1)))
            last = self.first_cash + self.shops - 1
            cursor.execute("SELECT setval(pg_get_serial_sequence('ledger_account', 'id'), %s)", [last])

    def _accounts(self, stock: int) -> Iterator[tuple[object, ...]]:
        """What each account is, in the order of the ids: cards by month, stocks, cash."""
        nothing = (0, 0, 0, "", "")
        for month in self.months:
            for card in range(self.cards):
                yield "entitlement", f"{card:012d}", month, "wheat", "", "g", WHEAT, *nothing
                yield "entitlement", f"{card:012d}", month, "rice", "", "g", RICE, *nothing
        for shop in range(self.shops):
            for commodity in ("wheat", "rice"):
                yield "stock", self.shop(shop), "", commodity, "NFSA", "g", None, stock, 0, 0, "", ""
        for shop in range(self.shops):
            yield "cash", self.shop(shop), "", "cash", "", "paise", None, *nothing

    def pass_of(self, card: int, shop: int, *, month: int = 0) -> Pass:
        """What a card may buy at a shop in one of the months."""
        first = 2 * (month * self.cards + card) + 1
        stock = self.first_stock + 2 * shop
        lines = tuple(
            PassLine(f"{commodity}/NFSA", first + place, stock + place, PRICES[commodity], "g", WHEAT)
            for place, commodity in enumerate(("wheat", "rice"))
        )
        return Pass(
            str(uuid7()), self.shop(shop), self.devices[shop], "home", f"{card:012d}", self.months[month], "PHH", 4,
            "IN-HR", self.shop(shop), "biometric", 1, "", False, "bench", self.first_cash + shop,
            int(time.time()) + 3600, lines,
        )  # fmt: skip

    def requests(
        self, count: int, *, secret: bytes, chance: random.Random, host: str, month: int = 0
    ) -> Iterator[bytes]:
        """Signed HTTP requests, each a sale of two lines to a card drawn by chance at a shop drawn by chance."""
        keys = [signed.session_key(secret, one) for one in self.sessions]
        for number in range(count):
            shop = chance.randrange(self.shops)
            allowed = self.pass_of(chance.randrange(self.cards), shop, month=month)
            body = (
                f'{{"id":"{allowed.id}","pass":"{sign(allowed)}","lines":[{{"line":"wheat/NFSA","quantity":100}},'
                f'{{"line":"rice/NFSA","quantity":50}}]}}'
            ).encode()
            nonce = f"{number:08d}-{chance.getrandbits(32):08x}"
            yield signed_request(body, session=self.sessions[shop], key=keys[shop], nonce=nonce, host=host)


def load_shops(cursor: psycopg.Cursor[Any], shops: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
    """Fill the empty tables of shops: numbers, each with the ids of its devices and of their sessions."""
    now = datetime.now(UTC)
    till = [(number, *one) for number, devices in shops for one in devices]
    cursor.execute(
        "INSERT INTO registry_place (kind, code, name, name_hi) VALUES ('village', '1', 'Dera', '') RETURNING id"
    )
    place = cursor.fetchone()
    assert place
    _copy(
        cursor,
        "shops_shop (number, name, name_hi, place_id, district_code, address, capacity_families, dealer_name,"
        " dealer_mobile, open_during)",
        (
            (number, f"Shop {count}", "", place[0], "69", "", 500, "", "", "[2020-01-01,)")
            for count, (number, _) in enumerate(shops)
        ),
    )
    cursor.execute("SELECT number, id FROM shops_shop")
    keys = dict(cursor.fetchall())
    _copy(
        cursor,
        "shops_device (id, shop_id, name, public_key, enrolled_at, enrolled_by, revoked_by, revoke_reason)",
        ((device, keys[number], "e-PoS", os.urandom(32), now, "bench", "", "") for number, device, _ in till),
    )
    _copy(
        cursor,
        "shops_devicesession (id, device_id, shop_number, nonce, opened_at, expires_at, app_version)",
        (
            (session, device, number, f"n-{session}", now, now + timedelta(hours=12), "1")
            for number, device, session in till
        ),
    )


def _copy(cursor: psycopg.Cursor[Any], into: str, rows: Iterable[tuple[object, ...]]) -> None:
    with cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def signed_request(body: bytes, *, session: str, key: bytes, nonce: str, host: str) -> bytes:
    """A sale as a device sends it, now: the whole HTTP request."""
    stamp = str(int(time.time() * 1000))
    given = signed.signature(
        key, method="POST", path="/api/counter/sales", time=stamp, nonce=nonce, body=body
    )
    return (
        f"POST /api/counter/sales HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"X-Rasad-Session: {session}\r\nX-Rasad-Time: {stamp}\r\nX-Rasad-Nonce: {nonce}\r\n"
        f"X-Rasad-Signature: {given}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def uuid7() -> UUID:
    """An id whose first part is the time, as devices make them: rows of one hour lie side by side."""
    stamp = int(time.time() * 1000)
    value = (stamp & ((1 << 48) - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (7 << 76)
    return UUID(int=value & ~(0x3 << 62) | (0x2 << 62))
