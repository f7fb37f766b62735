"""Aadhaar numbers that stand where they do not belong: they are taken out before anything is stored."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from rasad.registry.importing.columns import Column
from rasad.registry.importing.masking import holds_aadhaar

_DIGIT = "[0-9०-९০-৯]"
# Cards and shops have twelve digits of their own, of which one in ten would pass for an Aadhaar number.
_TWELVE_DIGITS_BELONG = {"card_number", "number", "shop_number"}


def take_out(link: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> None:
    """Empty every text and code of table `raw` that holds an Aadhaar number, and tell it in `problems`."""
    for column in columns:
        if column.form not in ("text", "code") or column.name in _TWELVE_DIGITS_BELONG:
            continue
        found = link.execute(
            f"SELECT position, file_line, {column.name} FROM raw"  # noqa: S608  names are ours
            f" WHERE regexp_matches({column.name}, '({_DIGIT}[ -]?){{11}}{_DIGIT}')"
        ).fetchall()
        hits = [row for row in found if holds_aadhaar(row[2])]
        if not hits:
            continue
        positions, lines, texts = zip(*hits, strict=True)
        link.register("hits", pa.table({"position": positions, "line": lines, "shown": texts}))
        link.execute(
            "INSERT INTO problems SELECT position, line, ?, 'aadhaar_here', left(shown, 200), ? FROM hits",
            [column.name, column.refuses],
        )
        link.execute(
            f"UPDATE raw SET {column.name} = NULL"  # noqa: S608  as above
            " WHERE position IN (SELECT position FROM hits)"
        )
        link.unregister("hits")
