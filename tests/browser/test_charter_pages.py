"""Holidays, lists as workbooks, cards given up, changed criteria, committees on complaints: in a real browser."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from rasad import wiring
from rasad.applications.actions import holidays
from rasad.applications.models import Application
from rasad.grievances import actions as complaints
from rasad.oversight.actions import campaigns
from rasad.oversight.models import ListRow, Reevaluated, Reevaluation, Surrender, TakenList
from rasad.registry.models import Card, Household
from tests.browser.test_oversight import officers
from tests.browser.test_pages import look
from tests.cast import HISAR, client_of
from tests.counter import cast
from tests.oversight.cast import NOON, noticed
from tests.oversight.conftest import clock
from tests.oversight.test_lists import ROWS
from tests.oversight.test_surrenders import TOLD
from tests.workbooks import Sheet, xlsx

__all__ = ["clock", "officers"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock", "_books"),
]
PEOPLE = ("Asha Devi", "Binod Kumar", "Chanda")
SAID = {
    "en": "The family owns an air conditioner.", "hi": "परिवार के पास एयर कंडीशनर है।", "bn": "পরিবারের এসি আছে।",
}  # fmt: skip


@pytest.fixture
def _books(monkeypatch, clock):
    """The pages' clocks at noon of 10 June 2026."""
    for name in (
        "applications.views.office", "applications.views.holidays", "grievances.views.complaints",
        "grievances.views.sittings", "grievances.views.figures",
    ):  # fmt: skip
        monkeypatch.setattr(f"rasad.{name}.now", wiring.now)


@pytest.fixture
def campaign(officers):
    """A campaign in which bogus cards are given up, and Asha's card with a case."""
    cast.shop()
    cast.card(cast.CARD, *(cast.person(name, mobile="9999900001") for name in PEOPLE))
    cast.card("000000000077", cast.person("Rama"), category="AAY")
    Household.objects.update(district_code=HISAR)
    made = campaigns.plan_campaign(told=TOLD, by=officers.meena, at=NOON)
    campaigns.start(campaign=made, by=officers.meena, at=NOON)
    noticed(officers.meena)
    return made


@pytest.fixture
def holi(headquarters):
    """Two holidays of June, one that has been."""
    for on, name, hindi in (
        (date(2026, 6, 1), "Day of the founding", "स्थापना दिवस"), (date(2026, 6, 17), "Muharram", "मुहर्रम"),
    ):  # fmt: skip
        holidays.add(on=on, name=name, name_hi=hindi, by=headquarters, at=NOON)


@pytest.fixture
def changed(campaign):
    """A change of the criteria with its report."""
    row = {
        "row": "hr.eligibility.rural.x99",
        "code": "R-X-99",
        "said": SAID,
        "document": "order",
        "quotation": SAID["en"],
    }
    counts = {"living": 2, "out": 1, "now": 0, "unsure": 1, "same": 0, "no_facts": 0}
    impact = {"cards": 1, "people": 3, "women_headed": 1, "aged": 0, "kg_a_month": 15}
    made = Reevaluation.objects.create(
        on=NOON.date(), state="reported", rows={}, fingerprint="f", added=[row], counts=counts, impact=impact, at=NOON,
        reported_at=NOON,
    )  # fmt: skip
    for end, number in (("out", cast.CARD), ("unsure", "000000000077")):
        card = Card.objects.get(number=number)
        told = Application.objects.create(
            number=f"X{number[-9:]}", service="new_card", card=card, district_code=HISAR, applicant="x", made_at="x",
            channel="counter", registered_by="x", received_at=NOON, received_on=NOON.date(), due_on=NOON.date(),
        )  # fmt: skip
        reason = {"code": "x", "row": row["row"], "document": "order", "quotation": "q", "said": SAID}
        Reevaluated.objects.create(
            reevaluation=made, card=card, application=told, district_code=HISAR, end=end, held="OPH", found="APL",
            facts={}, reasons=[reason], untold=["owns_air_conditioner"] if end == "unsure" else [], at=NOON,
        )  # fmt: skip
    return made


