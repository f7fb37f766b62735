"""Shops and devices in a real browser: every page on a phone and on a desk, a device enrolled and shut out."""

import pytest
from django.utils import timezone

from rasad.shops import actions
from rasad.shops.models import Device
from tests.browser.test_pages import look, violations
from tests.cast import client_of
from tests.shops import till
from tests.shops.till import RAVIS, clock, online

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def counter(meena):
    """Ravi's device after a Friday with a late start; another shop has none, and a third was revoked."""
    device = till.device(till.with_hours(till.shop()))
    session = till.opened(device.pk, at=clock(8, 25))
    actions.heartbeat(session_id=session.id, at=clock(8, 26), battery=81, signal=3)
    online(device, clock(8, 27), clock(12))
    till.shop("106300100002", name="Jan Kalyan Upbhokta Bhandar")
    other = till.shop("106300100003", name="Depot at the canal")
    lost = till.device(other, till.OTHER_KEY, name="Old counter")
    actions.revoke_device(device=lost, reason="Stolen on 3 May", by=meena, at=clock(9))
    actions.close_day(
        shop=device.shop, on=clock(9).date().replace(year=2099), reason="Fair in the village", by=meena,
        at=clock(9),
    )  # fmt: skip
    return device


def pages(device):
    shop = f"/shops/of/{RAVIS}"
    return [
        "/shops", "/shops?q=nobody", "/shops/devices", "/shops/late?month=2020-05", shop, f"{shop}/hours",
        f"{shop}/enrol", f"{shop}/days?month=2020-05", f"/shops/devices/{device.pk}",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_page_is_for_everybody(counter, meena, log_in, shots, language):
    page = log_in(meena)

    assert [problem for path in pages(counter) for problem in look(page, path, language, shots)] == []


def test_device_is_enrolled_and_shut_out_without_scripts(counter, meena, browser, live_server, shots):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    key = client_of(meena).session.session_key
    context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page = context.new_page()
    page.goto("/shops")
    page.get_by_role("link", name="Ravi Store").click()
    page.get_by_role("link", name="Enrol a device").click()
    page.fill("input[name=name]", "Counter 2")
    page.get_by_role("button", name="Show the code").click()
    shots.take(page, "shops-code.en.phone.jpg")
    code = page.locator(".handed-over").inner_text()
    # The device speaks to the server itself; here it is the test that holds the key.
    device = actions.enrol_with_code(code=code, public_key=till.public(till.THIRD_KEY), at=timezone.now())
    page.get_by_role("link", name="To the shop and its devices").click()
    page.get_by_role("link", name="Counter 2").click()
    page.fill("input[name=reason]", "Sold")
    page.get_by_role("button", name="Revoke the device").click()
    assert "The device is shut out" in page.locator("#told").inner_text()
    assert Device.objects.get(pk=device.pk).revoke_reason == "Sold"
    context.close()


def test_mistake_in_the_hours_is_told_beside_its_field(counter, meena, log_in, shots):
    page = log_in(meena)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"/shops/of/{RAVIS}/hours?language=hi")
    page.fill("#id_0_morning_closes", "07:00")
    page.locator("main button").click()
    shots.take(page, "shops-hours-wrong.hi.phone.jpg")

    assert page.locator("#id_0_morning_closes").get_attribute("aria-invalid") == "true"
    assert violations(page, "hi") == []


def test_report_on_paper_has_the_figures_and_no_buttons(counter, meena, log_in, shots):
    page = log_in(meena)
    page.goto(f"/shops/of/{RAVIS}/days?month=2020-05")
    page.emulate_media(media="print")
    shots.take(page, "shops-days.en.print.jpg")

    assert page.get_by_text("Friday, 15 May 2020").is_visible()
    assert not page.get_by_role("button", name="Show").is_visible()
    assert not page.locator(".pages, .filters, .main-nav").first.is_visible()
