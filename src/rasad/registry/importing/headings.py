"""Which heading of a file is which column."""

from collections.abc import Sequence
from pathlib import Path

from rasad.registry.importing.columns import Column, by_heading, plain
from rasad.values.refused import Refused

_SHOWN_HEADINGS = 20
_SHOWN_SIGNS = 30


def mapped(path: Path, headings: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """From the name of a column to its index in the file.

    Raises Refused `column_given_twice` and `column_missing`.
    """
    known = by_heading(columns)
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        name = known.get(plain(heading))
        if name in found:
            other = headings[found[name]]
            raise Refused("column_given_twice", file=path.name, column=heading[:_SHOWN_SIGNS], other=other)
        if name:
            found[name] = index
    for column in columns:
        if (column.required or column.in_every_file) and column.name not in found:
            there = ", ".join(heading[:_SHOWN_SIGNS] for heading in headings[:_SHOWN_HEADINGS])
            raise Refused("column_missing", file=path.name, column=column.name, there=there)
    return found
