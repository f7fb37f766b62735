"""Two ways at once to one end, a card that ends meanwhile, a decider who finds his own facts: what must not pass."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from rasad.applications import clock, coverage
from rasad.applications.actions import decide, verify
from rasad.applications.asked import Leaving, Someone
from rasad.applications.models import Application, Coverage
from rasad.registry import life
from rasad.registry.families import family
from rasad.registry.models import Card, Ending, LookUp, Membership, Person
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
from tests.applications.test_pages import march
from tests.cast import client_of, staff

__all__ = ["march"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered")]
APRIL_1 = date(2026, 4, 1)
BABY = (Someone("Baby", sex="F", birth_year=2026, relation="daughter"),)


def refused_when_approved(application, by, *, at=MARCH_2):
    with pytest.raises(Refused) as told:
        decide.approve(application=application, by=by, at=at)
    return told.value.code


def leaving(service, line, **given):
    return about_card(service, leaving=(Leaving(line, "moved"),), wants={"reason": "moved", **given})


def surrendered(asif, bimla, **given):
    asked = about_card(
        "surrender_certificate", wants={"reason": "moving"}, promised_on=date(2026, 3, 20), **given
    )
    approved(asked, asif, bimla)


def test_two_requests_that_are_right_apart_leave_nobody_together(asif, bimla):
    first = verified(put_down(leaving("member_deletion", 1)), asif)
    second = verified(put_down(leaving("member_transfer", 2, to_card=KAMLAS)), asif)

    decide.approve(application=first, by=bimla, at=MARCH_2)

    assert refused_when_approved(second, bimla) == "nobody_left_on_card"
    assert [one.name for one in family(ASHAS, on=APRIL_1).members] == ["Mohan"]


def test_head_who_leaves_hands_the_family_to_the_eldest_woman_left(asif, bimla):
    mother = (Someone("Ram Piari", sex="F", birth_year=1955, relation="mother"),)
    approved(about_card("member_inclusion", people=mother), asif, bimla)

    approved(leaving("member_deletion", 1), asif, bimla)

    assert [(one.name, one.is_head) for one in family(ASHAS, on=APRIL_1).members] == [
        ("Mohan", False), ("Ram Piari", True),
    ]  # fmt: skip


def test_nobody_is_added_to_a_card_that_ended_meanwhile(asif, bimla):
    baby = verified(put_down(about_card("member_inclusion", people=BABY)), asif)
    surrendered(asif, bimla)

    assert refused_when_approved(baby, bimla) == "card_not_living"
    assert not Person.objects.filter(name="Baby").exists()


def test_nobody_is_moved_onto_a_card_that_ends_with_the_month(asif, bimla):
    moving = verified(put_down(leaving("member_transfer", 2, to_card=KAMLAS)), asif)
    surrendered(asif, bimla, card=Card.objects.get(number=KAMLAS))

    assert refused_when_approved(moving, bimla) == "card_not_living"
    assert len(family(ASHAS, on=APRIL_1).members) == 2


def test_facts_found_after_the_verification_are_verified_again(asif, bimla):
    made = verified(put_down(new_card()), asif)

    found = {"main_income": "none"}
    verify.visit(
        application=made, found="otherwise", people_seen=3, by=bimla, at=MARCH_2, facts=found, note="Seen otherwise"
    )  # fmt: skip

    made.refresh_from_db()
    assert made.verified_by == ""
    assert refused_when_approved(made, bimla) == "not_verified_yet"


@pytest.mark.req("R-CRD-07")
def test_day_that_never_comes_is_no_promise(asif):
    with pytest.raises(Refused) as told:
        put_down(
            about_card("surrender_certificate", wants={"reason": "moving"}, promised_on=date(9999, 12, 31))
        )
    assert told.value.code == "promise_too_far"
    made = put_down(new_card())
    with pytest.raises(Refused) as told:
        clock.tell_delay(
            application=made, reason="much to do", likely_on=date(2099, 1, 1), by=asif, at=MARCH_2
        )
    assert told.value.code == "promise_too_far"


@pytest.mark.req("R-CRD-22")
def test_form_that_is_sent_twice_is_one_application(asif, bimla):
    first = put_down(new_card())

    with pytest.raises(Refused) as told:
        put_down(new_card(), at=MARCH_2 + timedelta(seconds=2))

    assert (told.value.code, told.value.facts["number"]) == ("asked_already", first.number)
    # Another family of the same name in the village is another family.
    put_down(new_card(people=(Someone("Geeta", sex="F", birth_year=1961, is_head=True),)))
    verify.withdraw(application=first, reason="mistake", by="asif", at=MARCH_2)
    put_down(new_card(), at=MARCH_2 + timedelta(days=1))


@pytest.mark.req("R-COV-07")
def test_member_who_comes_from_a_card_outside_the_act_needs_room_like_a_child(asif, bimla):
    Card.objects.get(number="005800000001").household.memberships.count()
    coverage.count(at=MARCH_2)
    Coverage.objects.filter(area="rural").update(ceiling=2)
    suresh = Card.objects.get(number="005800000001")
    wife = (Someone("Sarla", sex="F", birth_year=1980, relation="wife"),)
    approved(about_card("member_inclusion", card=suresh, people=wife), asif, bimla)

    made = approved(
        about_card("member_transfer", card=suresh, leaving=(Leaving(2),), wants={"to_card": ASHAS}),
        asif,
        bimla,
    )

    assert (made.state, len(family(ASHAS, on=APRIL_1).members)) == ("waiting_list", 2)
    Coverage.objects.filter(area="rural").update(ceiling=3)
    assert decide.admit_waiting(at=MARCH_2 + timedelta(days=3)) == 1
    assert len(family(ASHAS, on=APRIL_1).members) == 3


def test_year_of_birth_that_is_corrected_is_the_year_that_counts(asif, bimla):
    approved(about_card("correction", wants={"lines": {"1": {"birth_year": 1975}}}), asif, bimla)

    asha = Membership.objects.get(household=ashas_card().household, line=1).person
    assert (asha.born_on, asha.birth_year) == (None, 1975)


@pytest.mark.usefixtures("march")
def test_inspector_of_a_village_sees_what_he_took_down_about_a_card_of_it(asif):
    village = staff("vijay", "inspector", ("place", "61068"))

    answer = client_of(village).post(
        f"/applications/new/duplicate_card?card={ASHAS}",
        {"applicant": "Asha", "mobile": "", "language": "hi", "reason": "lost", "note_1": "police report 7"},
        follow=True,
    )

    assert answer.status_code == 200
    assert (
        Application.objects.get().number in client_of(village).get("/applications?heap=all").content.decode()
    )


@pytest.mark.usefixtures("march")
def test_inspector_of_a_village_sees_who_asks_to_leave_it(asif):
    village = staff("vijay", "inspector", ("place", "61068"))

    answer = client_of(village).post(
        f"/applications/new/address_change?card={ASHAS}",
        {"applicant": "Asha", "mobile": "", "language": "hi", "place": "ward:900001", "note_1": "bill 7"},
        follow=True,
    )

    assert answer.status_code == 200
    assert Application.objects.get().place.code == "900001"


def test_who_cannot_be_taken_in_any_more_goes_back_by_a_step_everybody_reads(asif, bimla):
    coverage.count(at=MARCH_2)
    Coverage.objects.filter(area="rural").update(ceiling=2)
    made = approved(about_card("member_inclusion", people=BABY), asif, bimla)
    surrendered(asif, bimla)
    Coverage.objects.filter(area="rural").update(ceiling=9)

    decide.admit_waiting(at=MARCH_2 + timedelta(days=40))

    last = made.steps.last()
    assert (last.act, last.before, last.after, last.by) == (
        "not_admitted",
        "waiting_list",
        "under_verification",
        "system",
    )


@pytest.mark.req("R-BOG-12")
@pytest.mark.parametrize("what", ["card", "member", "category"])
def test_application_about_one_card_ends_nothing_of_another(asif, bimla, what):
    made = approved(about_card("duplicate_card", wants={"reason": "lost"}), asif, bimla)
    own = life.Decision(Ending.Ground.APPLICATION, made.number, "x", "asif", "bimla", MARCH_2)
    kamlas = Card.objects.get(number=KAMLAS)
    acts = {
        "card": lambda: life.end_card(ashas_card(), on=APRIL_1, decision=own),
        "member": lambda: life.end_member(kamlas.household.memberships.get(), on=APRIL_1, decision=own),
        "category": lambda: life.change_category(kamlas, "APL", on=APRIL_1, decision=own),
    }

    with pytest.raises(IntegrityError, match="does not end this"), transaction.atomic():
        acts[what]()


@pytest.mark.usefixtures("march")
def test_family_reads_who_opened_an_application_about_its_card(asif):
    made = put_down(about_card("duplicate_card", wants={"reason": "lost"}))

    for _ in range(2):
        client_of(asif).get(f"/applications/{made.number}")

    assert list(LookUp.objects.values_list("card__number", "by", "why")) == [(ASHAS, "asif", made.number)]


def test_bride_is_put_on_the_new_card_from_the_day_she_leaves_the_old_one(asif, bimla):
    approved(leaving("member_deletion", 1), asif, bimla)
    from tests.registry.files import SHIVSHANKAR

    bride = (Someone("Asha Devi", sex="F", birth_year=1980, relation="wife", number=SHIVSHANKAR),)
    made = approved(
        about_card("member_inclusion", card=Card.objects.get(number=KAMLAS), people=bride), asif, bimla
    )

    assert made.state == "approved"
    assert [one.name for one in family(KAMLAS, on=date(2026, 3, 31)).members] == ["Kamla"]
    assert [one.name for one in family(KAMLAS, on=APRIL_1).members] == ["Kamla", "Asha Devi"]


@pytest.mark.usefixtures("march")
def test_looking_whether_the_paper_is_there_prints_no_card(asif, bimla):
    made = approved(about_card("duplicate_card", wants={"reason": "lost"}), asif, bimla)

    client_of(asif).head(f"/applications/{made.number}/card.pdf")
    client_of(asif).options(f"/applications/{made.number}/card.pdf")

    made.refresh_from_db()
    assert made.state == "approved"


def test_card_that_ends_with_the_month_gets_no_second_by_a_split(asif, bimla):
    split = verified(put_down(about_card("split", leaving=(Leaving(2),), place=hansi(), papers=PAPERS)), asif)
    surrendered(asif, bimla)

    assert refused_when_approved(split, bimla) == "card_not_living"
    assert Card.objects.filter(during__upper_inf=True).count() == 2


def test_person_of_a_family_whose_next_card_is_there_is_not_free(asif, bimla):
    surrendered(asif, bimla)
    home = ashas_card().household
    life.issue_card(household=home, number="006300000099", category="OPH", shop="", on=APRIL_1)

    with pytest.raises(Refused) as told:
        life.free_from(person=home.memberships.get(line=1).person, on=MARCH_2.date())

    assert told.value.code == "person_on_other_card"
