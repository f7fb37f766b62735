"""Each service from the slip to what it does in the register, with the days of Haryana's charter."""

from datetime import date, timedelta

import pytest

from rasad.applications.actions import decide, verify
from rasad.applications.asked import Leaving, Someone
from rasad.applications.models import Application, Certificate
from rasad.registry.families import family
from rasad.registry.models import Card, Ending, Membership
from rasad.values.refused import Refused
from tests.applications.conftest import (
    ASHAS,
    KAMLAS,
    MARCH_2,
    PAPERS,
    about_card,
    approved,
    ashas_card,
    hansi,
    new_card,
    put_down,
    verified,
)
from tests.registry.files import FATIMA, KUMAR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered")]
TODAY, APRIL = date(2026, 3, 2), date(2026, 4, 1)


def refused(call, *args, **given):
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    return caught.value


def names(card: str, on: date) -> list[str]:
    return [one.name for one in family(card, on=on).members]


@pytest.mark.req("R-CRD-05", "R-CRD-06", "R-SRV-02", "R-SRV-06")
def test_new_card_gets_its_number_and_its_day_on_the_spot():
    made = put_down(new_card())

    assert (len(made.number), made.state, made.due_on) == (11, "registered", date(2026, 3, 17))
    assert made.rule == "hr.svc.new"
    assert (made.assisted_by, made.made_at) == ("Ram Mehar", "Area office, Hansi")


@pytest.mark.parametrize(
    ("service", "given", "days"),
    [
        ("duplicate_card", {"wants": {"reason": "lost"}}, 7),
        ("member_inclusion", {"people": (Someone("Baby", birth_year=2026),)}, 7),
        ("member_deletion", {"leaving": (Leaving(2, "moved"),), "wants": {"reason": "moved"}}, 7),
        ("address_change", {"place": "hansi", "address": "House 9"}, 3),
        ("fresh_card_other_state", {}, 15),
    ],
)
@pytest.mark.req("R-SRV-01", "R-SRV-03", "R-SRV-04", "R-SRV-05", "R-CRD-17")
def test_each_service_has_its_own_days(service, given, days):
    told = {name: hansi() if value == "hansi" else value for name, value in given.items()}
    asked = (
        new_card(service=service, wants={"certificate": "HP-7", "from_state": "IN-HP"})
        if service == "fresh_card_other_state"
        else about_card(service, **told)
    )

    assert put_down(asked).due_on == TODAY + timedelta(days=days)


@pytest.mark.req("R-CRD-01", "R-CRD-13", "R-IDN-14", "R-IDN-38", "R-BOG-12")
def test_new_card_is_issued_by_two_officers_with_the_reasons_of_the_rules(asif, bimla):
    made = approved(new_card(), asif, bimla)

    assert (made.state, made.category, made.verified_by, made.decided_by) == (
        "approved",
        "OPH",
        "asif",
        "bimla",
    )
    assert "R-I-06" in str(made.reasons) or made.reasons[0]["quotation"]
    card = family(made.issued_card.number, on=TODAY)
    assert (card.category, card.shop) == ("OPH", "063000000001")
    # The eldest woman of eighteen or more is head, whoever was named first.
    assert [(one.name, one.is_head) for one in card.members] == [
        ("Ramesh", False),
        ("Geeta", True),
        ("Pinki", False),
    ]


@pytest.mark.req("R-CRD-01", "R-IDN-36")
def test_family_that_a_list_excludes_gets_the_card_of_all_others(asif, bimla):
    made = approved(new_card(facts={**new_card().facts, "owns_motorised_four_wheeler": True}), asif, bimla)

    assert (made.state, made.category) == ("approved", "APL")
    assert "four wheeler" in made.reasons[0]["quotation"]


def test_silence_is_not_read_as_no(asif, bimla):
    told = {name: value for name, value in new_card().facts.items() if name != "income_tax_payer"}
    made = verified(put_down(new_card(facts=told)), asif)

    assert refused(decide.approve, application=made, by=bimla, at=MARCH_2).code == "facts_not_told"


