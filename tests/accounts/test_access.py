"""The one door: "not yours" and "not there" are the same answer."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from rasad.accounts import access, roles
from rasad.accounts.models import Area, Role, User
from rasad.journal.models import Entry
from rasad.registry.models import Place
from rasad.shops.models import Shop
from rasad.values.refused import Refused
from tests.cast import ELSEWHERE, HISAR, staff


@pytest.fixture
def shops(db: None) -> None:
    place = Place.objects.create(kind="village", code="61234", name="Hansi")
    for number, district in (("106300100001", HISAR), ("106300100002", HISAR), ("107100100001", ELSEWHERE)):
        Shop.objects.create(
            number=number,
            name=number,
            place=place,
            district_code=district,
            capacity_families=10,
            open_during=(date(2019, 1, 1), None),
        )


def numbers(reader) -> list[str]:
    return list(access.all_for(reader, Shop).order_by("number").values_list("number", flat=True))


@pytest.mark.req("R-ACT-06")
def test_officer_sees_the_own_district_and_nothing_of_another(
    shops: None, meena: User, stranger: User
) -> None:
    assert numbers(meena) == ["106300100001", "106300100002"]
    assert numbers(stranger) == ["107100100001"]
    assert access.one_for(meena, Shop, number="106300100001").number == "106300100001"
    for number in ("107100100001", "there-is-none"):
        with pytest.raises(Http404):
            access.one_for(meena, Shop, number=number)


def test_dealer_sees_one_shop_headquarters_all_nobody_none(
    shops: None, ravi: User, headquarters: User, meena: User
) -> None:
    assert numbers(ravi) == ["106300100001"]
    assert len(numbers(headquarters)) == 3
    assert numbers(AnonymousUser()) == []
    meena.areas.all().delete()
    assert numbers(User.objects.get(pk=meena.pk)) == []
    headquarters.is_active = False
    assert numbers(headquarters) == []


def test_committee_sees_its_villages_and_two_areas_add_up(shops: None) -> None:
    committee = staff("uc.hansi", "unit_committee", ("place", "61234"))
    assert len(numbers(committee)) == 3
    two = staff("two", "dfsc", ("district", HISAR), ("district", ELSEWHERE))
    assert len(numbers(two)) == 3


def test_model_without_areas_is_for_readers_of_the_state_only(meena: User, headquarters: User) -> None:
    assert access.all_for(meena, Entry).count() == 0
    assert access.all_for(headquarters, Entry).count() == Entry.objects.count() == 2


def test_areas_are_asked_for_once_a_request(shops: None, meena: User, django_assert_num_queries) -> None:
    reader = User.objects.get(pk=meena.pk)
    with django_assert_num_queries(3):
        numbers(reader)
        numbers(reader)


def test_capability_is_refused_by_name(meena: User, headquarters: User) -> None:
    access.require(headquarters, "manage_staff")
    with pytest.raises(Refused, match="not_for_your_role"):
        access.require(meena, "manage_staff")
    headquarters.is_active = False
    with pytest.raises(Refused, match="not_for_your_role"):
        access.require(headquarters, "manage_staff")


def test_no_role_holds_both_sides_of_a_decision() -> None:
    held = [
        (role, pair)
        for role, capabilities in roles.CAPABILITIES.items()
        for pair in roles.SEPARATED
        if set(pair) <= capabilities
    ]
    assert held == []


def test_every_role_has_capabilities_and_areas() -> None:
    assert set(roles.CAPABILITIES) == set(roles.AREA_KINDS) == set(Role)
    assert all(roles.CAPABILITIES.values())
    assert {Area.Kind.STATE} == set(roles.AREA_KINDS[Role.HEADQUARTERS])
    assert roles.capabilities("") == roles.capabilities("king") == frozenset()
