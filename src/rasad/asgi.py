"""The application, served by granian: sales of devices on a quick road, every page through Django in threads.

Design: synchronous Django was 2-4 times faster than asynchronous Django, and one asynchronous route in front of
it sells several times as fast as either. One process, one port.
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
THREADS = 4

django = get_wsgi_application()

from rasad.counter.quick import Quick  # noqa: E402  settings first
from rasad.counter.requests import NONCES  # noqa: E402


class Pages:
    """Django as an ASGI application, in threads."""

    def __init__(self, workers: int = THREADS) -> None:
        self.threads = WSGIMiddleware(django, workers=workers)  # type: ignore[arg-type]  # two spellings of WSGI

    async def __call__(
        self,
        scope: Any,
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        """One request. The threads ask for a coroutine, and granian gives a future."""

        async def received() -> Any:
            return await receive()

        await self.threads(scope, received, send)


application = Quick(Pages(), nonces=NONCES)
