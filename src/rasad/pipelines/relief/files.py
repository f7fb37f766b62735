"""Opening what departments send: Parquet as it is, CSV (delimited.py) as Parquet with every value as text.

A file that cannot be used at all is refused with what is wrong and where; a line that cannot be read is
kept as an unreadable line and ends as a named refusal.
"""

import glob
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from rasad.pipelines.relief import delimited
from rasad.pipelines.relief.columns import Column, by_heading, plain
from rasad.values.refused import Refused

Tidiness = Literal["plain", "empty", "untidy"]


@dataclass(frozen=True)
class InputFile:
    """One table of the input: where its Parquet lies, which heading each column has, which lines are lost.

    `tidiness` says of each text column what its values need: nothing, empty ones made null, or trimming too.
    Looked at once here, so that the stages do no work on millions of values that need none.
    """

    name: str
    given: Path
    parquet: Path
    headings: dict[str, str]
    kinds: dict[str, pa.DataType]
    tidiness: dict[str, Tidiness]
    unreadable: tuple[tuple[int, str], ...] = ()


def find(folder: Path, name: str) -> Path:
    """The file of this name in a folder: `.parquet`, `.csv`, or a folder of Parquet files. Raises Refused."""
    if not folder.is_dir():
        raise Refused("folder_missing", folder=str(folder))
    candidates = [folder / f"{name}.parquet", folder / f"{name}.csv", folder / name]
    found = [path for path in candidates if path.exists() and path.is_dir() <= (path.suffix != ".csv")]
    if not found:
        raise Refused("file_missing", file=f"{name}.csv", folder=str(folder))
    if len(found) > 1:
        raise Refused("file_given_twice", file=found[0].name, other=found[1].name)
    return found[0]


def opened(
    folder: Path, name: str, columns: Sequence[Column], *, keep_in: Path, look_at_texts: bool = True
) -> InputFile:
    """An input table with its headings checked. Raises Refused: missing, empty, not UTF-8, column missing.

    Without `look_at_texts` texts are taken as they stand: for who tidies the few different ones himself.
    """
    given = find(folder, name)
    unreadable: tuple[tuple[int, str], ...] = ()
    parquet = given
    if given.suffix == ".csv":
        parquet = keep_in / f"{name}.parquet"
        unreadable = delimited.to_parquet(given, parquet, columns)
    parts = _parts(parquet)
    schema = _schema(parts)
    known = by_heading(columns)
    headings: dict[str, str] = {}
    for field in schema:
        column = known.get(plain(field.name))
        if column is None:
            continue
        if column.name in headings:
            raise Refused(
                "column_given_twice",
                file=given.name,
                column=field.name.strip(),
                other=headings[column.name].strip(),
            )
        headings[column.name] = field.name
    for column in columns:
        for part, names in parts.items() if column.required else ():
            if headings.get(column.name) not in names:
                there = ", ".join(name.strip() for name in names[:20])
                file = part.name if part.parent == given else given.name
                # Offices head their columns in either language.
                called = f"{column.name} / {column.hindi}"
                raise Refused("column_missing", file=file, column=called, there=there)
    kinds = {name_: schema.field(heading).type for name_, heading in headings.items()}
    texts = {
        column.name: column
        for column in columns
        if column.kind == "text" and column.name in headings and column.name not in ("aadhaar", "aadhaar_ref")
    }
    tidiness = (
        _tidiness(parquet, texts, headings, kinds)
        if look_at_texts
        else {name_: _as_it_stands(kinds[name_]) for name_ in texts}
    )
    return InputFile(name, given, parquet, headings, kinds, tidiness, unreadable)


def _as_it_stands(kind: pa.DataType) -> Tidiness:
    return "plain" if pa.types.is_string(kind) else "untidy"


def _tidiness(
    parquet: Path, texts: dict[str, Column], headings: dict[str, str], kinds: dict[str, pa.DataType]
) -> dict[str, Tidiness]:
    found: dict[str, Tidiness] = {name: "untidy" for name in texts if not pa.types.is_string(kinds[name])}
    plain = [name for name in texts if name not in found]
    if not plain:
        return found
    tests = []
    for name in plain:
        column = '"' + headings[name].replace('"', '""') + '"'
        ends = " OR ".join(
            f"suffix({column}, {end})" for end in ("' '", "chr(9)", "chr(10)", "chr(13)", "chr(160)")
        )
        tests.append(f"count(*) FILTER ({column} = '')")
        # Every blank and control character sorts before the first printable one.
        odd = f"{column} < '!' OR strlen({column}) > {texts[name].longest} OR {ends}"
        tests.append(f"count(*) FILTER ({column} <> '' AND ({odd}))")
    path = _quoted(f"{glob.escape(str(parquet))}/*.parquet" if parquet.is_dir() else str(parquet))
    from_file = f"read_parquet('{path}', union_by_name = {parquet.is_dir()})"
    with duckdb.connect() as link:
        try:
            counts = link.execute(f"SELECT {', '.join(tests)} FROM {from_file}").fetchone() or ()  # noqa: S608  columns quoted
        except duckdb.Error as error:
            raise _not_parquet(parquet, error) from None
    for name, empty, untidy in zip(plain, counts[::2], counts[1::2], strict=True):
        found[name] = "untidy" if untidy else "empty" if empty else "plain"
    return found


def _quoted(path: str) -> str:
    return path.replace("'", "''")


def _parts(parquet: Path) -> dict[Path, list[str]]:
    """Each file of a table and the names of its columns."""
    parts = sorted(parquet.glob("*.parquet")) if parquet.is_dir() else [parquet]
    if not parts:
        raise Refused("file_missing", file="*.parquet", folder=str(parquet))
    return {part: _read_schema(part).names for part in parts}


def _schema(parts: Iterable[Path]) -> pa.Schema:
    """One schema for all parts: what is empty in one may have its type in the next."""
    schemas = {part: _read_schema(part) for part in parts}
    told = next(iter(schemas.values()))
    for part, schema in schemas.items():
        try:
            told = (
                told
                if schema.equals(told)
                else pa.unify_schemas([told, schema], promote_options="permissive")
            )
        except pa.ArrowException as error:
            raise _not_parquet(part, error) from None
    return told


def _read_schema(part: Path) -> pa.Schema:
    try:
        return pq.read_schema(part)
    except (pa.ArrowException, OSError) as error:
        raise _not_parquet(part, error) from None


def _not_parquet(path: Path, error: Exception) -> Refused:
    return Refused("file_not_parquet", file=path.name, what=str(error).splitlines()[0][:200])


def check_whole(files: Iterable[InputFile]) -> None:
    """Read every file to its end. Raises Refused for the first that is damaged inside.

    It takes as long as it takes: for when something already went wrong.
    """
    for file in files:
        for part in _parts(file.parquet):
            try:
                for _ in pq.ParquetFile(part).iter_batches():
                    pass
            except (pa.ArrowException, OSError) as error:
                raise _not_parquet(part, error) from None
