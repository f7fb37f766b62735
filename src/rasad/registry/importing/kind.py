"""What makes one kind of file different from another; load.py does the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
from django.db.backends.utils import CursorWrapper

from rasad.registry.importing.columns import Column

Parameters = Mapping[str, bool | int | str | date | list[str] | None]
"""What the scripts of a kind are given by name."""


@dataclass(frozen=True)
class Trouble:
    """Something wrong with one row: where, what, the value as it stands, and whether the row is left out."""

    line: int
    column: str
    code: str
    shown: str
    refuses: bool


@dataclass(frozen=True)
class Prepared:
    """A chunk as it goes to the database. `numbers`, by position, stay in memory and go only to the vault."""

    rows: pa.Table
    troubles: list[Trouble] = field(default_factory=list)
    numbers: dict[int, str] = field(default_factory=dict, repr=False)


def _nothing_more(cursor: CursorWrapper, prepared: Prepared, at: datetime) -> None:
    return None


@dataclass(frozen=True)
class Kind:
    """A kind of file: its columns, its key, and the SQL that takes one chunk of its rows in."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    # Run for every chunk, in this order; they turn table `incoming` into `ready` and `found`.
    scripts: tuple[Path, ...]
    # Run once before the first chunk.
    first: tuple[Path, ...] = ()
    # A DuckDB expression over the text columns; a chunk has rows of one rank only, small ones come first.
    rank: str = ""
    # Whether people are to be found by name after it.
    brings_people: bool = False
    # Between file and database: what SQL cannot do.
    prepare: Callable[[pa.Table], Prepared] = Prepared
    finish: Callable[[CursorWrapper, Prepared, datetime], None] = _nothing_more


def script(beside: str, name: str) -> Path:
    """A file of SQL beside the module that names it."""
    return Path(beside).with_name(name)


# Scripts more than one kind runs.
SHARED = Path(__file__).parent
