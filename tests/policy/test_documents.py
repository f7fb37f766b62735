"""The papers a family brings for a ration card."""

from datetime import date

import pytest

from rasad.policy.documents import Paper, check
from rasad.values.refused import Refused

ON = date(2015, 1, 16)


def brought(*kinds, first_card=False):
    """Each kind on a paper of its own."""
    papers = [Paper(f"d{number}", kind) for number, kind in enumerate(kinds)]
    return answer(papers, first_card=first_card)


def answer(papers, first_card=False):
    found = check(papers, state="IN-HR", on=ON, first_card=first_card)
    return found.accepted, [group.number for group in found.missing], [one.code for one in found.reasons]


ACCEPTED = (True, [], [])


@pytest.mark.req("R-CRD-08", "R-INT-20")
@pytest.mark.parametrize(
    "proof",
    [
        "aadhaar",
        "driving_licence",
        "govt_photo_id",
        "npr_id",
        "pan",
        "passport",
        "self_affidavit_attested",
        "voter_id",
    ],
)
def test_each_of_eight_proofs_of_identity_serves(proof):
    assert brought(proof, "water_bill", "affidavit") == ACCEPTED
    assert brought("water_bill", "affidavit") == (False, [1], ["paper_missing"])


@pytest.mark.req("R-CRD-09")
@pytest.mark.parametrize(
    "proof",
    [
        "bsnl_mtnl_bill",
        "electricity_bill",
        "general_power_of_attorney",
        "noc_from_landlord_with_id",
        "rent_agreement",
        "rent_receipt",
        "sale_deed",
        "water_bill",
    ],
)
def test_each_of_eight_proofs_of_residence_serves(proof):
    assert brought("aadhaar", proof, "affidavit") == ACCEPTED
    assert brought("aadhaar", "affidavit") == (False, [2], ["paper_missing"])


@pytest.mark.req("R-CRD-10")
def test_the_landlords_word_needs_the_landlords_identity():
    assert brought("aadhaar", "noc_from_landlord", "affidavit") == (False, [2], ["paper_not_whole"])
    assert brought("aadhaar", "landlord_id", "affidavit") == (False, [2], ["paper_not_whole"])
    assert brought("aadhaar", "noc_from_landlord", "landlord_id", "affidavit") == ACCEPTED
    lent = [Paper("a", "aadhaar"), Paper("a", "landlord_id"), Paper("b", "noc_from_landlord")]
    assert answer([*lent, Paper("c", "affidavit")]) == (False, [], ["one_paper_for_two_groups"])


@pytest.mark.req("R-CRD-11")
@pytest.mark.parametrize(
    "other", ["affidavit", "deletion_certificate", "old_ration_card", "surrender_certificate"]
)
def test_each_of_four_other_documents_serves(other):
    assert brought("pan", "rent_receipt", other) == ACCEPTED
    assert brought("pan", "rent_receipt") == (False, [3], ["paper_missing"])


@pytest.mark.req("R-CRD-12")
def test_every_group_without_a_paper_is_named():
    found = check([Paper("d1", "pan"), Paper("d2", "library_card")], state="IN-HR", on=ON)
    assert (found.accepted, [group.name.en for group in found.missing]) == (
        False,
        ["Proof of residence", "Other mandatory document"],
    )
    assert [one.facts["number"] for one in found.reasons] == [2, 3]
    assert brought() == (False, [1, 2, 3], ["paper_missing"] * 3)


def test_one_paper_cannot_serve_two_groups_and_two_affidavits_can():
    one = [Paper("d1", "self_affidavit_attested"), Paper("d1", "affidavit"), Paper("d2", "water_bill")]
    assert answer(one) == (False, [], ["one_paper_for_two_groups"])
    assert answer([*one, Paper("d3", "voter_id")]) == ACCEPTED
    assert brought("self_affidavit_attested", "affidavit", "water_bill") == ACCEPTED


def test_a_first_card_needs_the_affidavit():
    assert brought("pan", "water_bill", "old_ration_card", first_card=True) == (
        False,
        [3],
        ["no_earlier_card"],
    )
    assert brought("pan", "water_bill", "affidavit", first_card=True) == ACCEPTED
    missing = check([Paper("d1", "pan"), Paper("d2", "water_bill")], state="IN-HR", on=ON, first_card=True)
    assert [kind.en for kind in missing.reasons[0].facts["kinds"]] == ["Affidavit of holding no other card"]


def test_what_cannot_be_answered_is_refused():
    with pytest.raises(Refused, match="no_document_rules"):
        check([], state="IN-WB", on=ON)
    with pytest.raises(Refused, match="before_first_rule"):
        check([], state="IN-HR", on=date(2013, 9, 9))
