"""The whole application, quick road and pages, as one HTTP server in this process for a client that waits."""

import asyncio
import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from django.db import connections

from rasad.asgi import Pages
from rasad.counter.quick import Quick
from rasad.counter.requests import NONCES
from rasad.counter.telling import TELLER

THREADS = 4
URL = "http://127.0.0.1:8000"


class Live(httpx.BaseTransport):
    """Carries requests of a synchronous client into an ASGI application in a loop of its own."""

    def __init__(self, app, loop: asyncio.AbstractEventLoop) -> None:
        self.app, self._loop = app, loop

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return asyncio.run_coroutine_threadsafe(self._sent(request), self._loop).result(timeout=60)

    async def _as_granian(self, scope, receive, send) -> None:
        """What granian gives may be awaited and is no coroutine."""
        await self.app(scope, lambda: asyncio.ensure_future(receive()), send)

    async def _sent(self, request: httpx.Request) -> httpx.Response:
        asked = httpx.Request(
            request.method, request.url, headers=request.headers, content=request.read(), extensions={}
        )
        answer = await httpx.ASGITransport(self._as_granian).handle_async_request(asked)
        content = await answer.aread()
        # It is unpacked already.
        headers = [
            (name, value) for name, value in answer.headers.multi_items() if name != "content-encoding"
        ]
        return httpx.Response(answer.status_code, headers=headers, stream=httpx.ByteStream(content))


@contextmanager
def running() -> Iterator[Live]:
    """The application, running; at the end its threads have let go of the database."""
    TELLER._idle_seconds = 0.01
    pages = Pages(workers=THREADS)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    quick = Quick(pages, nonces=NONCES)
    try:
        yield Live(quick, loop)
    finally:
        _tell_all()
        if quick._lanes is not None:
            asyncio.run_coroutine_threadsafe(quick._lanes.close(), loop).result(timeout=10)
        _let_go(pages)
        asyncio.run_coroutine_threadsafe(loop.shutdown_default_executor(), loop).result(timeout=10)
        # With the threads their connections are gone, once nobody counts them any more.
        gc.collect()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()


def _tell_all() -> None:
    """Wait until every family is told that is still to be."""
    while TELLER._thread is not None:
        time.sleep(0.01)


def _let_go(pages: Pages) -> None:
    together = threading.Barrier(THREADS)

    def close() -> None:
        together.wait(timeout=10)
        connections.close_all()

    for done in [pages.threads.executor.submit(close) for _ in range(THREADS)]:
        done.result(timeout=20)
    pages.threads.executor.shutdown()
