"""A pair of people in a real browser: from suspicion to decision to undo, in Hindi, on a phone, by keys alone too."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from rasad import wiring
from rasad.matching.models import Pair
from rasad.oversight.models import Case
from tests.browser.test_desk import phone, press
from tests.browser.test_pages import look
from tests.matching.test_pairs import asif, pair, twice

__all__ = ["asif", "phone", "twice"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=wiring.INDIA)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(wiring, "now", lambda: NOON)
    for module in ("matching.views", "oversight.views.cases"):
        monkeypatch.setattr(f"rasad.{module}.now", wiring.now)


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_page_is_for_everybody(twice, meena, log_in, shots, language):
    one = pair()
    page = log_in(meena)

    assert [
        problem for path in ("/pairs", f"/pairs/{one.pk}") for problem in look(page, path, language, shots)
    ] == []


def test_pair_from_suspicion_to_decision_to_undo(twice, asif, meena, phone):
    one = pair()
    first = phone(asif)
    first.goto("/pairs")
    press(first, "form[action$='/pairs/next'] button")
    expect(first.locator("main")).to_contain_text("पिता या पति")
    expect(first.locator("mark").first).to_have_text("A")
    first.fill("#why", "एक ही फ़ोन और जन्मतिथि")
    press(first, "button[value=same]")
    first.goto(f"/pairs/{one.pk}")
    first.click("summary:has-text('वापस')")
    first.fill("#bwhy", "गलती हुई")
    press(first, "form[action$='/back'] button")
    one.refresh_from_db()
    assert one.state == Pair.State.OPEN

    first.fill("#why", "फिर देखा, एक ही है")
    press(first, "button[value=same]")
    second = phone(meena)
    second.goto(f"/pairs/{one.pk}")
    press(second, "button[value=agree]")

    case = Case.objects.get()
    expect(second.locator("main")).to_contain_text(case.number)
    one.refresh_from_db()
    assert (one.state, one.case_number) == (Pair.State.CONFIRMED, case.number)


def test_pair_is_judged_by_keys_alone(twice, asif, log_in):
    one = pair()
    page = log_in(asif)
    page.goto(f"/pairs/{one.pk}")

    page.focus("#why")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/pairs$"))
    one.refresh_from_db()
    assert one.state == Pair.State.DIFFERENT
