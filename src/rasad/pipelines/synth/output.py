"""The files of a made-up state, written piece by piece so that none is ever held whole."""

from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import pyarrow.csv
import pyarrow.parquet

from rasad.pipelines.synth.arrays import Table

Format = Literal["parquet", "csv"]
FORMATS = ("parquet", "csv")
ROWS_A_GROUP = 100_000
# Columns where nearly every value is another: a dictionary of them would only cost time.
_ALL_DIFFERENT = {"aadhaar", "identity_key", "aadhaar_ref", "reference", "card_number", "family_id", "mobile"}


class Output:
    """A folder of files, put in place when all are whole; the first piece of a file settles its columns."""

    def __init__(self, folder: Path, form: Format) -> None:
        self.rows: dict[str, int] = {}
        self._folder = folder
        self._form = form
        self._open: dict[str, Any] = {}

    def __enter__(self) -> "Output":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name, file in self._open.items():
            file.close()
            if error is not None:
                self._unfinished(name).unlink()
        if error is None:
            for name in self._open:
                # A reader must not find the same file of an earlier state beside it in the other form.
                for form in FORMATS:
                    (self._folder / f"{name}.{form}").unlink(missing_ok=True)
                self._unfinished(name).rename(self._folder / f"{name}.{self._form}")

    def _unfinished(self, name: str) -> Path:
        return self._folder / f"{name}.{self._form}.part"

    def _opened(self, name: str, piece: Table) -> Any:
        path = self._unfinished(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if self._form == "csv":
            return pyarrow.csv.CSVWriter(path, piece.schema)
        repeating = [column for column in piece.column_names if column not in _ALL_DIFFERENT]
        return pyarrow.parquet.ParquetWriter(
            path, piece.schema, compression="zstd", compression_level=1, use_dictionary=repeating
        )

    def write(self, name: str, piece: Table) -> None:
        """Append a piece to a file of the folder, `register/cards` say."""
        if name not in self._open:
            self._open[name] = self._opened(name, piece)
            self.rows[name] = 0
        if self._form == "csv":
            self._open[name].write_table(piece)
        else:
            self._open[name].write_table(piece, row_group_size=ROWS_A_GROUP)
        self.rows[name] += piece.num_rows
