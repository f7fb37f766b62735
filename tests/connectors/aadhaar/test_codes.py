"""The table of UIDAI's codes: whole, in every language, and never a reason to send somebody away."""

import re
from typing import get_args

import pytest

from rasad.connectors.aadhaar import codes
from rasad.connectors.aadhaar.code_words import ACTIONS, UNKNOWN_CODE

# The list of the standard, written out; K-514 to K-605 is a range with gaps.
STANDARD = {
    *(
        "100",
        "200",
        "300",
        "330",
        "331",
        "332",
        "400",
        "402",
        "403",
        "430",
        "510",
        "511",
        "811",
        "812",
        "999",
    ),
    *map(str, range(110, 116)),
    *map(str, range(310, 319)),
    *("500", "501", "502", "503", "512", "521", "524", "527", "542", "543", "550", "569", "570", "588"),
    *map(str, range(553, 561)),
    *map(str, range(561, 565)),
    *("592", "593", "594"),
    *map(str, range(914, 918)),
    *map(str, range(930, 942)),
    *map(str, range(950, 954)),
    *map(str, range(994, 999)),
    *("K-100", "K-200", "K-514", "K-605", "K-955", "K-956", "K-999", "NA"),
}


def test_every_code_of_the_standard_is_in_the_table():
    assert STANDARD - set(codes.CODES) == set()


def test_every_code_leads_somewhere_and_says_so_in_three_languages():
    leads = set(get_args(codes.Leads))

    assert [code for code, row in codes.CODES.items() if row.leads_to not in leads or not row.meaning] == []
    assert [code for code, row in codes.CODES.items() if not all(row.words)] == []
    assert [
        code for code, row in codes.CODES.items() if not re.search(r"[\u0900-\u097f]", row.words.hi)
    ] == []
    assert [
        code for code, row in codes.CODES.items() if not re.search(r"[\u0980-\u09ff]", row.words.bn)
    ] == []


@pytest.mark.parametrize(
    ("code", "leads_to"),
    [
        ("", "matched"),
        ("300", "mismatch"),
        ("330", "next_step"),
        ("331", "next_step"),
        ("400", "mismatch"),
        ("403", "next_step"),
        ("510", "capture_again"),
        ("563", "capture_again"),
        ("569", "our_fault"),
        ("811", "next_step"),
        ("930", "try_later"),
        ("941", "try_later"),
        ("950", "next_step"),
        ("994", "next_step"),
        ("998", "next_step"),
        ("999", "try_later"),
        ("NA", "try_later"),
        (codes.TIMED_OUT, "try_later"),
    ],
)
def test_code_leads_where_the_standard_says(code, leads_to):
    assert codes.leads_to(code) == leads_to


def test_code_nobody_knows_leads_to_the_next_step():
    assert codes.leads_to("1606") == "next_step"
    assert codes.said("1606", "hi") == UNKNOWN_CODE.hi


def test_no_code_asks_for_refusing_the_family():
    sentences = " ".join(words for row in codes.CODES.values() for words in row.words)

    assert re.search(r"(?i)refuse the|turn away|send .* away|मना करें|ফিরিয়ে দিন", sentences) is None


def test_action_has_words_for_the_operators_screen():
    assert set(ACTIONS) == {"A201", "A202", "A301", "A401"}
    assert codes.action_words("A401") == "Ask the holder to enrol for Aadhaar again: the number is cancelled."
    assert codes.action_words("A202", "hi") == ACTIONS["A202"].hi
    assert codes.action_words("A201", "bn") == ACTIONS["A201"].bn
    assert codes.action_words("A999") == (
        "Aadhaar asks for a step that this screen does not know: tell the office this code."
    )
    assert codes.action_words("") == ""
