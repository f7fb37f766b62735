"""Why two records may be one person, in three languages."""

import re

import pytest

from rasad.pipelines.people import compared, reasons
from rasad.pipelines.people.figures import FIGURES

NAMES = ["name_spelt_differently", "same_guardian", "same_birth_year", "same_sex", "same_place"]
EVERYTHING = {
    "first", "last", "guard", "birth_year", "sex", "mobile", "email", "id_number", "address", "street_number", "place",
    "postcode", "district",
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "same father or husband, year of birth and village or town; name spelt differently"),
        ("hi", "पिता या पति, जन्म वर्ष और गाँव या नगर एक ही; नाम अलग ढंग से लिखा"),
        ("bn", "পিতা বা স্বামী, জন্ম সাল ও গ্রাম বা শহর একই; নাম অন্যভাবে লেখা"),
    ],
)
def test_reasons_are_said_in_words(language, told):
    assert reasons.in_words(NAMES, language) == told


def test_level_that_was_reached_is_named_and_what_is_not_known_is_left_out():
    told = reasons.levels({"name": 5, "birth": 0, "sex": -1}, [compared.NAME, compared.BIRTH, compared.SEX])

    assert told == ["same_name", "other_age"]


def test_every_level_has_words_and_figures():
    names = {level.name for one in compared.comparisons(EVERYTHING) for level in one.levels}

    assert names - set(reasons.AGREES) - set(reasons.REMARKS) == set()
    assert names <= {name for levels in FIGURES.values() for name in levels}
    assert not [words for words in (*reasons.AGREES.values(), *reasons.REMARKS.values()) if not all(words)]


def test_no_reason_shows_a_number():
    said = " ".join(word for words in reasons.REMARKS.values() for word in words)

    assert re.findall(r"[0-9]", said) == []
