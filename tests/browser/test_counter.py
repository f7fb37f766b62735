"""The counter in a real browser on a 5-inch screen: by keyboard alone, in each language, with a finger on a reader."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page

from rasad import wiring
from rasad.connectors.aadhaar import twins as aadhaar
from rasad.connectors.impds import sandbox as impds
from rasad.connectors.sms import sandbox as sms
from rasad.counter import furnish
from rasad.counter.models import Sale
from rasad.shops.models import Shop
from tests.browser.till import Till
from tests.cast import client_of
from tests.counter import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = ["en", "hi", "bn"]


@pytest.fixture
def outside(settings, tmp_path, monkeypatch) -> Iterator[cast.World]:
    """The outside world as twins, and the books' clock at noon of 12 November 2026, going on."""
    shift = cast.NOON - datetime.now(wiring.INDIA)
    monkeypatch.setattr(wiring, "_shift", lambda: shift)
    with aadhaar.running() as uidai, sms.running() as telephones, impds.running(clock=wiring.now) as states:
        made = cast.World(uidai, telephones, states)
        cast.wired(settings, made, tmp_path)
        yield made


@pytest.fixture
def till(outside, ravi, page: Page, log_in, shots, request):
    """Ravi at his counter, with Asha's card in the register and the reader found at its port."""
    cast.shop()
    cast.ashas_card()
    port = outside.aadhaar.reader.url.rpartition(":")[2]
    page.add_init_script(f"sessionStorage.setItem('reader-port', '{port}')")
    log_in(ravi)
    return Till(page, shots, getattr(request, "param", "en"))


def code_on(outside, mobile: str = "9999900001") -> str:
    """The newest code the telephone shows: six digits, wherever they stand in the text."""
    texts = [message.text for message in outside.sms.messages_for(mobile)]
    return [code for text in texts for code in re.findall(r"(?<![0-9])[0-9]{6}(?![0-9])", text)][-1]


@pytest.mark.parametrize("till", LANGUAGES, indirect=True)
def test_home_sale_by_finger_with_the_keyboard_alone(till, outside):
    till.open()
    till.look("1-start")
    till.type(cast.CARD)
    till.look("2-family")
    till.enter()
    till.look("3-finger")
    outside.aadhaar.reader.place(cast.ASHA, "LEFT_INDEX")
    till.enter()
    till.look("5-quantities")
    till.page.keyboard.type("10.5")
    till.look("5-quantities-typed")
    till.enter()
    till.look("5-price")
    till.enter()
    till.look("6-receipt")

    assert till.problems == []
    assert (Sale.objects.get().mode, Sale.objects.get().amount) == ("biometric", 2_100)


@pytest.mark.parametrize("till", LANGUAGES, indirect=True)
def test_sale_by_code_after_a_finger_that_did_not_match(till, outside):
    till.open()
    till.type(cast.CARD)
    till.enter()
    outside.aadhaar.reader.place(cast.ASHA, "LEFT_INDEX", is_good=False)
    till.enter()
    till.look("4-code-mobiles")
    till.enter()
    till.look("4-code")
    till.type("000000")
    till.look("4-code-wrong")
    till.type(code_on(outside))
    till.page.locator("[data-all]").first.press("Enter")
    till.enter()
    till.enter()
    till.look("6-receipt-code")

    assert till.problems == []
    assert Sale.objects.get().mode == "mobile_otp"


@pytest.mark.parametrize("till", LANGUAGES, indirect=True)
def test_sale_without_authentication(till):
    till.open()
    till.type(cast.CARD)
    till.enter()
    till.page.locator("form[action$=skip] button").press("Enter")
    till.page.wait_for_url("**/code")
    till.page.locator("a.button.quiet").last.press("Enter")
    till.page.wait_for_url("**/without")
    till.look("4-without")
    till.enter()
    till.page.locator("[data-everything]").press("Enter")
    till.page.wait_for_url("**all=1")
    till.enter()
    till.enter()
    till.look("6-receipt-without")

    assert till.problems == []
    assert Sale.objects.get().mode == "unauthenticated"


@pytest.mark.parametrize("till", LANGUAGES, indirect=True)
def test_card_of_another_state_under_impds(till, outside):
    till.open("/counter/impds")
    till.look("7-impds")
    till.enter()
    till.look("7-impds-billing")
    till.enter()
    till.look("7-impds-bill")
    till.type("190000000101")
    till.look("7-impds-consent")
    till.page.locator("button[value=yes]").press("Enter")
    till.page.wait_for_url("**/finger")
    outside.aadhaar.reader.place(cast.ASHA, "RIGHT_INDEX", is_good=False)
    till.enter()
    till.look("7-impds-second-finger")
    outside.aadhaar.reader.place(cast.ASHA, "LEFT_INDEX")
    till.enter()
    till.look("7-impds-quantities")
    till.page.locator("[data-everything]").press("Enter")
    till.page.wait_for_url("**all=1")
    till.enter()
    till.enter()
    till.look("7-impds-receipt")

    assert till.problems == []
    assert (Sale.objects.get().kind, Sale.objects.get().mode) == ("visitor", "biometric")


