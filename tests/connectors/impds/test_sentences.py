"""What Ravi reads when a home State says no."""

from uuid import UUID

import pytest
from django.utils import translation

from rasad.connectors.impds import refusals
from rasad.web.refusals import say, short

SALE = UUID("7b0e7a0e-6a3f-4f53-9d0c-2f1c6c1f0a01")
CHANGED = refusals.balance_changed("190000000101", {"rice": 5000, "ragi": 0})


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Something was lifted or reserved elsewhere in the meantime. Left this month: Rice 5 kg, ragi 0 kg.",
        ),
        ("hi", "इस बीच कहीं और राशन लिया या रोका गया। इस माह शेष: चावल 5 किलो, ragi 0 किलो।"),
        ("bn", "এর মধ্যে অন্য কোথাও রেশন তোলা বা ধরে রাখা হয়েছে। এ মাসে বাকি: চাল 5 কেজি, ragi 0 কেজি।"),
    ],
)
def test_what_is_left_is_said_in_the_readers_language(language, sentence):
    with translation.override(language):
        assert say(CHANGED).why == sentence


def test_card_is_shown_masked():
    assert say(CHANGED).what == "The quantities entered cannot be given on the card XXXXXXXX0101."


@pytest.mark.parametrize(
    "refused",
    [
        refusals.card_unknown("190000000101"),
        refusals.card_unknown(None),
        refusals.card_not_active("190000000101"),
        CHANGED,
        refusals.gone(SALE),
        refusals.posted(SALE),
        refusals.reused(SALE),
    ],
    ids=str,
)
@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_every_no_can_be_said_long_and_short(refused, language):
    with translation.override(language):
        assert say(refused).next
        assert short(refused)