def test_duplicate_leaves_everything_as_it_is(asif, bimla):
    before = family(ASHAS, on=TODAY)

    approved(about_card("duplicate_card", wants={"reason": "lost"}), asif, bimla)

    assert family(ASHAS, on=TODAY) == before


def test_child_is_on_the_card_from_the_day_it_is_decided(asif, bimla):
    approved(about_card("member_inclusion", people=(Someone("Baby", birth_year=2026),)), asif, bimla)

    assert names(ASHAS, date(2026, 3, 1)) == ["Asha Devi", "Mohan"]
    assert names(ASHAS, TODAY) == ["Asha Devi", "Mohan", "Baby"]


@pytest.mark.req("R-CRD-19")
def test_member_leaves_with_the_month_and_a_certificate_is_given(asif, bimla):
    made = approved(
        about_card("member_deletion", leaving=(Leaving(2, "moved"),), wants={"reason": "moved to Delhi"}),
        asif,
        bimla,
    )

    assert names(ASHAS, date(2026, 3, 31)) == ["Asha Devi", "Mohan"]
    assert names(ASHAS, APRIL) == ["Asha Devi"]
    ending = Ending.objects.get(membership__line=2)
    assert (ending.ground, ending.key, ending.by, ending.confirmed_by) == (
        "application",
        made.number,
        "asif",
        "bimla",
    )
    given = Certificate.objects.get(application=made)
    assert (given.kind, given.people, given.number[0]) == ("deletion", ["Mohan"], "C")


def test_marriage_moves_a_member_from_one_card_to_the_other_on_one_day(asif, bimla):
    approved(
        about_card("member_transfer", leaving=(Leaving(2, "marriage"),), wants={"to_card": KAMLAS}),
        asif,
        bimla,
    )

    assert names(ASHAS, APRIL) == ["Asha Devi"]
    assert names(KAMLAS, date(2026, 3, 31)) == ["Kamla"]
    assert names(KAMLAS, APRIL) == ["Kamla", "Mohan"]


@pytest.mark.req("R-CRD-24")
def test_family_that_moves_goes_to_the_other_shop(asif, bimla):
    approved(
        about_card("address_change_with_shop", place=hansi(), address="House 9", shop="058000000001"),
        asif,
        bimla,
    )

    card = ashas_card()
    assert (card.shop_number, card.household.address) == ("058000000001", "House 9")


@pytest.mark.req("R-CRD-18", "R-CRD-20")
def test_card_is_surrendered_and_a_fresh_one_issued_on_the_certificate_once(asif, bimla):
    approved(
        about_card("surrender_certificate", wants={"reason": "moves to Hisar"}, promised_on=TODAY),
        asif,
        bimla,
    )
    given = Certificate.objects.get()
    assert ashas_card().during.upper == APRIL

    asked = new_card(
        service="fresh_card_same_state", people=(), wants={"certificate": given.number},
        papers=(*PAPERS[:2], PAPERS[2].__class__("surrender_certificate", given.number)),
    )  # fmt: skip
    made = approved(asked, asif, bimla)

    assert names(made.issued_card.number, APRIL) == ["Asha Devi", "Mohan"]
    assert made.category == "OPH"
    assert refused(put_down, asked).code == "certificate_used"


def test_part_of_a_family_gets_a_card_of_its_own(asif, bimla):
    made = approved(
        about_card("split", leaving=(Leaving(2),), place=hansi(), address="House 10", papers=PAPERS),
        asif,
        bimla,
    )

    assert (names(ASHAS, APRIL), names(made.issued_card.number, APRIL)) == (["Asha Devi"], ["Mohan"])
    assert made.category == "OPH"


def test_correction_keeps_what_stood_there_before(asif, bimla):
    made = approved(
        about_card("correction", wants={"lines": {"2": {"name": "Mohan Lal"}}, "head": 2}), asif, bimla
    )

    assert [(one.name, one.is_head) for one in family(ASHAS, on=TODAY).members] == [
        ("Asha Devi", False), ("Mohan Lal", True),
    ]  # fmt: skip
    step = made.steps.get(act="in_register")
    assert step.facts["2"] == {"before": {"name": "Mohan"}, "after": {"name": "Mohan Lal"}}


