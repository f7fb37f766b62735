"""The officials' desk: a family found and on one screen, with what is due and why; who looked is written down."""

from datetime import date, timedelta

import pytest

from rasad.families import panels
from rasad.registry.models import Card, LookUp
from tests.cast import client_of, staff
from tests.counter import cast
from tests.counter.cast import BINODS_CARD, CARD
from tests.families.conftest import NOON
from tests.registry.files import category_turned, member_left

pytestmark = pytest.mark.django_db


def text(client, address):
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.fixture
def desk(asha, meena):
    return client_of(meena)


@pytest.mark.parametrize("q", [CARD, "000042", "Asha Devi", "आशा", "9999900001", "1ABC2345"])
def test_one_box_finds_the_family(desk, q):
    page = text(desk, f"/families?q={q}")

    assert f'href="/families/{CARD}"' in page
    assert "1 family" in page


def test_box_says_what_to_do_when_empty_or_in_vain(desk):
    assert "Whom are you looking for?" in text(desk, "/families")
    assert "No family answers to this" in text(desk, "/families?q=Gulabo")


@pytest.mark.req("R-CRD-23", "R-CRD-24")
def test_family_is_on_one_screen_with_seeding_of_each_member_and_its_shop(desk):
    page = text(desk, f"/families/{CARD}")

    assert "Ravi Store" in page
    assert "Aadhaar linked 3 of 3, validated 3 of 3; mobile 1 of 3" in page
    assert page.count("Aadhaar validated") == 3
    assert "mobile …0001" in page
    assert (page.count("no mobile"), "9999900001" in page) == (2, False)
    assert (cast.ASHA in page, "XXXX XXXX 7058" in page) == (False, True)


@pytest.mark.req("R-CRD-23")
def test_member_who_is_not_seeded_or_not_validated_is_shown_so(desk):
    made = cast.card(BINODS_CARD, cast.person("Lal"), cast.person("Hari"))
    type(made.household).objects.filter(pk=made.household_id).update(district_code="63")

    page = text(desk, f"/families/{BINODS_CARD}")

    assert "Aadhaar linked 0 of 2" in page
    assert page.count("Aadhaar not linked") == 2


def test_what_is_due_is_shown_with_what_was_taken_and_why(desk, world):
    shown = cast.visit()
    cast.unauthenticated(shown)
    cast.sell(shown, wheat=5_000)

    page = text(desk, f"/families/{CARD}")

    assert "<b>10 kg</b> left" in page
    assert "15 kg in the month, 5 kg taken" in page
    assert '<rect class="gone" width="33"' in page
    assert "Without authentication" in page
    assert page.count("<blockquote") > 2


def test_looking_writes_no_entitlement(desk):
    from rasad.ledger.models import Account

    before = Account.objects.count()
    text(desk, f"/families/{CARD}")

    assert Account.objects.count() == before


@pytest.mark.req("R-NFR-03")
def test_every_opening_is_written_down_once_an_hour_for_a_purpose(desk, meena, monkeypatch):
    for address in (f"/families/{CARD}", f"/families/{CARD}", f"/families/{CARD}/print"):
        text(desk, address)
    later = NOON + timedelta(hours=1, seconds=1)
    monkeypatch.setattr("rasad.families.views.desk.now", lambda: later)
    page = text(desk, f"/families/{CARD}")

    written = LookUp.objects.order_by("at", "why").values_list("by", "designation", "why", "at")
    assert list(written) == [
        ("meena", "", "desk", NOON),
        ("meena", "", "print", NOON),
        ("meena", "", "desk", later),
    ]
    assert "Meena Kumari" in page
    assert "District Food and Supplies Controller" in page


@pytest.mark.req("R-ACT-06", "R-NFR-03")
def test_family_of_another_district_does_not_exist(asha, stranger):
    client = client_of(stranger)

    assert client.get(f"/families/{CARD}").status_code == 404
    assert client.get(f"/families/{CARD}/print").status_code == 404
    assert client.get(f"/families/{CARD}/mobile").status_code == 404
    for q in (CARD, "000042", "Asha", "9999900001", "1ABC2345"):
        assert "No family answers to this" in text(client, f"/families?q={q}")
    assert LookUp.objects.count() == 0


