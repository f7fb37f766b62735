"""A CSV, Parquet or .xlsx file becomes a table of tidy text in DuckDB, with every line accounted for."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from rasad.pipelines.workbook import reading
from rasad.registry.importing import delimited
from rasad.registry.importing.columns import Column
from rasad.registry.importing.headings import mapped
from rasad.values.refused import Refused

_MEMORY = "2GB"
_FIRST_BYTES = 1 << 16
# Spaces of every kind and control signs are one space; the joiners that Hindi needs stay.
_SPACES = r"[\s\x00-\x1f\x7f\x{00a0}\x{200b}\x{feff}]+"
# What people write for nothing.
_NOTHING = ("", "-", "NULL", "N/A", "#N/A")
_INDIAN_DIGITS = "०१२३४५६७८९০১২৩৪৫৬৭৮৯"


@dataclass(frozen=True)
class OpenFile:
    """A file as DuckDB holds it: table `raw` with `position`, `file_line` and a text for each column."""

    link: duckdb.DuckDBPyConnection
    rows: int
    # Lines that are no record: their number and why.
    rejected: tuple[tuple[int, str], ...] = ()
    unused: tuple[str, ...] = ()
    guessed_encoding: str = ""
    # Of a workbook: the sheet that was read, and the hidden ones that were not though they hold something.
    sheet: str = ""
    hidden_sheets: tuple[str, ...] = ()


@contextmanager
def opened(path: Path, columns: Sequence[Column]) -> Iterator[OpenFile]:
    """Read a file, to work on while the block lasts. Raises Refused when the file as a whole is unusable."""
    magic = _first_bytes(path)
    with tempfile.TemporaryDirectory(prefix="rasad-import-") as scratch:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "temp_directory": scratch,
            "temp_file_encryption": True,
        }
        link = duckdb.connect(config=settings)
        try:
            with _reading(path):
                if magic == b"PAR1":
                    file = _from_parquet(link, path, columns)
                elif reading.is_workbook(magic):
                    file = _from_workbook(link, path, columns)
                else:
                    file = _from_csv(link, path, columns, Path(scratch))
            if not file.rows and not file.rejected:
                raise Refused("file_empty", file=path.name)
            yield file
        finally:
            link.close()


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """What DuckDB cannot read is refused without its own words: they quote the line, numbers and all."""
    try:
        yield
    except (duckdb.InvalidInputException, duckdb.IOException, duckdb.ConversionException):
        raise Refused("file_unreadable", file=path.name) from None


def _first_bytes(path: Path) -> bytes:
    if not path.is_file():
        raise Refused("file_missing", file=path.name, folder=str(path.parent))
    with path.open("rb") as file:
        head = file.read(_FIRST_BYTES)
    if head.startswith(b"\x1f\x8b"):
        raise Refused("file_compressed", file=path.name)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise Refused("file_empty", file=path.name)
    return head[:4]


def _from_parquet(link: duckdb.DuckDBPyConnection, path: Path, columns: Sequence[Column]) -> OpenFile:
    table = link.read_parquet(str(path), file_row_number=True)
    headings = [heading for heading in table.columns if heading != "file_row_number"]
    found = mapped(path, headings, columns)
    text = {
        name: f'CAST("{headings[index].replace(chr(34), 2 * chr(34))}" AS VARCHAR)'
        for name, index in found.items()
    }
    table.create_view("given")
    return OpenFile(
        link,
        _kept(link, columns, text, "file_row_number AS position, file_row_number + 1 AS file_line"),
        unused=tuple(heading for index, heading in enumerate(headings) if index not in found.values()),
    )


def _from_csv(
    link: duckdb.DuckDBPyConnection, path: Path, columns: Sequence[Column], scratch: Path
) -> OpenFile:
    given = delimited.read(link, path, columns, scratch)
    text = {name: f"c{index}" for name, index in given.found.items()}
    rows = _kept(link, columns, text, "position, file_line")
    link.execute("DROP TABLE IF EXISTS rows_of_file")
    return OpenFile(link, rows, given.rejected, given.unused, given.guessed_encoding)


def _from_workbook(link: duckdb.DuckDBPyConnection, path: Path, columns: Sequence[Column]) -> OpenFile:
    """The sheet of a workbook. A row with a cell of ours that cannot be trusted is no record, and is named."""
    sheet = reading.read(path.read_bytes(), file=path.name)
    found = mapped(path, sheet.heading, columns)
    ours = set(found.values())
    spoilt: dict[int, str] = {}
    for (row, column), why in sorted(sheet.spoilt.items()):
        if column in ours and row > sheet.first:
            spoilt.setdefault(row, why)
    rows = [(row, cells) for row, cells in sheet.rows[1:] if row not in spoilt]
    given = {name: pa.array([cells[at] for _, cells in rows], pa.string()) for name, at in found.items()}
    numbers = {"position": range(len(rows)), "file_line": [row for row, _ in rows]}
    link.register("sheet", pa.table({name: pa.array(of, pa.int64()) for name, of in numbers.items()} | given))
    link.execute("CREATE VIEW given AS FROM sheet")
    unused = tuple(one for at, one in enumerate(sheet.heading) if one and at not in ours)
    return OpenFile(
        link, _kept(link, columns, {name: name for name in found}, "position, file_line"), tuple(spoilt.items()),
        unused, sheet=sheet.name, hidden_sheets=sheet.hidden_sheets,
    )  # fmt: skip


def _kept(
    link: duckdb.DuckDBPyConnection, columns: Sequence[Column], text: dict[str, str], where: str
) -> int:
    """Make table `raw` of tidy text from view `given`; its rows.

    Step by step, each a SELECT around the one before: what stands twice in one is worked out twice.
    """
    spaced = {
        column.name: f"trim(regexp_replace(nfc_normalize({text[column.name]}), '{_SPACES}', ' ', 'g'))"
        if column.name in text
        else "NULL::VARCHAR"
        for column in columns
    }
    filled = {name: f"CASE WHEN {name} NOT IN {_NOTHING} THEN {name} END" for name in spaced}
    # Numbers, codes and days may be written in Indian digits; plain ones have as many bytes as signs.
    plain = {
        name: f"CASE WHEN strlen({name}) = length({name}) THEN {name}"
        f" ELSE translate({name}, '{_INDIAN_DIGITS}', '01234567890123456789') END"
        for name in (column.name for column in columns if column.form not in ("text", "choice"))
    }
    source = "given"
    for step, place in (
        (spaced, where),
        (filled, "position, file_line"),
        ({name: name for name in spaced} | plain, "position, file_line"),
    ):
        listed = ", ".join(f"{expression} AS {name}" for name, expression in step.items())
        source = f"(SELECT {place}, {listed} FROM {source})"  # noqa: S608  names are ours
    link.execute(f"CREATE TABLE raw AS FROM {source}")
    link.execute("DROP VIEW given")
    [(rows,)] = link.execute("SELECT count(*) FROM raw").fetchall()
    return int(rows)
