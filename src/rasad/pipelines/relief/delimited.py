"""CSV as departments send it, into Parquet with every value as text; no line may vanish in reading it.

A file whose lines cannot be told apart is refused; a line that is no row is named.
"""

import codecs
import csv
import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from rasad.pipelines.relief.columns import Column, by_heading, plain
from rasad.values.refused import Refused

# A line longer than this is unreadable: no record of a family needs 16 million characters.
LONGEST_LINE = 16_000_000
# A file with more lines that cannot be read is refused as a whole: it is no list of families.
MOST_UNREADABLE = 100_000
_FIRST_CHARACTERS = 1 << 20
_PIECE = 1 << 20

Unreadable = tuple[tuple[int, str], ...]


def to_parquet(path: Path, target: Path, columns: Sequence[Column]) -> Unreadable:
    """Write a CSV file as Parquet; the lines that are no row of it, by number and what is wrong.

    Raises Refused: file_without_headings, file_not_utf8, file_not_csv, file_quote_open, file_lines_lost.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    source, lines = _readable(path, target.with_suffix(".utf8.csv"))
    first = _first_line(source, path, columns)
    half = target.with_suffix(".half")
    with duckdb.connect() as link:
        try:
            # Nothing is guessed: a sniffer that meets one broken line may take the whole file for one column.
            link.read_csv(
                str(source),
                header=True,
                skiprows=first.skipped,
                delimiter=first.delimiter,
                columns=dict.fromkeys(_told_apart(first.headings), "VARCHAR"),
                auto_detect=False,
                quotechar='"',
                escapechar='"',
                max_line_size=LONGEST_LINE,
                buffer_size=4 * LONGEST_LINE,
                store_rejects=True,
                rejects_limit=MOST_UNREADABLE,
            ).write_parquet(str(half))
        except duckdb.Error as error:
            raise Refused("file_not_csv", file=path.name, what=str(error).splitlines()[0][:200]) from None
        unreadable = _unreadable(link, path, lines)
        link.read_parquet(str(half)).create_view("rows_of_file")
        opened = _swallowing(link, first)
        lost = _lost(link, first, lines, len(unreadable))
    broken = [line for line, error in unreadable if error == "unquoted_value"]
    if opened is not None or (lost and broken):
        raise Refused("file_quote_open", file=path.name, line=min(broken, default=opened))
    if lost:
        raise Refused("file_lines_lost", file=path.name, lines=lines.all, read=lines.all - lost)
    half.rename(target)
    return unreadable


@dataclass
class _Lines:
    """What a plain look through a file finds."""

    all: int = 0
    blank: int = 0
    longest: int = 0


@dataclass(frozen=True)
class _First:
    """Delimiter and headings; how many lines stand before the headings, and how many all that takes."""

    skipped: int
    lines: int
    delimiter: str
    headings: list[str]


def _readable(path: Path, copy: Path) -> tuple[Path, _Lines]:
    """The file itself, or a copy in UTF-8 without NUL bytes, and its lines. Refuses what is not text."""
    with path.open("rb") as file:
        head = file.read(4)
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        _copied(path, copy, "utf-16")
        path, told = copy, path
    else:
        told = path
    lines, has_nul = _looked_through(path, told.name)
    if lines.all == lines.blank:
        raise Refused("file_without_headings", file=told.name)
    if has_nul:
        # PostgreSQL keeps no NUL, and no name has one: some tools pad fixed columns with them.
        _copied(path, clean := copy.with_suffix(".clean.csv"), "utf-8", lambda text: text.replace("\0", ""))
        path = clean
    return path, lines


def _copied(path: Path, copy: Path, encoding: str, change: Callable[[str], str] = lambda text: text) -> None:
    line = 1
    with (
        path.open(encoding=encoding, newline="") as file,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        try:
            for piece in iter(lambda: file.read(_PIECE), ""):
                out.write(change(piece))
                line += piece.count("\n")
        except UnicodeDecodeError:
            raise Refused("file_not_utf8", file=path.name, line=line) from None


def _looked_through(path: Path, name: str) -> tuple[_Lines, bool]:
    lines = _Lines()
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_nul, begins, length = False, True, 0
    with path.open("rb") as file:
        for piece in iter(lambda: file.readline(_PIECE), b""):
            if begins:
                lines.all += 1
                length = 0
                lines.blank += not piece.strip(b"\xef\xbb\xbf \t\r\n")
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                raise Refused("file_not_utf8", file=name, line=lines.all) from None
            has_nul = has_nul or b"\0" in piece
            length += len(piece)
            lines.longest = max(lines.longest, length)
            begins = piece.endswith(b"\n")
    return lines, has_nul


def _first_line(source: Path, path: Path, columns: Sequence[Column]) -> _First:
    """The delimiter under which most headings are known."""
    with source.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        start = file.read(_FIRST_CHARACTERS)
    skipped = 0
    # Spreadsheets write `sep=;` before the headings; some reports begin with empty lines.
    while (line := start.partition("\n")[0]).strip().lower() in ("", "sep=,", "sep=;", "sep=\t", "sep=|"):
        if line == start:
            raise Refused("file_without_headings", file=path.name)
        start = start[len(line) + 1 :]
        skipped += 1
    known = by_heading(columns)
    choices = [(0, _First(skipped, skipped + 1, ",", [line]))]
    for delimiter in ",;\t|":
        with suppress(csv.Error):
            reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
            headings = next(reader, [])
            told = sum(plain(heading) in known for heading in headings)
            choices.append((told, _First(skipped, skipped + reader.line_num, delimiter, headings)))
    return max(reversed(choices), key=lambda choice: choice[0])[1]


def _told_apart(headings: Sequence[str]) -> list[str]:
    """Headings as names of columns: none empty, no two alike but for spaces at their end."""
    names: list[str] = []
    seen: set[str] = set()
    for heading in headings:
        name = heading.strip() or " "
        while name.lower() in seen:
            name += " "
        seen.add(name.lower())
        names.append(name)
    return names


def _unreadable(link: duckdb.DuckDBPyConnection, path: Path, lines: _Lines) -> Unreadable:
    rejects = link.execute(
        "SELECT line, min(error_type::VARCHAR), bool_or(contains(rtrim(csv_line, chr(10) || chr(13)), chr(10)))"
        " FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    for line, error, several in rejects:
        # A quotation mark that is never closed swallows the lines after it: nothing may be lost that way.
        is_no_line = error == "LINE SIZE OVER MAXIMUM" and lines.longest <= LONGEST_LINE
        if (error == "UNQUOTED VALUE" and several) or is_no_line:
            raise Refused("file_quote_open", file=path.name, line=int(line))
    if len(rejects) >= MOST_UNREADABLE:
        raise Refused("file_lines_lost", file=path.name, lines=lines.all, read=lines.all - len(rejects))
    return tuple((int(line), str(error).lower().replace(" ", "_")) for line, error, _ in rejects)


def _swallowing(link: duckdb.DuckDBPyConnection, first: _First) -> int | None:
    """The line of a value with a line break that also holds a whole line's delimiters: no address, but a line."""
    broken = " OR ".join(
        f"({name} LIKE '%\n%' AND length({name}) - length(replace({name}, $delimiter, '')) >= $width)"
        for name in _quoted(first)
    )
    looked = f"SELECT row_number() OVER () AS its_place, ({broken}) AS is_broken FROM rows_of_file"  # noqa: S608  headings quoted
    found = link.execute(
        f"SELECT min(its_place) FROM ({looked}) WHERE is_broken",  # noqa: S608
        {"delimiter": first.delimiter, "width": max(len(first.headings) - 1, 1)},
    ).fetchone()
    return int(found[0]) + first.lines if found and found[0] is not None else None


def _lost(link: duckdb.DuckDBPyConnection, first: _First, lines: _Lines, unreadable: int) -> int:
    """How many lines of the file are neither heading nor row, nor a break inside of a value, nor unreadable."""
    breaks = " + ".join(
        f"coalesce(length({name}) - length(replace({name}, chr(10), '')), 0)" for name in _quoted(first)
    )
    missing = lines.all - lines.blank - first.lines - unreadable
    for count in ("count(*)", f"coalesce(sum({breaks}), 0)"):
        if missing > 0:
            found = link.execute(f"SELECT {count} FROM rows_of_file").fetchone()  # noqa: S608  headings quoted
            missing -= int(found[0]) if found else 0
    return max(missing, 0)


def _quoted(first: _First) -> list[str]:
    return ['"' + name.replace('"', '""') + '"' for name in _told_apart(first.headings)]
