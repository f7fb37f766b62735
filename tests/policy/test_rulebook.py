"""The packs as a book: nothing with a source is left out, and the files under docs/rules are as the packs are."""

from pathlib import Path

import pytest

from rasad.policy.check.entries import entries
from rasad.policy.jurisdiction import folder_of, jurisdictions
from rasad.policy.rulebook import rulebook
from rasad.policy.rulebook_files import written
from rasad.values.refused import Refused

DOCS = Path(__file__).parents[2] / "docs" / "rules"
STATES = [one.code for one in jurisdictions()]


@pytest.mark.parametrize("state", STATES)
def test_every_row_with_a_source_is_in_the_book(state):
    told = [article.id for chapter in rulebook(state).chapters for article in chapter.articles]

    assert sorted(told) == sorted(entry.id for entry in entries(folder_of(state)) if entry.quotation)


@pytest.mark.req("R-HIS-26")
def test_row_shows_its_value_days_and_words():
    rows = {one.id: one for one in rulebook("IN-HP").chapter("entitlements").articles}
    tribal = rows["hp.apl.tribal.wheat"]

    assert (tribal.says, str(tribal.first_day), tribal.last_day, tribal.is_assumed) == (
        "20 kg per card per month",
        "2014-09-01",
        None,
        False,
    )
    assert tribal.quotation.endswith("w.e.f. September,2014")
    assert rows["hp.phh.wheat"].is_assumed


def test_chapter_that_is_not_there_is_refused():
    with pytest.raises(Refused, match="unknown_subject"):
        rulebook("IN-WB").chapter("eligibility")


def test_files_are_as_the_packs_are(tmp_path):
    made = {file.name: file.read_text(encoding="utf-8") for file in written(tmp_path)}

    there = {file.name: file.read_text(encoding="utf-8") for file in DOCS.glob("*.md")}
    assert made == there, "run `rasad policy docs` and commit docs/rules"
