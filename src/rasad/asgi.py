"""The application, served by granian: sales of devices on a quick road, every page through Django in threads.

Design: synchronous Django was 2-4 times faster than asynchronous Django, and one asynchronous route in front of
it sells several times as fast as either. One process, one port.
"""

import os

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
THREADS = 4

django = get_wsgi_application()

from rasad.counter.quick import Quick  # noqa: E402  settings first
from rasad.counter.requests import NONCES  # noqa: E402

pages = WSGIMiddleware(django, workers=THREADS)  # type: ignore[arg-type]  # two spellings of WSGI
application = Quick(pages, nonces=NONCES)
