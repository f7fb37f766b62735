"""The one sheet of a workbook that holds the table, as text, with the rows numbered as in the sheet."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import python_calamine

from rasad.pipelines.workbook.parts import TOO_LONG, At, Part, parts
from rasad.values.refused import Refused

MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# A spreadsheet keeps 15 digits of a number and writes zeros for the rest.
_MOST = 10**15
_SHOWN = 5


@dataclass(frozen=True)
class Sheet:
    """A sheet as text. `rows` are those that hold something, by their number, the heading among them."""

    file: str
    name: str
    rows: tuple[tuple[int, list[str]], ...]
    # By row number and index of the column, why nothing there can be trusted.
    spoilt: Mapping[At, str]
    hidden_rows: int
    # Sheets that hold something too and were not read, because they are hidden.
    hidden_sheets: tuple[str, ...]

    @property
    def heading(self) -> list[str]:
        """The first row that holds something."""
        return self.rows[0][1]

    @property
    def first(self) -> int:
        """The number of the row of the heading."""
        return self.rows[0][0]

    def lines(self) -> Iterator[list[str]]:
        """The rows from the first of the sheet on, empty ones too: the n-th is row n of the sheet."""
        number = 0
        for at, cells in self.rows:
            yield from ([] for _ in range(at - number - 1))
            yield cells
            number = at


def is_workbook(begins: bytes) -> bool:
    """Whether a file that begins so is a workbook, or something packed or locked like one."""
    return begins.startswith(MAGIC)


def read(contents: bytes, *, file: str) -> Sheet:
    """The sheet with the table: the only one that is not hidden and holds something.

    Refused: as `parts`, and workbook_empty, workbook_sheets_unclear.
    """
    there = parts(contents, file=file)
    filled = [one for one in there if not one.is_empty]
    seen = [one for one in filled if not one.is_hidden]
    hidden = tuple(one.name for one in filled if one.is_hidden)
    if not seen:
        raise Refused("workbook_empty", file=file, hidden=", ".join(hidden) or "–")
    if len(seen) > 1:
        names = [one.name for one in seen]
        raise Refused("workbook_sheets_unclear", file=file, sheets=names, first=names[0])
    [wanted] = seen
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(contents)) as opened:
            cells = opened.get_sheet_by_name(wanted.name).to_python(skip_empty_area=False)
    except python_calamine.CalamineError:
        raise Refused("workbook_damaged", file=file) from None
    return _sheet(file, wanted, cells, hidden)


def _sheet(file: str, part: Part, cells: Sequence[Sequence[object]], hidden: tuple[str, ...]) -> Sheet:
    rows: list[tuple[int, list[str]]] = []
    spoilt = {(row + 1, column): why for (row, column), why in part.spoilt.items()}
    for row, values in enumerate(cells):
        told = []
        for column, value in enumerate(values):
            if isinstance(value, int | float) and not abs(value) < _MOST:
                spoilt[row + 1, column] = TOO_LONG
                value = ""
            told.append(_text(value, part.digits.get((row, column), 0)))
        # A cell without a value that can be trusted makes its row a row, so that it is named.
        if any(told) or any(at[0] == row + 1 for at in spoilt):
            rows.append((row + 1, told))
    if not rows:
        raise Refused("workbook_empty", file=file, hidden=", ".join(hidden) or "–")
    return Sheet(file, part.name, tuple(rows), spoilt, part.hidden_rows, hidden)


def _text(value: object, digits: int) -> str:
    """A value as people read it in the cell."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float() if value == int(value):
            return str(int(value)).zfill(digits)
        case float():
            return f"{value:.15g}"
        case datetime():
            return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
        case date() | time():
            return value.isoformat()
    return str(value).strip()


def whole(contents: bytes, *, file: str) -> Sheet:
    """As `read`, for a table of which every cell must be right. Refused also: workbook_cells_spoilt."""
    found = read(contents, file=file)
    if found.spoilt:
        cells = [f"{letters(column)}{row}" for row, column in sorted(found.spoilt)]
        raise Refused(
            "workbook_cells_spoilt", file=file, sheet=found.name, cells=cells[:_SHOWN], count=len(cells)
        )
    return found


def letters(column: int) -> str:
    """The letters a spreadsheet heads a column with; the first is 0."""
    told = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        told = chr(65 + rest) + told
    return told


def as_csv(contents: bytes, *, file: str) -> str:
    """The table as CSV: line n is row n of the sheet, for a reader that numbers lines. Refused: as `whole`."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    for cells in whole(contents, file=file).lines():
        if cells:
            write.writerow([" ".join(cell.split()) for cell in cells])
        else:
            out.write("\n")
    return out.getvalue()


def replaced(path: Path, *, file: str) -> None:
    """A workbook at a path becomes the CSV of its table; anything else stays. Refused: as `whole`."""
    with path.open("rb") as given:
        begins = given.read(8)
    if is_workbook(begins):
        path.write_text(as_csv(path.read_bytes(), file=file), encoding="utf-8")
