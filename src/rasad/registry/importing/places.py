"""Places: states, districts, sub-districts, villages and wards, with what each belongs to since when."""

from rasad.registry.importing import columns
from rasad.registry.importing.kind import Kind, script

# What is above comes first, so that every parent is there before its children.
_RANK = """CASE WHEN kind IS NULL THEN 4 ELSE list_position([0, 1, 2, 3], CASE
    WHEN lower(kind) IN ('state', 'राज्य') THEN 0
    WHEN lower(kind) IN ('district', 'जिला', 'ज़िला') THEN 1
    WHEN lower(kind) IN ('village', 'ward', 'गांव', 'गाँव', 'ग्राम', 'वार्ड') THEN 3
    ELSE 2 END) END"""

KIND = Kind(
    name="places",
    columns=columns.PLACES,
    key=("kind", "code"),
    scripts=(script(__file__, "places.sql"),),
    rank=_RANK,
)
