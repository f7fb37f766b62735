"""The quick road of a sale: an asynchronous route in front of Django, same process, port and settings.

A signed request is checked in microseconds and waits in a lane; Django would cost a millisecond before its first
line. Everything else goes on to Django, in threads.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
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

PATH = "/api/counter/sales"
# They ask the home State, or change a token: each on its own.
RARE = frozenset({Kind.VISITOR, Kind.TOKEN})
# A sale of fifty lines is a tenth of this.
LONGEST_BODY = 64 * 1024

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

_HEADERS = tuple(
    name.lower().encode()
    for name in (signed.SESSION_HEADER, signed.TIME_HEADER, signed.NONCE_HEADER, signed.SIGNATURE_HEADER)
)


class Quick:
    """An ASGI application: sales of devices here, everything else to `rest`."""

    def __init__(self, rest: App, *, nonces: signed.Nonces) -> None:
        self._rest = rest
        self._nonces = nonces
        self._lanes: Lanes | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and scope["path"] == PATH and scope["method"] == "POST":
            status, body = await self._sale(scope, receive)
            headers = [*_ANSWER, (b"content-length", str(len(body)).encode())]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})
        elif scope["type"] != "lifespan":
            await self._rest(scope, receive, send)

    async def _sale(self, scope: Scope, receive: Receive) -> tuple[int, bytes]:
        try:
            body = await _body(receive)
            session = self._session(scope, body)
            sale = read(body, session=session, now=time.time())
        except Refused as no:
            return refused(no, language=_language(scope))
        if self._lanes is None:
            self._lanes = Lanes(settings.COUNTER_LANES)
        if sale.allowed.kind in RARE:
            outcome = await asyncio.to_thread(_post_with_more, sale)
        else:
            outcome = await self._lanes.submit(sale)
            if isinstance(outcome, Receipt) and not outcome.is_replay:
                TELLER.later(sale.id, language=_language(scope))
        if isinstance(outcome, Receipt):
            return accepted(outcome)
        return refused(outcome, language=_language(scope))

    def _session(self, scope: Scope, body: bytes) -> str:
        said = {name: value for name, value in scope["headers"] if name in _HEADERS}
        session: str
        session, sent, nonce, given = (said.get(name, b"").decode("ascii", "replace") for name in _HEADERS)
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


_ANSWER = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]


async def _body(receive: Receive) -> bytes:
    found: bytes = b""
    while True:
        message = await receive()
        found += message.get("body", b"")
        if len(found) > LONGEST_BODY:
            raise Refused("body_too_long", most=LONGEST_BODY)
        if not message.get("more_body"):
            return found


def _language(scope: Scope) -> str:
    said: bytes = dict(scope["headers"]).get(b"accept-language", b"en")
    return said[:2].decode("ascii", "replace")
