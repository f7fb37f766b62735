"""Applications in a real browser: from the form to the card, from a late one to its new day, from a refusal to a reply.

In Hindi, on a phone without JavaScript.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from rasad import wiring
from rasad.applications import clock
from rasad.applications.models import Application
from rasad.grievances.models import Complaint
from rasad.registry.families import family
from tests.applications.conftest import (
    MARCH_2,
    POOR,
    about_card,
    asif,
    bimla,
    new_card,
    put_down,
    registered,
    verified,
)
from tests.browser.test_desk import phone, press, telephones
from tests.browser.test_pages import look

__all__ = ["asif", "bimla", "phone", "registered", "telephones"]
pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("registered", "march"),
]  # fmt: skip
VIEWS = (
    "applications.views.office", "applications.views.acts", "applications.views.files", "applications.views.citizen",
    "applications.views.public", "applications.views.from_file", "grievances.views.complaints",
    "delivery.views.citizen",
)  # fmt: skip
LOST = {"wants": {"reason": "lost"}}


@pytest.fixture
def march(monkeypatch):
    """The books are at the second of March 2026; later for whoever calls it with days."""
    told = {"at": MARCH_2.astimezone(wiring.INDIA)}

    def now():
        return told["at"]

    monkeypatch.setattr(wiring, "now", now)
    for module in VIEWS:
        monkeypatch.setattr(f"rasad.{module}.now", now)

    def later(days):
        told["at"] += timedelta(days=days)
        return told["at"]

    return later


def fill_in(page):
    """The form of a new card as somebody at the counter fills it in."""
    page.fill("#id_applicant", "गीता देवी")
    page.select_option("#id_place", "village:61068")
    page.fill("#id_address", "House 7")
    page.fill("#id_people-0-name", "गीता देवी")
    page.select_option("#id_people-0-sex", "F")
    page.fill("#id_people-0-birth_year", "1986")
    for name, value in POOR.items():
        if isinstance(value, bool):
            page.check(f"input[name={name}][value={'yes' if value else 'no'}]")
        elif name in ("existing_card", "main_income"):
            page.select_option(f"#id_{name}", value)
        elif name != "members_employment":
            page.fill(f"#id_{name}", value)
    for group, kind in ((1, "voter_id"), (2, "water_bill"), (3, "affidavit")):
        page.select_option(f"#id_kind_{group}", kind)


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_page_is_for_everybody(asif, bimla, log_in, shots, language):
    decided = verified(put_down(new_card()), asif)
    first = put_down(about_card("duplicate_card", **LOST))
    page = log_in(bimla)
    paths = (
        "/applications", "/applications/new", "/applications/new/new_card",
        "/applications/new/correction?card=006300000001", "/applications/from-file",
        f"/applications/{decided.number}", f"/applications/{first.number}/visit", "/complaints", "/services",
        f"/application-status?number={first.number}", "/complaint/new", "/services/statement?month=2026-03",
    )  # fmt: skip

    assert [problem for path in paths for problem in look(page, path, language, shots)] == []


def test_new_card_from_the_counter_to_the_hand(asif, bimla, phone):
    page = phone(asif)
    page.goto("/applications/new")
    press(page, "a[href$='/new/new_card']")
    fill_in(page)
    press(page, "main form.panel .actions button")

    made = Application.objects.get()
    expect(page).to_have_url(re.compile(f"/applications/{made.number}$"))
    press(page, "form[action$='/open'] button")
    press(page, "a[href$='/visit']")
    page.check("input[name=found][value=as_said]")
    page.fill("#id_people_seen", "1")
    press(page, "main form .actions button")
    page.fill("#finding", "घर पर देखा")
    press(page, "form[action$='/verify'] button")
    other = phone(bimla)
    other.goto("/applications?heap=to_decide")
    press(other, f"a[href$='{made.number}']")
    press(other, "form[action$='/approve'] button")
    page.goto(f"/applications/{made.number}")
    page.fill("#to", "गीता देवी")
    press(page, "form[action$='/collect'] button")

    made.refresh_from_db()
    assert (made.state, made.category, made.collected_by) == ("issued", "OPH", "गीता देवी")
    assert [one.name for one in family(made.issued_card.number, on=made.decided_on).members] == ["गीता देवी"]


def test_family_applies_on_its_own_telephone_and_follows_it(phone, telephones):
    page = phone()
    page.goto("/services")
    press(page, "a[href$='/my-applications']")
    page.fill("#id_mobile", "9812300001")
    press(page, "main form button")
    code = re.search(r"\b\d{6}\b", telephones.messages_for("9812300001")[-1].text)[0]
    page.fill("#id_code", code)
    press(page, "main form button")
    press(page, ".page-top a.button")
    page.select_option("#d-new_card", "63")
    press(page, "form[action$='/apply/new_card'] button")
    fill_in(page)
    press(page, "main form.panel .actions button")

    made = Application.objects.get()
    expect(page.locator("main")).to_contain_text(made.number)
    assert (made.channel, made.mobile) == ("web", "9812300001")


def test_late_one_goes_up_by_itself_and_the_family_reads_why(asif, bimla, phone, march):
    made = verified(put_down(about_card("duplicate_card", **LOST)), asif)
    clock.goes_up(at=march(8))
    page = phone(bimla)
    page.goto("/applications")
    press(page, f"a[href$='{made.number}']")
    page.fill("#id_reason", "प्रिंटर खराब है")
    page.fill("#id_likely_on", "2026-03-14")
    press(page, "form[action$='/delay'] button")
    anybody = phone()
    anybody.goto(f"/application-status?number={made.number}")
    expect(anybody.locator("main")).to_contain_text("14 मार्च 2026")

    page.fill("#late1", "प्रिंटर खराब था")
    press(page, "form[action$='/approve'] button")

    made.refresh_from_db()
    assert (made.state, made.late_reason) == ("approved", "प्रिंटर खराब था")


def test_refusal_is_complained_of_and_answered(asif, bimla, meena, phone):
    made = verified(put_down(new_card()), asif)
    page = phone(bimla)
    page.goto(f"/applications/{made.number}")
    page.click("summary:has-text('अस्वीकार')")
    page.select_option("#ground", "not_living_here")
    page.fill("#rwhy", "पड़ोसी नहीं जानते")
    press(page, "form[action$='/reject'] button")
    anybody = phone()
    anybody.goto(f"/application-status?number={made.number}")
    press(anybody, "main a[href*='complaint/new']")
    anybody.fill("#id_words", "हम यहीं रहते हैं")
    press(anybody, "main form button")
    complaint = Complaint.objects.get()
    expect(anybody.locator("main")).to_contain_text(complaint.number)

    office = phone(meena)
    office.goto("/complaints")
    press(office, f"a[href$='{complaint.number}']")
    office.fill("#words", "दोबारा जाँच होगी; फिर से आवेदन करें।")
    press(office, "button[value=reply]")
    anybody.goto(f"/complaint?number={complaint.number}")
    expect(anybody.locator("main")).to_contain_text("दोबारा जाँच होगी")
