"""Django's connection where the database is killed again and again."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

T = TypeVar("T")
TRIES = 400


def insisted(act: Callable[[], T]) -> T:
    """What an act gives that may be done twice; done again until the database answers."""
    for _ in range(TRIES):
        try:
            return act()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.1)
    raise TimeoutError("the database stays away")
