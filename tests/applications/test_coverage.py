"""Ceilings and the waiting list: whole families, the oldest first, in a visible place, admitted by itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from rasad.applications import coverage
from rasad.applications.actions import decide
from rasad.applications.asked import Someone
from rasad.applications.models import Application, Coverage
from tests.applications.conftest import MARCH_2, approved, new_card, put_down, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered")]


def room_for(persons: int) -> None:
    """So many more may be covered in villages."""
    coverage.count(at=MARCH_2)
    held = Coverage.objects.get(area="rural")
    Coverage.objects.filter(area="rural").update(ceiling=held.covered + persons)


@pytest.mark.req("R-COV-01")
def test_those_covered_are_counted_from_the_register_and_held_against_the_ordinance():
    assert coverage.count(at=MARCH_2) == {"rural": 2, "urban": 1, "total": 3}

    assert list(Coverage.objects.order_by("area").values_list("area", "covered", "ceiling")) == [
        ("rural", 2, 9_028_000), ("total", 3, 12_649_000), ("urban", 1, 3_621_000),
    ]  # fmt: skip


@pytest.mark.req("R-COV-07")
def test_family_waits_whole_and_openly_and_is_taken_in_when_there_is_room(asif, bimla):
    room_for(2)
    first = approved(new_card(), asif, bimla)
    later = approved(new_card(mobile="9812300002", people=(Someone("Rani", birth_year=1990),)), asif, bimla)

    # Three persons do not fit into two places.
    assert (first.state, first.issued_card) == ("waiting_list", None)
    assert coverage.place_in_list(first) == coverage.Waiting("rural", 1, 4, 2)
    # A smaller family that would fit does not pass it.
    assert coverage.place_in_list(later).place == 2

    assert decide.admit_waiting(at=MARCH_2) == 0
    Coverage.objects.filter(area="rural").update(ceiling=5)
    assert decide.admit_waiting(at=MARCH_2 + timedelta(days=3)) == 1
    first.refresh_from_db()
    assert coverage.place_in_list(later) == coverage.Waiting("rural", 1, 5, 5)
    assert (first.state, first.issued_card.number[:4]) == ("approved", "0063")


def test_database_lets_nobody_pass_the_ceiling():
    room_for(1)

    with pytest.raises(IntegrityError, match="above the ceiling"), transaction.atomic():
        Coverage.objects.filter(area="rural").update(covered=4)

    assert Coverage.objects.get(area="rural").covered == 2


def test_card_outside_the_act_counts_under_no_ceiling(asif, bimla):
    room_for(0)

    made = approved(new_card(facts={**new_card().facts, "income_tax_payer": True}), asif, bimla)

    assert (made.state, made.category) == ("approved", "APL")


def test_person_on_another_card_meanwhile_holds_up_nobody(asif, bimla):
    room_for(0)
    ram = Someone("Ram", number="999971658847", birth_year=1980)
    from rasad.registry.models import Membership
    from tests.registry.files import member_left

    mohan = Membership.objects.get(person__name="Mohan")
    member_left(mohan, on=MARCH_2.date())
    waits = approved(new_card(people=(ram,)), asif, bimla)
    behind = verified(
        put_down(new_card(mobile="9812300002", people=(Someone("Rani", birth_year=1990),))), asif
    )
    behind = decide.approve(application=behind, by=bimla, at=MARCH_2)
    assert [one.state for one in (waits, behind)] == ["waiting_list", "waiting_list"]
    Membership.objects.create(
        household_id=Membership.objects.get(person__name="Kamla").household_id, person=mohan.person, line=5,
        during=(MARCH_2.date(), None),
    )  # fmt: skip

    Coverage.objects.filter(area="rural").update(ceiling=100)
    decide.admit_waiting(at=MARCH_2)

    found = dict(Application.objects.values_list("number", "state"))
    assert (found[waits.number], found[behind.number]) == ("under_verification", "approved")
