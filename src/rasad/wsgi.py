"""The WSGI application, served by granian (design: synchronous Django was 2-4 times faster than async)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
application = get_wsgi_application()
