"""Relief in a real browser: the map of a district, a run followed live, lists without scripts."""

import pytest
from playwright.sync_api import expect

from rasad.relief import runs
from rasad.relief.models import Run
from tests.browser.test_pages import look
from tests.cast import client_of
from tests.relief.cast import run

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_map_of_a_district_is_for_everybody(world, meena, log_in, shots):
    page = log_in(meena)
    assert look(page, "/", "en", shots) == []
    # Who cannot use a mouse gets to each village where families wait; the shops are in their list.
    village = page.get_by_role("link", name="Uklana: 1 family without a shop")
    village.focus()
    expect(village).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Uklana")


def test_run_is_followed_live_until_it_ends(world, headquarters, log_in):
    under_way = run(key="c0ffee", state="running", stage="screen", percent=10, finished_at=None)
    runs.hold(under_way)
    page = log_in(headquarters)
    page.goto("/relief/runs/c0ffee")
    expect(page.locator(".stages .now")).to_contain_text("Applies the conditions of the scheme")
    Run.objects.filter(pk=under_way.pk).update(stage="merge", percent=55)
    expect(page.locator(".stages .now")).to_contain_text("Joins the rows of one family", timeout=10_000)
    expect(page.locator("progress")).to_have_attribute("value", "55")
    Run.objects.filter(pk=under_way.pk).update(state="done", stage="done", percent=100)
    # The whole page is new: what came out stands on it.
    expect(page.locator(".stages .done")).to_have_count(9, timeout=10_000)
    expect(page.locator("[hx-get]")).to_have_count(0)


def test_lists_are_searched_and_sorted_without_scripts(browser, live_server, world, meena):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    key = client_of(meena).session.session_key
    context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Tokens without a shop").click()
    assert page.locator("tbody tr").count() == 2
    page.get_by_role("link", name="Head of the family").click()
    assert "Kamla Rani" in page.locator("tbody tr").first.inner_text()
    page.fill("input[name=q]", "noor")
    page.get_by_role("button", name="Search").click()
    assert page.locator("tbody tr").count() == 1
    page.locator("tbody a").first.click()
    assert page.locator("h1").inner_text() == "063-00000-00003-0"
    context.close()
