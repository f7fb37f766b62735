"""The whole application, quick road and pages, as one HTTP server in this process for a client that waits."""

import asyncio
import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from a2wsgi import WSGIMiddleware
from django.db import connections

from rasad.counter.quick import Quick
from rasad.counter.requests import NONCES
from rasad.counter.telling import TELLER
from rasad.rsgi import THREADS, pages
from rasad.web.over_rsgi import over_rsgi

URL = "http://127.0.0.1:8000"


class Live(httpx.BaseTransport):
    """Carries requests of a synchronous client into the application in a loop of its own, as granian would."""

    def __init__(self, app: Quick, loop: asyncio.AbstractEventLoop) -> None:
        self.app, self._loop = app, loop

    def without_the_quick_road(self) -> None:
        """From now on even sales go through Django."""
        self.app = Slow(self.app._rest)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = Answer(request.read(), self._loop)
        asyncio.run_coroutine_threadsafe(self.app.__rsgi__(Scope(request), answer), self._loop).result(
            timeout=60
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=httpx.ByteStream(answer.body))


class Slow:
    """Django alone, over RSGI."""

    def __init__(self, rest) -> None:
        self._rest = rest

    async def __rsgi__(self, scope, protocol) -> None:
        await over_rsgi(self._rest, scope, protocol)


class Scope:
    """A request as RSGI tells of it."""

    proto, http_version, server, client, scheme = "http", "1.1", "127.0.0.1:8000", "127.0.0.1:50000", "http"

    def __init__(self, request: httpx.Request) -> None:
        self.method, self.path = request.method, request.url.path
        self.query_string = request.url.query.decode()
        # granian passes over what is not text
        self.headers = httpx.Headers([one for one in request.headers.items() if one[1].isascii()])


class Answer:
    """The other half of RSGI: gives the body, takes the answer."""

    def __init__(self, asked: bytes, loop: asyncio.AbstractEventLoop) -> None:
        self._asked, self._loop = asked, loop
        self.body = b""

    def __call__(self) -> "asyncio.Future[bytes]":
        # What granian gives may be awaited and is no coroutine.
        given: asyncio.Future[bytes] = self._loop.create_future()
        given.set_result(self._asked)
        return given

    async def __aiter__(self):
        yield self._asked[:1000]
        yield self._asked[1000:]

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "Answer":
        self.status, self.headers = status, headers
        return self

    async def send_bytes(self, piece: bytes) -> None:
        self.body += piece


@contextmanager
def running() -> Iterator[Live]:
    """The application, running; at the end its threads have let go of the database."""
    TELLER._idle_seconds = 0.01
    django = pages()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    quick = Quick(django, nonces=NONCES)
    try:
        yield Live(quick, loop)
    finally:
        tell_all()
        if quick._lanes is not None:
            asyncio.run_coroutine_threadsafe(quick._lanes.close(), loop).result(timeout=10)
        _let_go(django)
        asyncio.run_coroutine_threadsafe(loop.shutdown_default_executor(), loop).result(timeout=10)
        # With the threads their connections are gone, once nobody counts them any more.
        gc.collect()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()


def tell_all() -> None:
    """Wait until every family is told that is still to be."""
    while TELLER._thread is not None:
        time.sleep(0.01)


def _let_go(django: WSGIMiddleware) -> None:
    together = threading.Barrier(THREADS)

    def close() -> None:
        together.wait(timeout=10)
        connections.close_all()

    for done in [django.executor.submit(close) for _ in range(THREADS)]:
        done.result(timeout=20)
    django.executor.shutdown()
