"""Lines of a CSV file for a spreadsheet: streamed row by row, with nothing in them a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

# A cell that begins with one of these is a formula to a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Without it Excel reads Hindi as Latin-1.
BYTE_ORDER_MARK = "\ufeff"

Cells = Sequence[object]


class _Echo:
    """What csv writes to: hands each line back."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def lines(header: Cells, rows: Iterable[Cells]) -> Iterator[str]:
    """The lines of a CSV file, every cell made harmless."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([plain(cell) for cell in header])
    for row in rows:
        yield writer.writerow([plain(cell) for cell in row])


def plain(cell: object) -> str:
    """A cell as text. One that a spreadsheet would take for a formula gets an apostrophe in front; a number is none."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float | Decimal):
        return str(cell)
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
