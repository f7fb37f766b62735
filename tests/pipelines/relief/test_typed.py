"""Numbers as they are written in India are numbers."""

from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from rasad.pipelines.relief.columns import Column
from rasad.pipelines.relief.files import InputFile
from rasad.pipelines.relief.typed import value

PERSONS = Column("persons", "व्यक्ति", "integer", "persons covered")


@pytest.mark.req("R-NFR-04")
@pytest.mark.parametrize(
    ("written", "read"),
    [("1,26,49,000", 12_649_000), ("१,२६,४९,०००", 12_649_000), ("126,49", 12_649), ("लाख", None), ("", None)],
)
def test_number_written_in_lakhs_and_crores_is_read(written: str, read: int | None) -> None:
    nowhere = Path("persons.csv")
    file = InputFile("persons", nowhere, nowhere, {"persons": "persons"}, {"persons": pa.string()}, {})
    table = ibis.memtable(pa.table({"persons": [written]}))
    assert table.select(persons=value(table, file, PERSONS)).to_pyarrow()["persons"].to_pylist() == [read]
