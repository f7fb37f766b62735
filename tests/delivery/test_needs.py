"""TrackPDS hears what the tokens of each shop need, and SARAL what became of its applications."""

from datetime import date

import pytest

from rasad.desk.actions import shops
from rasad.outbox.models import Message
from rasad.policy.relief import scheme
from rasad.relief import expiring, publishing
from rasad.relief.models import SourceRow, Token
from rasad.shops.models import Shop
from rasad.wiring import INDIA
from tests.delivery.conftest import NOON
from tests.delivery.test_portals import publish, push_until_all_left
from tests.relief.cast import ASHA, FULL_SHOP, KAMLA, SHOP

pytestmark = pytest.mark.django_db(transaction=True)
DRT = "drt_2020"


def told(portals):
    return {
        about.removeprefix(f"{DRT}:"): (body.families, body.people, body.lines)
        for about, body in portals["trackpds"].known.items()
    }


@pytest.mark.req("R-INT-02")
def test_trackpds_hears_what_the_tokens_of_a_shop_need_in_this_month_and_the_next(desk, portals):
    publish()
    publishing.needs_changed(scheme(DRT), [SHOP], at=NOON)
    push_until_all_left()

    # Asha's three people: 5 kg of wheat each.
    assert set(told(portals)) == {f"{SHOP}:2020-05", f"{SHOP}:2020-06"}
    families, people, lines = told(portals)[f"{SHOP}:2020-05"]
    assert (families, people, lines["wheat"]) == (1, 3, 15_000)


def test_both_shops_of_a_move_are_told_anew(desk, portals, meena):
    publish()
    other = Shop.objects.get(number=FULL_SHOP)
    asha = Token.objects.filter(number=ASHA)
    shops.change_shop(tokens=asha, shop=other, why="closer", by=meena, at=NOON, beyond=True)
    push_until_all_left()

    assert {key: (families, people) for key, (families, people, _) in told(portals).items()} == {
        f"{SHOP}:2020-05": (0, 0), f"{SHOP}:2020-06": (0, 0),
        f"{FULL_SHOP}:2020-05": (1, 3), f"{FULL_SHOP}:2020-06": (1, 3),
    }  # fmt: skip


def test_only_the_last_of_many_changes_is_told(desk, portals):
    for _ in range(3):
        publishing.needs_changed(scheme(DRT), [SHOP], at=NOON)
    push_until_all_left()

    assert len(portals["trackpds"].received) == 2
    assert Message.objects.filter(system="trackpds", code="superseded").count() == 4


def test_shop_trackpds_does_not_know_is_a_dead_letter(desk, portals):
    portals["trackpds"].unknown_shops = {SHOP}
    publishing.needs_changed(scheme(DRT), [SHOP], at=NOON)
    push_until_all_left()

    assert set(Message.objects.values_list("system", "state", "code", "district_code")) == {
        ("trackpds", "dead", "shop_unknown", "63")
    }


@pytest.mark.req("R-INT-05")
def test_saral_hears_what_a_run_made_of_its_applications(desk, portals, world):
    publishing.run_decided(world.run, at=NOON)
    push_until_all_left()

    saral = SourceRow.objects.filter(run=world.run, source="SARAL").values_list("reference", "outcome")
    assert {about: body.outcome for about, body in portals["saral"].known.items()} == dict(saral)


@pytest.mark.req("R-DRT-20")
def test_tokens_expire_by_themselves_on_the_day_after_the_last_and_are_kept(desk, monkeypatch):
    def on(*day):
        monkeypatch.setattr(
            expiring.wiring,
            "now",
            lambda: NOON.astimezone(INDIA).replace(year=2020, month=day[0], day=day[1]),
        )
        monkeypatch.setattr(expiring, "_looked_on", [])
        return expiring.expire_once_a_day()

    before = Token.objects.count()
    assert on(6, 30) == 0
    assert on(7, 1) == before
    assert on(7, 2) == 0
    assert Token.objects.filter(state="expired").count() == before
    assert Token.objects.get(number=KAMLA).state_before_end == "awaiting_shop"
    assert date(2020, 7, 1) > scheme(DRT).last_day


def test_days_end_is_looked_for_once_a_day(desk, monkeypatch):
    monkeypatch.setattr(expiring, "_looked_on", [NOON.astimezone(INDIA).date()])

    assert expiring.expire_once_a_day() == 0