@pytest.mark.parametrize("role", ["auditor", "dealer", "district_administration"])
def test_role_that_works_with_no_cards_is_refused(asha, role):
    area = ("shop", cast.RAVIS) if role == "dealer" else ("district", "63")
    client = client_of(staff("other", role, area))

    assert client.get("/families").status_code == 403
    assert client.get(f"/families/{CARD}").status_code == 403
    assert "/families" not in client.get("/contact").content.decode()


def test_card_is_shown_as_of_a_day_and_its_history_as_a_line_of_time(desk):
    member_left(Card.objects.get(number=CARD).household.memberships.get(line=3), on=date(2026, 6, 1))
    category_turned(CARD, "AAY", on=date(2026, 7, 1))

    today, may = text(desk, f"/families/{CARD}"), text(desk, f"/families/{CARD}?on=2026-05-15")
    assert '<span class="tag plain">AAY</span>' in today
    assert "mobile 1 of 2" in today
    assert "Chanda is no longer on the card" in today
    assert "End of category OPH" in today
    assert "moved away" in today
    assert '<span class="tag plain">OPH</span>' in may
    assert "mobile 1 of 3" in may
    assert "Ration of May 2026" in may
    assert "Not issued yet on this day" in text(desk, f"/families/{CARD}?on=2018-05-15")
    assert desk.get(f"/families/{CARD}?on=nonsense").status_code == 200


def test_month_of_which_no_rule_speaks_says_why(desk):
    category_turned(CARD, "APL", on=date(2026, 7, 1))
    page = text(desk, f"/families/{CARD}")

    assert "Ration of November 2026" in page
    assert '<p class="notice warning"><b>' in page


def test_card_that_ended_says_so(desk):
    from tests.registry.files import card_ended

    card_ended(CARD, on=date(2026, 11, 1))

    assert "Ended 1 November 2026" in text(desk, f"/families/{CARD}")
    assert "Card ended" in text(desk, "/families?q=Asha")


@pytest.mark.req("R-NFR-06")
def test_family_on_paper_has_rules_open_and_says_who_printed(desk):
    page = text(desk, f"/families/{CARD}/print")

    assert "Printed 12 November 2026, 12:00 by Meena Kumari" in page
    assert "<details open>" in page


def test_other_apps_show_panels_and_offer_acts_to_whoever_may(desk, asha, monkeypatch):
    told = panels.Panel("Letters", (panels.Row("L-1", "waiting", "wait", NOON, "/x"),), "No letter")
    monkeypatch.setitem(panels.PANELS, "letters", lambda card, reader: told if reader else None)
    acts = [
        panels.Act("Write", lambda card: f"/write/{card.number}", "see_cards"),
        panels.Act("Reveal", lambda card: "/reveal", "manage_staff"),
    ]
    monkeypatch.setattr(panels, "ACTS", acts)
    page = text(desk, f"/families/{CARD}")

    assert ("Letters" in page, f"/write/{CARD}" in page, "/reveal" in page) == (True, True, False)
    assert [str(one.title) for one in panels.panels(asha, None)] == ["Applications"]


def test_page_asks_as_often_for_many_as_for_one(desk, asha, world, django_assert_max_num_queries):
    def asked():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            text(desk, f"/families/{CARD}")
        return len(seen)

    text(desk, f"/families/{CARD}")
    shown = cast.visit()
    cast.unauthenticated(shown)
    cast.sell(shown, wheat=1_000)
    with_one = asked()
    for minute in (1, 2, 3):
        again = cast.visit(when=cast.at(12, minute))
        cast.unauthenticated(again)
        cast.sell(again, when=cast.at(12, minute), wheat=1_000)
    for name in ("Uma", "Ganga", "Yamuna"):
        staff(name.lower(), "inspector", ("district", "63"), name=name)
        LookUp.objects.create(card=asha, by=name.lower(), why="desk", at=NOON)

    assert asked() == with_one <= 30
