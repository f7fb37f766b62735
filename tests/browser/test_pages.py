"""Every page in every language, on a phone and on a desk: readable for all, and nothing sticks out."""

import json
import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from rasad.accounts.actions import create_staff
from rasad.accounts.middleware import OPEN
from tests.browser.conftest import WIDTHS
from tests.cast import HISAR, NOON, client_of
from tests.relief.cast import ASHA, HANSI, KAMLA, NOOR, RUN_KEY, SHOP
from tests.web.addresses import every_address
from tests.web.test_furniture import NO_PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPEN_PAGES = [path for name, path in every_address() if name in OPEN and name not in NO_PAGES]
STAFF_PAGES = [
    "/",
    "/relief/tokens",
    "/relief/tokens?q=nobody-of-this-name",
    f"/relief/tokens/{ASHA}",
    f"/relief/tokens/{NOOR}",
    f"/relief/tokens/{KAMLA}",
    "/relief/rows",
    "/relief/reviews",
    "/relief/shops",
    f"/relief/shops/{SHOP}",
    f"/relief/places/{HANSI}",
    "/relief/runs",
    f"/relief/runs/{RUN_KEY}",
    "/staff",
    "/staff/new",
    "/staff/of/meena",
    "/journal",
    "/journal?by=nobody",
    "/my-account",
    "/my-account/password",
    "/nowhere",
]


def violations(page, language="en"):
    """What axe-core finds. Colours are the same in every language: measured once, they cost the most."""
    rules = {"color-contrast": {"enabled": language == "en"}}
    options = {"resultTypes": ["violations"], "preload": False, "rules": rules}
    # Half a megabyte of script: once a page, not once a width of it.
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(f"axe.run({json.dumps(options)}).then((found) => found.violations)")


def look(page, path, language, shots):
    """Problems of one page at every width, in words."""
    page.goto(f"{path}{'&' if '?' in path else '?'}language={language}")
    name = re.sub(r"\W+", "-", path).strip("-") or "start"
    found = [] if page.locator("html").get_attribute("lang") == language else [f"{path}: not in {language}"]
    for width, pixels in WIDTHS.items():
        where = f"{path} {language} {width}"
        page.set_viewport_size({"width": pixels, "height": 800})
        shots.take(page, f"{name[:60]}.{language}.{width}.jpg")
        for problem in violations(page, language):
            found.append(f"{where}: {problem['id']} {problem['nodes'][0]['html'][:160]}")
        overhang = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if overhang > 0:
            found.append(f"{where}: sticks out by {overhang} px")
    return found


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_open_page_is_for_everybody(page, shots, language):
    assert [problem for path in OPEN_PAGES for problem in look(page, path, language, shots)] == []


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_staff_page_is_for_everybody(world, headquarters, meena, log_in, shots, language):
    page = log_in(headquarters)
    assert [problem for path in STAFF_PAGES for problem in look(page, path, language, shots)] == []


def test_steps_of_the_log_in_are_for_everybody(page, shots):
    made = create_staff(username="asif", role="inspector", areas=[("district", HISAR)], by="test", at=NOON)
    assert look(page, "/log-in", "hi", shots) == []
    page.fill("#id_username", "asif")
    page.fill("#id_password", "not the password")
    page.click("main button")
    assert page.locator(".notice.error").count() == 1
    assert violations(page) == []
    page.fill("#id_username", "asif")
    page.fill("#id_password", made.password)
    page.click("main button")
    assert look(page, "/log-in/set-up", "hi", shots) == []


def test_page_works_without_scripts(browser, live_server, headquarters, world):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    key = client_of(headquarters).session.session_key
    context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/journal")
    page.click(".signed-in > summary")
    page.locator(".drop-nav summary", has_text="Office").click()
    page.locator(".drop-nav").get_by_role("link", name="Staff").click()
    page.fill("input[name=q]", "kavita")
    page.click("form.filters button")
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("link", name="हिन्दी").click()
    assert page.locator("h1").inner_text() == "कर्मचारी"
    assert page.input_value("input[name=q]") == "kavita"
    page.click(".signed-in > summary")
    page.locator(".drop form button").click()
    assert page.url.endswith("/log-in")
    context.close()


def test_keyboard_reaches_the_content_first_and_focus_is_seen(page):
    page.goto("/contact")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_text_twice_as_large_is_not_cut_off(page):
    page.set_viewport_size({"width": 640, "height": 800})
    page.goto("/contact?language=hi")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
