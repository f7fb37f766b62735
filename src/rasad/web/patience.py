"""How long a page may keep the database at one question: whoever asked has gone by then, and all others wait."""

from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg.errors import QueryCanceled

PAGE_SECONDS = 30.0


def limit_pages() -> None:
    """Limit every question of this process from now on. Runs, imports and jobs have processes of their own."""
    connection_created.connect(_limit, dispatch_uid="rasad.web.patience")


def is_too_long(error: BaseException) -> bool:
    """Whether the database gave a question up because it took too long."""
    return isinstance(error, OperationalError) and isinstance(error.__cause__, QueryCanceled)


def _limit(connection: BaseDatabaseWrapper, **_more: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, false)", [f"{PAGE_SECONDS * 1000:.0f}ms"])
