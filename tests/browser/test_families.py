"""A family's own card in a real browser: in Hindi, on a phone, without JavaScript; and the officials' desk."""

import pytest
from playwright.sync_api import expect

from rasad import wiring
from rasad.families.models import MobileChange
from rasad.registry import indexing
from rasad.registry.models import Household
from tests.browser.test_pages import look
from tests.cast import client_of
from tests.counter import cast
from tests.counter.cast import CARD
from tests.counter.conftest import _twins, ashas, ravis, world
from tests.families.conftest import HEAD, NOON, VIEWS, code_in

__all__ = ["_twins", "ashas", "ravis", "world"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "9999900055"


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(wiring, "now", lambda: NOON)
    for name in VIEWS:
        monkeypatch.setattr(f"rasad.families.views.{name}.now", wiring.now)


@pytest.fixture
def family(ashas, world, meena):
    """Asha's card after a sale, looked at once by Meena."""
    Household.objects.filter(pk=ashas.household_id).update(district_code="63", address="House 4")
    indexing.refresh_stale()
    shown = cast.visit()
    cast.unauthenticated(shown)
    cast.sell(shown, wheat=5_000)
    client_of(meena).get(f"/families/{CARD}")
    return ashas


@pytest.fixture
def phone(browser, live_server):
    """A telephone's browser in Hindi, without scripts."""
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto("/my-card?language=hi")
    yield page
    context.close()


@pytest.mark.req("R-NFR-02", "R-CRD-23")
def test_family_opens_its_card_and_changes_a_mobile_on_a_phone_in_hindi(phone, family, world, shots):
    assert phone.locator("html").get_attribute("lang") == "hi"
    phone.fill("#id_card", CARD)
    phone.fill("#id_mobile", HEAD)
    phone.click("main form button")
    phone.fill("#id_code", code_in(world))
    phone.click("main form.panel button")
    shots.take(phone, "my-card.hi.phone.jpg")

    expect(phone.locator(".dues > li")).not_to_have_count(0)
    expect(phone.locator(".people > li")).to_have_count(3)
    expect(phone.get_by_text("Meena Kumari")).to_be_visible()
    assert HEAD not in phone.content()
    phone.locator(".dues summary").first.click()
    expect(phone.locator(".dues details[open] blockquote").first).to_be_visible()

    phone.goto("/my-card/mobile")
    phone.select_option("#id_line", "1")
    phone.fill("#id_mobile", NEW)
    phone.click("main form.panel button")
    phone.fill("#id_code", code_in(world, NEW))
    phone.click("main form.panel button")
    expect(phone.locator(".people")).to_contain_text("0055")
    assert MobileChange.objects.get().told_old is True

    phone.locator("form[action='/my-card/leave'] button").click()
    expect(phone.locator("#id_card")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_pages_of_the_desk_are_for_everybody(family, log_in, meena, shots, language):
    page = log_in(meena)
    pages = [
        "/families", "/families?q=Asha", "/families?q=Gulabo", f"/families/{CARD}", f"/families/{CARD}?on=2018-01-01",
        f"/families/{CARD}/print", f"/families/{CARD}/mobile",
    ]  # fmt: skip

    assert [problem for path in pages for problem in look(page, path, language, shots)] == []


def test_own_page_is_for_everybody(page, family, world, shots):
    page.goto("/my-card?language=en")
    page.fill("#id_card", CARD)
    page.fill("#id_mobile", HEAD)
    page.click("main form button")
    page.fill("#id_code", code_in(world))
    page.click("main form.panel button")

    assert [
        problem for path in ("/my-card", "/my-card/mobile") for problem in look(page, path, "en", shots)
    ] == []


def test_box_finds_the_family_in_another_script_without_scripts(family, live_server, browser, meena):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    key = client_of(meena).session.session_key
    context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page = context.new_page()
    page.goto("/families?language=hi")
    page.fill("#q", "आशा देवी")
    page.click(".finder button")
    page.click(".found a")

    expect(page.locator("h1")).to_have_text("Asha Devi")
    context.close()
