"""Reviews in a real browser: the pages for everybody at every width, and a case on a phone without JavaScript."""

from datetime import date

import pytest

from rasad.oversight.actions import antyodaya, campaigns, cases, orders, penal, suspicions
from rasad.oversight.actions.cases import Answer
from rasad.oversight.models import Case
from rasad.registry.models import Card, Household, Membership, Place, PlaceParent
from tests.browser.test_pages import look
from tests.cast import HISAR, client_of, staff
from tests.counter import cast
from tests.oversight.cast import NOON, Officers, after, answered, opened, ordered, proposed
from tests.oversight.conftest import clock

__all__ = ["clock"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]


@pytest.fixture
def officers(meena, headquarters):
    return Officers(
        meena=meena, kavita=headquarters, sunil=staff("sunil", "inspector", ("district", HISAR), name="Sunil"),
        imran=staff("imran", "district_administration", ("district", HISAR), name="Imran Khan"),
    )  # fmt: skip


@pytest.fixture
def reviewed(db, officers):
    """Cases at several steps, a campaign with its sample, a list before the Gram Sabha; their addresses."""
    cast.shop()
    place = Place.objects.get(kind="village")
    PlaceParent.objects.create(
        place=place, parent=Place.objects.get(kind="district", code=HISAR), during=(date(2015, 1, 1), None)
    )
    card = cast.card(cast.CARD, *(cast.person(name) for name in ("Asha Devi", "Binod Kumar", "Chanda")))
    for line in range(2, 8):
        cast.card(f"06990000010{line}", cast.person(f"Person {line}"), category="CBPL")
    Household.objects.update(district_code=HISAR)
    members = {one.line: one for one in Membership.objects.filter(household=card.household_id)}
    proposed(officers, ground="exclusion", criterion="R-X-07", number="069900000102")
    wants = answered(officers.meena, membership=members[3], ground="dead", wants_hearing=True)
    gone = ordered(officers, number="069900000103")
    orders.restore(case=gone, why="The family lives there", by=officers.kavita, at=after(100))
    fined = ordered(officers, number="069900000104")
    penal.refer(
        case=fined, against="dealer", name="Ravi", offence="kept bogus cards", referred_to="Police",
        by=officers.meena, at=after(20),
    )  # fmt: skip
    campaign = _campaign(officers)
    lists = _list(officers, place)
    return {
        "paths": [
            "/cases", "/cases/new", f"/cases/{wants.number}", f"/cases/{gone.number}", f"/cases/{fined.number}",
            "/cases/figures", "/campaigns", "/campaigns/new", f"/campaigns/{campaign.pk}",
            f"/campaigns/rows/{campaign.suspicions.order_by('place_in_sample').first().pk}/visit", "/antyodaya",
            "/antyodaya/new", f"/antyodaya/{lists.number}", f"/antyodaya/{lists.number}/candidate",
        ],
    }  # fmt: skip


def _campaign(officers):
    made = campaigns.plan_campaign(
        told={
            "kind": "surprise", "title": "Surprise check of June", "district_code": HISAR, "order_number": "FS-1",
            "starts_on": date(2026, 6, 1), "ends_on": date(2026, 6, 30), "surrender_until": None,
            "ground": "bogus", "criterion": "", "months": 0,
        },
        by=officers.meena, at=NOON,
    )  # fmt: skip
    campaigns.start(campaign=made, by=officers.meena, at=NOON)
    for card in Card.objects.filter(number__in=["069900000105", "069900000106"]).select_related("household"):
        suspicions.add_found(
            campaign=made, card=card, says="empty plot", source="Inspector", by=officers.meena, at=NOON
        )
    return campaigns.report_and_draw(campaign=made, seed=7, by=officers.meena, at=NOON)


def _list(officers, place):
    made = antyodaya.make_list(place=place, places=2, source="Census 2011", by=officers.meena, at=NOON)
    antyodaya.add_candidate(
        of=made, card=Card.objects.get(number="069900000107"), facts={"occupation": "potter"}, evidence="visit",
        by=officers.meena, at=NOON,
    )  # fmt: skip
    return made


@pytest.mark.parametrize("language", ["en", "hi"])
def test_pages_of_the_review_are_for_everybody(reviewed, officers, log_in, shots, language):
    page = log_in(officers.meena)

    assert [problem for path in reviewed["paths"] for problem in look(page, path, language, shots)] == []


def test_case_is_led_on_a_phone_without_scripts(reviewed, officers, browser, live_server):
    case = opened(officers.meena, number="069900000107", ground="moved")

    def of(user):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
        )
        key = client_of(user).session.session_key
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        return context.new_page()

    sunil, imran = of(officers.sunil), of(officers.imran)
    act = f"form[action='/cases/{case.number}/"
    sunil.goto(f"/cases/{case.number}?language=hi")
    for name, fields in (
        ("notice", {}), ("serve", {"on": "2026-06-10"}), ("answer", {"who": "Asha", "words": "हम यहीं रहते हैं"}),
        ("propose", {"rule": "x", "why": "y"}),
    ):  # fmt: skip
        form = sunil.locator(f"{act}{name}']")
        sunil.locator("details", has=form).locator("summary").click()
        for field, text in fields.items():
            form.locator(f"[name={field}]").fill(text)
        form.locator("button").click()
    imran.goto(f"/cases/{case.number}?language=hi")
    imran.locator("details", has=imran.locator(f"{act}order']")).locator("summary").click()
    imran.locator(f"{act}order'] button").click()

    case.refresh_from_db()
    assert (case.state, case.confirmed_by) == (Case.State.ORDERED, "imran")
    assert cases
    assert Answer
