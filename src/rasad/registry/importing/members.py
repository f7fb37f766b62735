"""Members of the families on cards; their Aadhaar numbers go into the vault and nowhere else.

Two members with one Aadhaar number at the same time, in the file or against the register: the first keeps it,
the second is loaded without a reference, and the conflict is reported with both. A family member is never
dropped for a number, and a number never has two people: the database says so (registry_person_aadhaar_once).
A number that comes again after its person left the other family is the same person, who moved.
"""

from datetime import datetime

import numpy as np
import pyarrow as pa
from django.db.backends.utils import CursorWrapper

from rasad.registry import vault
from rasad.registry.importing import columns
from rasad.registry.importing.kind import Kind, Prepared, Trouble, script
from rasad.values import aadhaar, check_digit

_LENGTH = 12


def with_references(rows: pa.Table) -> Prepared:
    """Rows with reference, join key and last four digits in place of the number."""
    given = rows["aadhaar"].combine_chunks()
    filled = np.flatnonzero(given.is_valid().to_numpy(zero_copy_only=False))
    as_integers = given.drop_null().cast(pa.int64()).to_numpy()
    valid = check_digit.are_valid(as_integers, length=_LENGTH)
    at = filled[valid]
    numbers: list[str] = given.take(pa.array(at)).to_pylist()
    texts: list[str | None] = rows["aadhaar_ref"].to_pylist()
    last4: list[str | None] = [None] * len(rows)
    for index, number, ref in zip(at, numbers, vault.references(numbers), strict=True):
        texts[index], last4[index] = ref.hex(), number[-4:]
    keys = [None if text is None else aadhaar.identity_key(bytes.fromhex(text)) for text in texts]
    lines = rows["file_line"].to_numpy()
    positions = rows["position"].to_numpy()[at].tolist()
    return Prepared(
        rows.drop_columns(["aadhaar", "aadhaar_ref"])
        .append_column("aadhaar_ref", pa.array(texts, pa.string()))
        .append_column("identity_key", pa.array(keys, pa.int64()))
        .append_column("aadhaar_last4", pa.array(last4, pa.string())),
        [
            Trouble(int(lines[index]), "aadhaar", "bad_aadhaar", given[int(index)].as_py(), False)
            for index in filled[~valid]
        ],
        dict(zip(positions, numbers, strict=True)),
    )


def fill_vault(cursor: CursorWrapper, prepared: Prepared, at: datetime) -> None:
    """Seal the numbers of the rows that were loaded and are not in the vault yet."""
    cursor.execute(
        "SELECT position FROM ready r WHERE change <> 'refused' AND aadhaar_ref IS NOT NULL"
        " AND NOT EXISTS (SELECT FROM registry_vaultentry v WHERE v.aadhaar_ref = r.aadhaar_ref)"
    )
    open_positions = (position for (position,) in cursor.fetchall())
    vault.store_many([prepared.numbers[at_] for at_ in open_positions if at_ in prepared.numbers], at=at)


KIND = Kind(
    name="members",
    columns=columns.MEMBERS,
    key=("card_number", "line"),
    scripts=(script(__file__, "members.sql"),),
    prepare=with_references,
    finish=fill_vault,
    brings_people=True,
)
