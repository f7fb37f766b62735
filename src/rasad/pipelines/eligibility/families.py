"""Opening a table of families: Parquet as it is, CSV as Parquet with every value as text."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from rasad.values.refused import Refused


def opened(path: Path, *, keep_in: Path) -> Path:
    """The Parquet of a table of families, a file or a folder of files; a CSV file is written out first.

    Refused: file_missing, file_not_csv, file_not_parquet.
    """
    if not path.exists():
        raise Refused("file_missing", file=path.name, folder=str(path.parent))
    if path.suffix == ".csv":
        return _from_csv(path, keep_in / f"{path.stem}.parquet")
    try:
        for part in sorted(path.glob("*.parquet")) if path.is_dir() else [path]:
            pq.read_schema(part)
    except pa.ArrowInvalid as error:
        raise Refused("file_not_parquet", file=path.name, what=str(error).splitlines()[0][:200]) from None
    return path


def _from_csv(path: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as link:
        try:
            # As text: what a number is, the rules decide, not a reader's guess.
            rows = link.read_csv(str(path), header=True, delimiter=",", quotechar='"', all_varchar=True)
            rows.write_parquet(str(target))
        except duckdb.Error as error:
            raise Refused("file_not_csv", file=path.name, what=str(error).splitlines()[0][:200]) from None
    return target