@pytest.mark.req("R-CRD-22")
def test_person_of_another_card_is_refused_and_the_card_named(asif):
    no = refused(put_down, new_card(people=(Someone("Mohan", number=KUMAR),)))

    assert (no.code, no.facts) == ("person_on_other_card", {"person": "Mohan", "card": "XXXXXXXX0001"})
    assert Application.objects.count() == 0


def test_person_without_a_card_is_known_again_by_the_number(asif, bimla):
    asked = new_card(people=(Someone("Suresh", number=FATIMA, sex="M", birth_year=1975),))

    assert refused(put_down, asked).code == "person_on_other_card"
    assert Membership.objects.filter(person__name="Suresh").count() == 1
    assert Card.objects.count() == 3


@pytest.mark.parametrize(
    ("papers", "code"),
    [
        (PAPERS[:2], "papers_missing"),
        ((), "papers_missing"),
        ((PAPERS[0], PAPERS[1], PAPERS[2].__class__("old_ration_card", "O")), "papers_missing"),
        (
            (PAPERS[0].__class__("self_affidavit_attested", "x", b"%PDF-1"), PAPERS[1],
             PAPERS[0].__class__("affidavit", "y", b"%PDF-1")),
            "one_paper_twice",
        ),
    ],
)  # fmt: skip
@pytest.mark.req("R-CRD-08", "R-CRD-09", "R-CRD-11", "R-CRD-12")
def test_application_is_not_registered_while_a_group_lacks_a_paper(papers, code):
    assert refused(put_down, new_card(papers=papers)).code == code


@pytest.mark.req("R-CRD-10")
def test_landlords_no_objection_counts_only_with_his_own_paper():
    sheet = PAPERS[0].__class__
    alone = (PAPERS[0], sheet("noc_from_landlord", "N"), PAPERS[2])

    assert refused(put_down, new_card(papers=alone)).code == "papers_missing"
    assert put_down(new_card(papers=(*alone, sheet("landlord_id", "L")))).state == "registered"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"service": "split", "leaving": (Leaving(1), Leaving(2)), "wants": {"reason": "x"}}, "nobody_left_on_card"),
        ({"service": "member_deletion", "leaving": (Leaving(7),), "wants": {"reason": "x"}}, "no_such_member"),
        ({"service": "member_deletion", "leaving": (Leaving(2),)}, "application_incomplete"),
        ({"service": "duplicate_card", "card": None, "wants": {"reason": "x"}}, "card_needed"),
        ({"service": "duplicate_card", "papers": (), "wants": {"reason": "x"}}, "paper_needed"),
        ({"service": "surrender_certificate", "wants": {"reason": "x"}}, "slip_without_date"),
        ({"service": "no_such"}, "unknown_service"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_not_registered(asked, code):
    assert refused(put_down, about_card(**asked)).code == code


def test_same_thing_is_asked_for_once_at_a_time():
    asked = about_card("duplicate_card", wants={"reason": "lost"})
    first = put_down(asked)

    no = refused(put_down, asked)

    assert (no.code, no.facts) == ("asked_already", {"number": first.number})


@pytest.mark.req("R-BOG-12")
def test_who_verified_does_not_decide(asif, bimla):
    made = put_down(about_card("duplicate_card", wants={"reason": "lost"}))

    verify.open_(application=made, by=asif, at=MARCH_2)
    made.refresh_from_db()
    assert refused(decide.approve, application=made, by=bimla, at=MARCH_2).code == "not_verified_yet"
    verify.verify(application=made, finding="Seen.", by=asif, at=MARCH_2)
    assert refused(decide.approve, application=made, by=asif, at=MARCH_2).code == "verifier_decides_not"
    assert decide.approve(application=made, by=bimla, at=MARCH_2).state == "approved"
    assert refused(decide.approve, application=made, by=bimla, at=MARCH_2).code == "application_moved_on"


def test_visit_is_made_where_one_is_needed(asif):
    made = put_down(new_card())
    verify.open_(application=made, by=asif, at=MARCH_2)

    assert refused(verify.verify, application=made, finding="ok", by=asif, at=MARCH_2).code == "visit_needed"
