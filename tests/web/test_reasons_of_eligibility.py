"""Why a family is included, excluded, waits or lacks a paper, in the language of whoever reads it."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from rasad.policy.coverage import admit
from rasad.policy.documents import Paper, check
from rasad.policy.eligibility import decide
from rasad.policy.identification import antyodaya, below_poverty_line
from rasad.policy.packs import with_folders
from rasad.web.explain import explained
from rasad.web.sentences.eligibility_reasons import ELIGIBILITY

ON = date(2015, 1, 16)
HR = {"state": "IN-HR", "on": ON}
RURAL = {"area": "rural"}
PAPERS = [Paper("d1", "pan"), Paper("d2", "noc_from_landlord"), Paper("d3", "old_ration_card")]
XN = {"state": "IN-XN", "on": date(2022, 7, 1)}
STATES = Path(__file__).parents[1] / "policy" / "states"
TWICE = [Paper("d1", "self_affidavit_attested"), Paper("d1", "affidavit"), Paper("d2", "water_bill")]


def reasons():
    poor = {"bpl": True, "occupation": "potter"}
    return [
        *decide(RURAL | {"land_acres": 5, "existing_card": "CBPL", "income_tax_payer": True}, **HR).reasons,
        *decide(RURAL | {"homeless": True}, **HR).reasons,
        *decide(RURAL, **HR).reasons,
        *antyodaya(poor, on=ON).reasons,
        *antyodaya({"bpl": False}, on=ON).reasons,
        *antyodaya({}, on=ON).reasons,
        *antyodaya({"bpl": True}, on=ON).reasons,
        *below_poverty_line(poor, area="rural", on=ON),
        *admit(area="total", covered=0, members=1, **HR).reasons,
        *admit(area="total", covered=12649000, members=3, **HR).reasons,
        *check([], **HR).reasons,
        *check(PAPERS, first_card=True, **HR).reasons,
        *check(TWICE, **HR).reasons,
    ]


def by_order():
    shut_out = decide({"area": "river", "buffaloes": 50}, **XN)
    taken_in = decide({"area": "hill", "buffaloes": 9, "fishing_days": 3}, **XN)
    return shut_out.reasons[0], taken_in.reasons[0]


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_every_reason_has_a_sentence_in_every_language(language):
    with with_folders(STATES), translation.override(language):
        said = {one.code: explained(one) for one in (*reasons(), *by_order())}
    assert set(said) == set(ELIGIBILITY)
    assert [text for text in said.values() if "%(" in text or "Text(" in text or not text] == []


def test_a_family_reads_which_line_excludes_it():
    reason = decide(RURAL | {"income_tax_payer": True}, **HR).reasons[0]
    assert reason.source.quotation == "Income tax payers"
    with translation.override("en"):
        assert explained(reason) == "Excluded by R-X-01: Someone in the family pays income tax."
    with translation.override("hi"):
        assert explained(reason) == "R-X-01 से बाहर: परिवार में कोई आयकर देता है।"
    with translation.override("bn"):
        assert explained(reason) == "R-X-01 অনুসারে বাদ: পরিবারের কেউ আয়কর দেন।"


def test_a_family_that_waits_reads_how_many_and_how_many_may_be():
    with translation.override("en"):
        said = explained(admit(area="urban", covered=3620998, members=4, **HR).reasons[0])
    assert said.startswith("the family is eligible and waits: with its 4 members 36,21,002 persons")