def heard(meena):
    """Three complaints of one shop, a sitting about them with a measure."""
    for _ in range(3):
        complaints.take_down(
            kind="quality", words="Stones in the wheat", district=HISAR, way="counter", by="citizen", at=NOON,
            shop=cast.RAVIS,
        )  # fmt: skip
    told = complaints.Held(HISAR, "Vigilance Committee, Hansi", NOON.date(), "One shop, three times", ())
    made = complaints.hold_sitting(told=told, by=meena, at=NOON)
    complaints.add_measure(
        sitting=made, kind="quality", problem="Stones in the wheat", measure="Sieve at the godown",
        who="Inspector Hansi", by_when=date(2026, 6, 30), by=meena, at=NOON,
    )  # fmt: skip
    return made


def taken(officers, campaign):
    """A workbook taken in."""
    contents = xlsx(Sheet(ROWS, name="Cars"), Sheet([("x",)], name="Old", state="hidden"))
    told = {"source": "Transport", "file": SimpleUploadedFile("cars.xlsx", contents)}
    client_of(officers.meena).post(f"/campaigns/{campaign.pk}/list", told)
    return TakenList.objects.get()


@pytest.mark.parametrize("language", ["en", "hi"])
def test_pages_are_for_everybody(campaign, holi, changed, officers, log_in, shots, language):
    page, made = log_in(officers.meena), taken(officers, campaign)
    sitting = heard(officers.meena)

    found = [
        look(page, path, language, shots)
        for path in (
            "/applications/holidays", f"/campaigns/{campaign.pk}", f"/campaigns/lists/{made.pk}", "/campaigns",
            f"/campaigns/{campaign.pk}/give-up", f"/campaigns/{campaign.pk}/give-up?card={cast.CARD}",
            "/complaints", "/complaints/figures", "/complaints/sittings", "/complaints/sittings/new",
            f"/complaints/sittings/{sitting.pk}", "/complaint/states", "/complaint/new",
        )
    ]  # fmt: skip
    page = log_in(officers.kavita)
    found += [
        look(page, path, language, shots)
        for path in (
            "/applications/holidays?year=2026",
            "/campaigns/criteria",
            f"/campaigns/criteria/{changed.pk}",
        )
    ]
    assert [problem for problems in found for problem in problems] == []
    assert ListRow.objects.count() == made.rows


def test_card_is_given_up_on_a_phone_without_scripts(campaign, holi, officers, browser, live_server, shots):
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    key = client_of(officers.sunil).session.session_key
    context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page = context.new_page()

    page.goto(f"/campaigns/{campaign.pk}/give-up?language=hi")
    page.fill("#card", cast.CARD)
    page.click("main form button")
    page.locator("input[name=proof][value=signature]").check()
    page.fill("#id_statement", "10 जून का बयान, आशा देवी का अंगूठा")
    page.locator("button[value=open]").click()

    expect(page.locator("h1")).to_be_visible()
    made = Surrender.objects.get()
    assert page.url == f"{live_server.url}/applications/{made.application.number}"
    assert page.locator(f"a[href='/applications/{made.application.number}/slip.pdf']").count() == 1
    shots.take(page, "given-up.hi.phone.jpg")
    context.close()


def test_holiday_is_written_down_and_taken_out_on_a_phone(headquarters, log_in):
    page = log_in(headquarters)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/applications/holidays?language=hi")
    page.fill("#id_on", "2026-08-15")
    page.fill("#id_name", "Independence Day")
    page.fill("#id_name_hi", "स्वतंत्रता दिवस")
    page.click("form[action='/applications/holidays/add'] button")

    expect(page.locator("main table")).to_contain_text("स्वतंत्रता दिवस")
    page.click("form[action='/applications/holidays/remove'] button")
    expect(page.locator("main table")).to_have_count(0)