@pytest.mark.parametrize("till", LANGUAGES, indirect=True)
def test_card_of_another_state_that_is_not_served(till, outside):
    till.open("/counter/impds/billing/bill-generation")
    till.type("190000000106")
    till.look("7-impds-not-nfsa")
    till.open("/counter/impds/billing/bill-generation")
    till.type("020000000104")
    till.page.locator("button[value=yes]").press("Enter")
    till.page.wait_for_url("**/finger")
    for finger in ("RIGHT_INDEX", "LEFT_INDEX", "RIGHT_THUMB"):
        outside.aadhaar.reader.place("999955183433", finger, is_good=False)
        till.enter()
    till.look("7-impds-three-failed")
    till.enter()
    outside.aadhaar.reader.place("999955183433", "RIGHT_INDEX")
    till.enter()
    till.look("7-impds-gap")

    assert till.problems == []
    assert Sale.objects.count() == 0


@pytest.mark.parametrize("till", LANGUAGES, indirect=True)
def test_sales_stock_and_notice(till, outside):
    till.open("/counter/sales")
    till.look("8-sales-none")
    till.open()
    till.type(cast.CARD)
    till.enter()
    till.page.locator("form[action$=skip] button").press("Enter")
    till.page.wait_for_url("**/code")
    till.page.locator("a[href$=without]").press("Enter")
    till.page.wait_for_url("**/without")
    till.enter()
    till.page.locator("[data-everything]").press("Enter")
    till.page.wait_for_url("**all=1")
    till.enter()
    till.enter()
    till.page.locator("a[href$=reverse]").press("Enter")
    till.page.wait_for_url("**/reverse")
    till.look("8-reverse")
    till.type("Wrong family")
    till.look("8-receipt-taken-back")
    for path, what in PAGES:
        till.open(path)
        till.look(what)
    till.open("/counter/stock/correction")
    till.page.locator("main form button").press("Enter")
    till.page.wait_for_selector(".errorlist")
    till.look("9-correction-wrong")

    assert till.problems == []


PAGES = (
    ("/counter/sales", "8-sales"),
    ("/counter/stock", "9-stock"),
    ("/counter/stock/arrival", "9-arrival"),
    ("/counter/stock/correction", "9-correction"),
    ("/counter/stock/movements", "9-movements"),
    ("/counter/notice", "10-notice"),
)


@pytest.mark.parametrize("till", LANGUAGES, indirect=True)
def test_training_and_corrections_of_stock(till, outside, settings, tmp_path, meena, log_in):
    settings.HOME, settings.TRAINING = tmp_path, True
    furnish.cards_to_try(Shop.objects.get(), at=cast.NOON)
    (tmp_path / "twins" / "twins.json").write_text(f'{{"reader": "{outside.aadhaar.reader.url}"}}')
    till.open("/counter/training")
    till.look("11-training")
    till.open("/counter/stock/correction")
    till.page.get_by_role("radio").first.press("Space")
    till.page.fill("#id_quantity", "12.5")
    till.page.fill("#id_reason", "Rain came through the roof")
    till.page.locator("main form button").press("Enter")
    till.page.wait_for_url("**/counter/stock")
    till.look("11-stock-waiting")
    log_in(meena)
    till.open("/counter/stock-changes")
    till.look("11-changes")
    till.page.locator(".menu a").press("Enter")
    till.page.wait_for_url("**/stock-changes/*")
    till.look("11-change")
    till.page.locator("button[value=confirm]").press("Enter")
    till.page.wait_for_url("**/stock-changes")
    till.look("11-changes-decided")

    assert till.problems == []


def test_page_stands_well_on_a_desk_and_twice_as_large(till):
    till.open()
    till.type(cast.CARD)
    for width, size in ((1280, "100%"), (720, "200%")):
        till.page.set_viewport_size({"width": width, "height": 800})
        till.page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        till.shots.take(till.page, f"counter-family.{width}.jpg")
        assert till.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_sale_without_scripts(outside, ravi, browser, live_server):
    cast.shop()
    cast.ashas_card()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    key = client_of(ravi).session.session_key
    context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page = context.new_page()
    page.goto("/counter")
    page.fill("#id_number", cast.CARD)
    page.get_by_role("button", name="Show the card").click()
    page.get_by_role("link", name="Go on with the finger").click()
    assert page.get_by_text("This browser runs no scripts").is_visible()
    page.get_by_role("button", name="The finger cannot be read").click()
    page.get_by_role("button", name="Send the code").click()
    assert page.get_by_text("It holds until 12:01").is_visible()
    page.fill("#id_code", code_on(outside))
    page.get_by_role("button", name="Check the code").click()
    page.locator("button[value=wheat]").click()
    page.locator("button[name=look]").last.click()
    page.get_by_role("button", name="Sell").click()
    assert page.locator(".grand").inner_text() == "₹30.00"
    context.close()
