"""What changes shops, and the one import of a whole register: places, shops, cards, members."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from rasad.accounts.models import User
from rasad.registry import actions as registry
from rasad.registry.importing import columns, load
from rasad.registry.importing.kind import SHARED, Kind, script
from rasad.registry.importing.load import CHUNK_ROWS, Progress, Summary
from rasad.shops.queries.register import shop_numbers
from rasad.values.refused import Refused

SHOPS = Kind(
    name="shops",
    columns=columns.SHOPS,
    key=("number",),
    first=(SHARED / "located.sql",),
    scripts=(SHARED / "locate.sql", script(__file__, "shops.sql")),
)


def import_shops(
    *,
    file: Path,
    by: User | str,
    at: datetime,
    progress: Progress | None = None,
    chunk_rows: int = CHUNK_ROWS,
) -> Summary:
    """Take a file of fair price shops in. Raises Refused when the file as a whole is unusable."""
    return load.take_in(SHOPS, file, by=by, at=at, progress=progress, chunk_rows=chunk_rows)


def import_cards(
    *,
    file: Path,
    by: User | str,
    at: datetime,
    progress: Progress | None = None,
    chunk_rows: int = CHUNK_ROWS,
) -> Summary:
    """Take a file of cards in, each tagged to a shop we know. Raises Refused when the file is unusable."""
    numbers = shop_numbers()
    return registry.import_cards(
        file=file, by=by, at=at, shop_numbers=numbers, progress=progress, chunk_rows=chunk_rows
    )


# In this order: each file may name what the ones before it brought.
IMPORTS: dict[str, Callable[..., Summary]] = {
    "places": registry.import_places,
    "shops": import_shops,
    "cards": import_cards,
    "members": registry.import_members,
}


def import_register(
    *,
    folder: Path,
    by: User | str,
    at: datetime,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[Summary]:
    """Take the four files of a register in, in order. Raises Refused before the first when one is missing.

    `progress` is told the kind, the rows done and the rows in all.
    """
    return [
        IMPORTS[kind](file=file, by=by, at=at, progress=partial(progress, kind) if progress else None)
        for kind, file in register_files(folder).items()
    ]


def register_files(folder: Path) -> dict[str, Path]:
    """The files of a register by kind, in order. Raises Refused `file_missing` and `file_given_twice`."""
    return {kind: _only_file(folder, kind) for kind in IMPORTS}


def _only_file(folder: Path, kind: str) -> Path:
    found = [path for suffix in ("parquet", "csv") if (path := folder / f"{kind}.{suffix}").is_file()]
    if not found:
        raise Refused("file_missing", file=f"{kind}.csv", folder=str(folder))
    if len(found) > 1:
        raise Refused("file_given_twice", file=found[0].name, other=found[1].name)
    return found[0]
