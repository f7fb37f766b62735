"""A removal case the family wins, and one it lost that is restored with what it missed: on a phone, no script."""

import pytest

from rasad.oversight.models import Arrear, Case
from rasad.registry.models import Card
from tests.browser.test_oversight import officers, reviewed
from tests.cast import client_of
from tests.oversight.cast import after, opened, ordered
from tests.oversight.conftest import clock

__all__ = ["clock", "officers", "reviewed"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]


@pytest.fixture
def phone_of(browser, live_server):
    contexts = []

    def of(user):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
        )
        contexts.append(context)
        key = client_of(user).session.session_key
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        return context.new_page()

    yield of
    for context in contexts:
        context.close()


def do(page, case, name, **fields):
    """One act of a case, as its form has it."""
    form = page.locator(f"form[action='/cases/{case.number}/{name}']")
    page.locator("details", has=form).locator("summary").click()
    for field, text in fields.items():
        form.locator(f"[name={field}]").fill(text)
    form.locator("button").click()


@pytest.mark.req("R-BOG-10")
def test_family_answers_and_the_case_is_cleared(reviewed, officers, phone_of):
    case = opened(officers.meena, number="069900000107", ground="moved")
    page = phone_of(officers.sunil)
    page.goto(f"/cases/{case.number}?language=hi")
    do(page, case, "notice")
    do(page, case, "serve", on="2026-06-10")
    do(page, case, "answer", who="Asha", words="हम यहीं रहते हैं")
    do(page, case, "clear", why="पड़ोसियों ने पुष्टि की")

    case.refresh_from_db()
    assert case.state == Case.State.CLEARED
    assert Card.objects.get(number="069900000107").during.upper is None


@pytest.mark.req("R-BOG-10")
def test_card_that_ended_wrongly_is_restored_in_one_act_with_what_it_missed(
    reviewed, officers, phone_of, monkeypatch
):
    case = ordered(officers, number="069900000105")
    assert Card.objects.get(number="069900000105").during.upper == case.ends_on
    later = after(100)
    monkeypatch.setattr("rasad.oversight.views.cases.now", lambda: later)
    page = phone_of(officers.kavita)
    page.goto(f"/cases/{case.number}?language=hi")

    do(page, case, "restore", why="परिवार वहीं रहता है")

    case.refresh_from_db()
    assert case.state == Case.State.RESTORED
    assert Card.objects.get(number="069900000105").during.upper is None
    assert Arrear.objects.filter(case=case, quantity__gt=0).exists()
