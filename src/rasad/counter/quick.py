"""The quick road of a sale: an asynchronous route in front of Django, same process, port and settings.

A signed request is checked in microseconds and waits in a lane; Django would cost a millisecond before its first
line. Everything else goes on to Django, in threads.
"""

import asyncio
import time
from collections.abc import AsyncIterable, Awaitable
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from rasad import wiring
from rasad.counter import selling
from rasad.counter.answers import accepted, refused
from rasad.counter.asking import Asked, read
from rasad.counter.lane import Lanes
from rasad.counter.models import Kind
from rasad.counter.posting import Outcome
from rasad.counter.receipts import Receipt
from rasad.counter.telling import TELLER
from rasad.values import signed
from rasad.values.refused import Refused
from rasad.web.over_rsgi import App, Headers, over_rsgi

PATH = "/api/counter/sales"
# They ask the home State, or change a token: each on its own.
RARE = frozenset({Kind.VISITOR, Kind.TOKEN})
# A sale of fifty lines is a tenth of this.
LONGEST_BODY = 64 * 1024


_HEADERS = tuple(
    name.lower()
    for name in (signed.SESSION_HEADER, signed.TIME_HEADER, signed.NONCE_HEADER, signed.SIGNATURE_HEADER)
)


class Quick:
    """An RSGI application: sales of devices here, everything else to `rest`, an ASGI application."""

    def __init__(self, rest: App, *, nonces: signed.Nonces) -> None:
        self._rest = rest
        self._nonces = nonces
        self._lanes: Lanes | None = None

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """One request."""
        if scope.proto != "http":
            protocol.close(403)
        elif scope.path == PATH and scope.method == "POST":
            # One step where the length is known, as it nearly always is.
            is_short = int(scope.headers.get("content-length", LONGEST_BODY + 1)) <= LONGEST_BODY
            reading = protocol() if is_short else _read(protocol)
            status, body = await self._sale(scope.headers, reading)
            protocol.response_bytes(status, _ANSWER, body)
        else:
            await over_rsgi(self._rest, scope, protocol)

    async def _sale(self, headers: Headers, reading: Awaitable[bytes]) -> tuple[int, bytes]:
        try:
            body = await reading
            session = self._session(headers, body)
            sale = read(body, session=session, now=time.time())
        except Refused as no:
            return refused(no, language=_language(headers))
        if self._lanes is None:
            self._lanes = Lanes(settings.COUNTER_LANES)
        if sale.allowed.kind in RARE:
            outcome = await asyncio.to_thread(_post_with_more, sale)
        else:
            outcome = await self._lanes.submit(sale)
            if isinstance(outcome, Receipt) and not outcome.is_replay:
                TELLER.later(sale.id, language=_language(headers))
        if isinstance(outcome, Receipt):
            return accepted(outcome)
        return refused(outcome, language=_language(headers))

    def _session(self, headers: Headers, body: bytes) -> str:
        session, sent, nonce, given = [headers.get(name, "") for name in _HEADERS]
        key = signed.session_key(settings.DEVICE_KEY, session)
        signed.check(
            key, session_id=session, method="POST", path=PATH, time=sent, nonce=nonce, body=body, given=given,
            now_ms=int(time.time() * 1000), nonces=self._nonces,
        )  # fmt: skip
        return session


def _post_with_more(sale: Asked) -> Outcome:
    """A sale that touches more than the books, over a connection of Django's."""
    close_old_connections()
    try:
        return selling.post(sale, at=wiring.now())
    except Refused as no:
        return no
    except (OperationalError, InterfaceError):
        # Whether it is in the books is not known: its device asks again with the same id.
        connection.close()
        return Refused("server_unreachable")
    finally:
        close_old_connections()


_ANSWER = [("content-type", "application/json"), ("cache-control", "no-store")]


async def _read(pieces: AsyncIterable[bytes]) -> bytes:
    found = b""
    async for piece in pieces:
        found += piece
        if len(found) > LONGEST_BODY:
            raise Refused("body_too_long", most=LONGEST_BODY)
    return found


def _language(headers: Headers) -> str:
    return headers.get("accept-language", "en")[:2]
