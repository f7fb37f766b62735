"""Ration cards, and with them the households they serve."""

from rasad.registry.importing import columns
from rasad.registry.importing.kind import Kind, script

KIND = Kind(
    name="cards",
    columns=columns.CARDS,
    key=("card_number",),
    first=(script(__file__, "located.sql"),),
    scripts=(script(__file__, "locate.sql"), script(__file__, "cards.sql")),
    # Cards that ended come first: the family's next card may begin on that day.
    rank="ended_on IS NULL",
)
