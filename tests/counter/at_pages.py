"""A browser at the counter, without a browser: what a page says, and what the reader gives."""

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rasad.connectors.aadhaar.twins import options
from tests.counter import cast


def words(page: Any) -> str:
    """What a page says, without its markup."""
    main = page.content.decode().split("<main", 1)[1].split('<p class="updated">')[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def shown(counter: Client, number: str = cast.CARD) -> tuple[Any, str]:
    """The page of a visit that was opened, and the visit's address."""
    page = counter.post("/counter", {"number": number}, follow=True)
    return page, page.redirect_chain[-1][0]


def passed(counter: Client, number: str = cast.CARD) -> str:
    """A visit whose family goes on without authentication."""
    _, visit = shown(counter, number)
    counter.post(f"{visit}/finger/skip")
    counter.post(f"{visit}/without", {"why": "mobile_not_carried"})
    return visit


def sold(counter: Client, number: str = cast.CARD, **typed: str) -> str:
    """The address of the receipt of a sale."""
    page = counter.post(f"{passed(counter, number)}/quantities", {**typed, "sell": "1"})
    return str(page.url)


def pid_data(
    world: cast.World, uid: str = cast.ASHA, finger: str = "LEFT_INDEX", is_good: bool = True
) -> str:
    """What the reader gives the browser for a finger."""
    world.aadhaar.reader.place(uid, finger, is_good)
    return world.aadhaar.reader.capture(options()).decode()


def guest(counter: Client, **typed: str) -> tuple[Any, str]:
    """The page of a visitor's visit that was opened under IMPDS, and the visit's address."""
    page = counter.post("/counter/impds/billing/bill-generation", typed, follow=True)
    address = page.redirect_chain[-1][0] if page.redirect_chain else ""
    return page, address.removesuffix("/consent")


def agreed(counter: Client, **typed: str) -> str:
    """A visitor's visit with consent."""
    _, visit = guest(counter, **typed)
    counter.post(f"{visit}/consent", {"given": "yes", "version": "2026-11"})
    return visit


def touched(
    counter: Client, world: cast.World, visit: str, finger: str, *, uid: str, is_good: bool = True
) -> Any:
    """A visitor's finger, and the page that follows."""
    form = {"member": "1", "finger": finger, "captured": pid_data(world, uid, finger, is_good)}
    return counter.post(f"{visit}/finger", form, follow=True)


def queries(counter: Client, path: str) -> int:
    """How often a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        counter.get(path)
    return len(asked)
