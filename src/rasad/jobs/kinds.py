"""The kinds of work there are. An app says what it can do in the background by a line above the function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.utils.functional import Promise

Do = Callable[..., None]
F = TypeVar("F", bound=Do)


@dataclass(frozen=True)
class Kind:
    """A kind of work: what it is called, who may ask for it and see it, and what does it."""

    code: str
    title: Promise | str
    needs: str
    do: Do


KINDS: dict[str, Kind] = {}


def kind(code: str, *, title: Promise | str, needs: str) -> Callable[[F], F]:
    """Decorator for a function that does a kind of work: it is called with its `Work` and the job's arguments.

    A worker may be killed at any point, and the function is then called anew with what it did in the job's rows:
    what it does must be right when it is done again.
    """

    def register(do: F) -> F:
        KINDS[code] = Kind(code, title, needs, do)
        return do

    return register
