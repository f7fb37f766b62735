"""The application, served by granian: sales of devices on a quick road, every page through Django in threads.

Design: synchronous Django was 2-4 times faster than asynchronous Django, and one asynchronous route in front of
it sells several times as fast as either. One process, one port. RSGI is granian's own protocol: half of what
ASGI costs a request (ADR 17).
"""

import gc
import os
import sys

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
THREADS = 4
# Objects between two looks for garbage; Python's own 700 are a few sales.
GARBAGE_EVERY = 10_000
# How long one thread may keep the others from running: a lane that heard from the database waits no longer.
TURN_SECONDS = 0.001

django = get_wsgi_application()

from rasad.counter.quick import Quick  # noqa: E402  settings first
from rasad.counter.requests import NONCES  # noqa: E402
from rasad.web.patience import limit_pages  # noqa: E402


def pages() -> WSGIMiddleware:
    """Django as an ASGI application, in threads."""
    return WSGIMiddleware(django, workers=THREADS)  # type: ignore[arg-type]  # two spellings of WSGI


def settle() -> None:
    """Make a process that does nothing but serve quick; call it when all is loaded."""
    # What is loaded by now stays for good: walking through it for garbage stopped all sales for a fifth of a second.
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_EVERY)
    sys.setswitchinterval(TURN_SECONDS)


limit_pages()
application = Quick(pages(), nonces=NONCES)
