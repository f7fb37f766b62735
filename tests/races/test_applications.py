"""Two officers, two families, one place: of two at once one is done, the other is told; nothing is done twice."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.db import connection, transaction

from rasad.applications import coverage
from rasad.applications.actions import decide
from rasad.applications.asked import Leaving, Someone
from rasad.applications.models import Application, Coverage
from rasad.registry.models import Card, Membership
from rasad.values.refused import Refused
from tests.applications.conftest import (
    MARCH_2,
    about_card,
    asif,
    bimla,
    new_card,
    put_down,
    registered,
    verified,
)
from tests.cast import HISAR, staff
from tests.registry.files import KUMAR, member_left

__all__ = ["asif", "bimla", "registered"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("registered")]


def at_once(*calls):
    """Each call in a thread of its own; what each gave, or the code it was refused with."""

    def one(call):
        try:
            return call()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def test_two_officers_decide_one_application_at_once(asif, bimla):
    rani = staff("rani", "inspector", ("district", HISAR))
    made = verified(put_down(new_card()), asif)

    told = at_once(
        lambda: decide.approve(application=made, by=bimla, at=MARCH_2).state,
        lambda: decide.reject(
            application=made, ground="not_living_here", why="x", by=rani, at=MARCH_2
        ).state,
    )  # fmt: skip

    assert sorted(told) in (["application_moved_on", "approved"], ["application_moved_on", "rejected"])
    assert Application.objects.get().steps.filter(act__in=["approved", "rejected"]).count() == 1
    assert Card.objects.count() == 3 + ("approved" in told)


@pytest.mark.req("R-CRD-22")
def test_person_is_put_into_two_families_at_once(asif, bimla):
    member_left(Membership.objects.get(person__name="Mohan"), on=MARCH_2.date())
    mohan = (Someone("Mohan", number=KUMAR),)
    one = verified(put_down(about_card("member_inclusion", people=mohan)), asif)
    kamlas = Card.objects.get(number="006300000002")
    other = verified(put_down(about_card("member_inclusion", people=mohan, card=kamlas)), asif)

    told = at_once(
        *(lambda it=it: decide.approve(application=it, by=bimla, at=MARCH_2).state for it in (one, other))
    )

    assert sorted(told) == ["approved", "person_on_other_card"]
    assert Membership.objects.filter(person__name="Mohan", during__upper_inf=True).count() == 1


@pytest.mark.req("R-COV-07")
def test_last_place_under_the_ceiling_is_given_once(asif, bimla):
    coverage.count(at=MARCH_2)
    Coverage.objects.filter(area="rural").update(ceiling=3)
    asked = [
        verified(
            put_down(new_card(mobile=f"981230000{number}", people=(Someone(f"P{number}", birth_year=1990),))),
            asif,
        )
        for number in range(4)
    ]

    told = at_once(
        *(lambda it=it: decide.approve(application=it, by=bimla, at=MARCH_2).state for it in asked)
    )

    assert sorted(told) == ["approved", "waiting_list", "waiting_list", "waiting_list"]
    assert Coverage.objects.get(area="rural").covered == 3


def test_smaller_family_does_not_pass_one_that_begins_to_wait_in_that_moment(asif, bimla):
    coverage.count(at=MARCH_2)
    Coverage.objects.filter(area="rural").update(ceiling=Coverage.objects.get(area="rural").covered + 1)
    large = verified(put_down(new_card()), asif)
    small = verified(
        put_down(new_card(mobile="9812300002", people=(Someone("Rani", birth_year=1990),))), asif
    )

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert decide.approve(application=large, by=bimla, at=MARCH_2).state == "waiting_list"

            def after() -> str:
                try:
                    return decide.approve(application=small, by=bimla, at=MARCH_2).state
                finally:
                    connection.close()

            told = pool.submit(after)
            sleep(0.5)
        assert told.result() == "waiting_list"


def test_two_requests_at_once_leave_somebody_on_the_card(asif, bimla):
    away = [
        verified(put_down(about_card(service, leaving=(Leaving(line),), wants=wants)), asif)
        for service, line, wants in (
            ("member_deletion", 1, {"reason": "died"}), ("member_transfer", 2, {"to_card": "006300000002"}),
        )
    ]  # fmt: skip

    told = at_once(
        *(lambda one=one: decide.approve(application=one, by=bimla, at=MARCH_2).state for one in away)
    )

    assert "nobody_left_on_card" in told
    assert (
        Membership.objects.filter(household__cards__number="006300000001", during__upper_inf=True).count()
        == 1
    )


def test_one_form_sent_twice_at_once_is_one_application(asif):
    told = at_once(*(lambda: put_down(new_card()).state for _ in range(3)))

    assert sorted(told) == ["asked_already", "asked_already", "registered"]
