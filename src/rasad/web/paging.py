"""How much of a list is on one page."""

from collections.abc import Iterable
from dataclasses import dataclass

import django_tables2 as tables
from django.core.paginator import Paginator
from django.http import HttpRequest

LENGTHS = (25, 100, 250)
LONGEST_KEY = 18
LONGEST_PAGE = 8


@dataclass(frozen=True)
class Lengths:
    """The rows on a page, and the other choices."""

    chosen: int
    offered: tuple[int, ...]


class _Nearest(Paginator):  # type: ignore[type-arg]
    """A list that answers a page past its end with its last one: it was shortened meanwhile."""

    def validate_number(self, number: int | float | str) -> int:
        """The nearest page there is."""
        return min(int(number), self.num_pages)


def chosen_rows(marked: Iterable[str]) -> list[int]:
    """The rows somebody marked on a page, as keys; what is no key is left out."""
    return [int(key) for key in marked if key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY]


def page_of(table: tables.Table, request: HttpRequest) -> Lengths:
    """Cut a table to the page that was asked for."""
    asked = request.GET.get("rows", "")
    chosen = int(asked) if asked in map(str, LENGTHS) else LENGTHS[0]
    table.paginate(paginator_class=_Nearest, page=_page(request), per_page=chosen)
    return Lengths(chosen, LENGTHS)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < LONGEST_PAGE
    return max(int(asked), 1) if is_number else 1
