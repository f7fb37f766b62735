"""One table of headings, the same for the importers and for a relief run."""

import pytest

from rasad.pipelines.relief import columns as relief
from rasad.registry.importing import columns
from rasad.registry.importing.columns import HEADINGS, by_heading, plain

KINDS = {
    "places": (columns.PLACES, relief.PLACES),
    "shops": (columns.SHOPS, relief.SHOPS),
    "cards": (columns.CARDS, relief.CARDS),
    "members": (columns.MEMBERS, relief.REGISTER_MEMBERS),
}


@pytest.mark.parametrize("kind", KINDS)
def test_heading_of_a_relief_run_is_known_to_the_importer(kind):
    ours, theirs = KINDS[kind]
    known = by_heading(ours)
    headings = [(column.name, heading) for column in theirs for heading in (column.name, column.hindi)]

    # The importer works the key out from the reference.
    assert [
        (name, heading)
        for name, heading in headings
        if known.get(plain(heading)) != name and name != "identity_key"
    ] == []


@pytest.mark.parametrize("kind", KINDS)
def test_heading_means_one_column(kind):
    ours, _ = KINDS[kind]
    means = {
        (plain(heading), column.name) for column in ours for heading in (column.name, *HEADINGS[column.name])
    }

    assert len(means) == len({heading for heading, _ in means})


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_a_hindi_heading(kind):
    ours, _ = KINDS[kind]

    assert [
        column.name for column in ours if all(heading.isascii() for heading in HEADINGS[column.name])
    ] == []
