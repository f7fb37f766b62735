"""CSV: delimiter, letters and quotation marks; no line of the file may vanish in reading it."""

import csv
import io
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from rasad.registry.importing import encoding
from rasad.registry.importing.columns import Column, by_heading, plain
from rasad.registry.importing.headings import mapped
from rasad.values.refused import Refused

_FIRST_SIGNS = 1 << 16
# What DuckDB says about a line it cannot read, in our words.
_REJECTED = {
    "MISSING COLUMNS": "too_few_values",
    "TOO MANY COLUMNS": "too_many_values",
    "LINE SIZE OVER MAXIMUM": "line_too_long",
    "UNQUOTED VALUE": "quote_broken",
}


@dataclass(frozen=True)
class Delimited:
    """What view `given` in DuckDB holds: `position`, `file_line`, c0, c1, ... as text."""

    found: dict[str, int]
    rejected: tuple[tuple[int, str], ...]
    unused: tuple[str, ...]
    guessed_encoding: str


def read(link: duckdb.DuckDBPyConnection, path: Path, columns: Sequence[Column], scratch: Path) -> Delimited:
    """Read a CSV into view `given`. Raises Refused when its lines or columns cannot be told apart."""
    letters = encoding.of_file(path)
    delimiter, headings = _header(path, letters, columns)
    found = mapped(path, headings, columns)
    lines = _Lines()
    with _as_utf8(path, letters, lines, scratch) as readable:
        # Nothing is guessed: a sniffer that meets one broken line may take the whole file for one column.
        link.read_csv(
            str(readable),
            header=True,
            delimiter=delimiter,
            columns={f"c{n}": "VARCHAR" for n in range(len(headings))},
            auto_detect=False,
            quotechar='"',
            escapechar='"',
            store_rejects=True,
            rejects_limit=0,
        ).create("rows_of_file")
    _check_quotes(link, path, len(headings), delimiter)
    _check_lines(link, path, len(headings), lines)
    rejected = tuple(
        (int(line), _REJECTED.get(str(kind), "unreadable"))
        for line, kind in link.execute(
            "SELECT line, min(error_type::VARCHAR) FROM reject_errors GROUP BY line ORDER BY line"
        ).fetchall()
    )
    _number_lines(link, [line for line, _ in rejected] + lines.blank)
    return Delimited(
        found,
        rejected,
        tuple(heading for index, heading in enumerate(headings) if heading and index not in found.values()),
        letters.name if letters.guessed else "",
    )


def _header(path: Path, letters: encoding.Encoding, columns: Sequence[Column]) -> tuple[str, list[str]]:
    """The delimiter under which most headings are known, and the headings."""
    codec = "utf-8-sig" if letters.is_utf8 else letters.name
    with path.open(encoding=codec, errors="replace", newline="") as file:
        start = file.read(_FIRST_SIGNS)
    known = by_heading(columns)
    choices: list[tuple[int, str, list[str]]] = []
    for delimiter in ",;\t|":
        with suppress(csv.Error):
            headings = next(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter), [])
            choices.append((sum(plain(heading) in known for heading in headings), delimiter, headings))
    _, delimiter, headings = max(choices, key=lambda choice: choice[0], default=(0, ",", []))
    return delimiter, headings


class _Lines:
    """What a plain count of the lines of a file finds, to be held against what the reader found."""

    def __init__(self) -> None:
        self.all = 0
        self.blank: list[int] = []

    def counted(self, source: Iterator[bytes]) -> Iterator[bytes]:
        """Pass lines on and count them."""
        begins = True
        for piece in source:
            if begins:
                self.all += 1
                if piece in (b"\n", b"\r\n"):
                    self.blank.append(self.all)
            begins = piece.endswith(b"\n")
            yield piece


@contextmanager
def _as_utf8(path: Path, letters: encoding.Encoding, lines: _Lines, scratch: Path) -> Iterator[Path]:
    """A path DuckDB can read: the file itself, or a pipe, so that no second copy ever lies on the disk."""
    pieces = lines.counted(encoding.lines(path, letters))
    if letters.is_utf8:
        for _ in pieces:
            pass
        yield path
        return
    pipe = scratch / "utf8.csv"
    os.mkfifo(pipe)

    def write() -> None:
        with suppress(BrokenPipeError), pipe.open("wb") as out:
            out.writelines(pieces)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    try:
        yield pipe
    finally:
        # A reader that gave up before it opened the pipe would leave the writer waiting for ever.
        os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))
        writer.join()


def _check_quotes(link: duckdb.DuckDBPyConnection, path: Path, width: int, delimiter: str) -> None:
    """Refuse a file in which a quotation mark left open swallowed lines: none may vanish that way."""
    [(opened,)] = link.execute(
        "SELECT min(line) FROM reject_errors WHERE error_type = 'UNQUOTED VALUE'"
        " AND contains(rtrim(csv_line, chr(10) || chr(13)), chr(10))"
    ).fetchall()
    if opened is not None:
        raise Refused("file_quote_open", file=path.name, line=int(opened))
    # A value with a line break that also holds a whole line's delimiters is a swallowed line, not an address.
    for n in range(width):
        [(swallowed,)] = link.execute(
            f"SELECT min(rowid) FROM rows_of_file WHERE contains(c{n}, chr(10))"  # noqa: S608  c0, c1, ...
            f" AND length(c{n}) - length(replace(c{n}, ?, '')) >= ?",
            [delimiter, width - 1],
        ).fetchall()
        if swallowed is not None:
            raise Refused("file_quote_open", file=path.name, line=int(swallowed) + 2)


def _check_lines(link: duckdb.DuckDBPyConnection, path: Path, width: int, lines: _Lines) -> None:
    """Refuse a file of which fewer lines were read than there are, counting line breaks inside of values."""
    breaks = " + ".join(
        f"coalesce(length(c{n}) - length(replace(c{n}, chr(10), '')), 0)" for n in range(width)
    )
    [(seen,)] = link.execute(
        f"SELECT 1 + (SELECT count(*) + coalesce(sum({breaks}), 0) FROM rows_of_file)"  # noqa: S608  as above
        " + (SELECT count(DISTINCT line) FROM reject_errors)"
    ).fetchall()
    there = lines.all - len(lines.blank)
    if seen < there:
        raise Refused("file_lines_lost", file=path.name, lines=there, read=int(seen))


def _number_lines(link: duckdb.DuckDBPyConnection, skipped: Sequence[int]) -> None:
    """View `given`: the rows with the line of the file each stands on, the heading being 1."""
    if not skipped:
        link.execute(
            "CREATE VIEW given AS SELECT rowid AS position, rowid + 2 AS file_line, * FROM rows_of_file"
        )
        return
    [(rows,)] = link.execute("SELECT count(*) FROM rows_of_file").fetchall()
    not_rows = np.array(sorted(set(skipped)), dtype=np.int64)
    rows_before = not_rows - 2 - np.arange(len(not_rows))
    position = np.arange(rows, dtype=np.int64)
    file_line = position + 2 + np.searchsorted(rows_before, position, side="right")
    numbers = {"position": position, "file_line": file_line}
    link.register("line_numbers", numbers)
    link.execute("CREATE TABLE lines AS SELECT * FROM line_numbers")
    link.execute("CREATE VIEW given AS SELECT * FROM lines POSITIONAL JOIN rows_of_file")
