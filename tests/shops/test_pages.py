"""The pages about shops and devices: right for their reader, not there for the Stranger."""

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rasad import wiring
from rasad.journal.models import Entry
from rasad.shops import actions, queries
from rasad.shops.models import Device, EnrolmentCode
from tests.cast import client_of, staff
from tests.shops import till
from tests.shops.till import FRIDAY, RAVIS, clock, online

pytestmark = pytest.mark.django_db
NOW = clock(10)


@pytest.fixture(autouse=True)
def _it_is_ten_on_a_friday(monkeypatch):
    """The clock of the pages: India, 15 May 2020, ten in the morning."""
    for page in ("shops", "devices", "late"):
        monkeypatch.setattr(f"rasad.shops.views.{page}.now", lambda: NOW.astimezone(wiring.INDIA))


@pytest.fixture
def counter():
    """Ravi's device, online since eight; his shop is open."""
    device = till.device(till.with_hours(till.shop()))
    session = till.opened(device.pk, at=clock(8))
    actions.heartbeat(session_id=session.id, at=clock(8, 1), battery=81, signal=3)
    online(device, clock(8, 10), clock(9, 59))
    return device


def text(response, *, status=200):
    """What stands on the page, without its marks."""
    assert response.status_code == status
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def pages(device):
    shop = f"/shops/of/{device.shop.number}"
    return [shop, f"{shop}/days", f"{shop}/hours", f"{shop}/enrol", f"/shops/devices/{device.pk}"]


def test_shop_is_listed_with_its_hours_and_its_state(meena, counter):
    said = text(client_of(meena).get("/shops"))

    assert (
        "Ravi Store 106300100001 Village of 63 08:00–12:00, 14:00–17:00 1 Online 15 May 2020, 09:59" in said
    )
    assert re.search(r"1 shops are to be open now 1 shops are online 0 are to be open, but offline", said)


def test_shop_that_should_be_open_and_is_not_heard_of_stands_out(meena, counter):
    silent = till.device(till.with_hours(till.shop("106300100002", name="Silent Store")), till.OTHER_KEY)
    online(silent, clock(8), clock(9))

    said = text(client_of(meena).get("/shops?state=missing"))

    assert "Silent Store" in said
    assert "To be open, but offline" in said
    assert "Ravi Store" not in said


def test_lists_are_searched_by_name_and_number(meena, counter):
    client = client_of(meena)

    for page in ("/shops", "/shops/devices"):
        assert "Ravi Store" in text(client.get(f"{page}?q=ravi"))
        assert "Ravi Store" in text(client.get(f"{page}?q=1063001"))
        assert "Ravi Store" not in text(client.get(f"{page}?q=nobody"))


def test_device_says_how_it_is(meena, counter):
    said = text(client_of(meena).get("/shops/devices"))

    assert "Counter 1" in said
    assert "Online 15 May 2020, 09:59 battery 81%, signal 3, version 1.0 14 May 2020 meena" in said


@pytest.mark.parametrize(
    ("last", "state"), [(clock(9, 58), "Online"), (clock(9, 57, 59), "Silent"), (None, "Not heard of yet")]
)
def test_device_is_online_within_two_minutes(meena, last, state):
    device = till.device(till.shop())
    if last:
        online(device, last, last)

    assert f"Status {state} " in text(client_of(meena).get(f"/shops/devices/{device.pk}"))


def test_stranger_finds_nothing(stranger, counter):
    client = client_of(stranger)

    assert [client.get(page).status_code for page in pages(counter)] == [404] * 5
    assert [
        client.post(f"/shops/of/{RAVIS}/{act}", {"on": "2020-05-16", "reason": "x", "name": "x"}).status_code
        for act in ("close", "reopen", "enrol", "hours")
    ] == [404] * 4
    assert client.post(f"/shops/devices/{counter.pk}/revoke", {"reason": "x"}).status_code == 404
    for page in ("/shops", "/shops/devices", "/shops/late", f"/shops/late?district={63}"):
        assert "Ravi Store" not in text(client.get(page))
    assert RAVIS not in b"".join(client.get("/shops/late.csv?district=63")).decode()
    assert Device.objects.get().revoked_at is None


def test_what_is_not_there_is_not_found(meena):
    client = client_of(meena)

    assert client.get("/shops/of/404").status_code == 404
    assert client.get(f"/shops/devices/{uuid4()}").status_code == 404


def test_dealer_sees_his_shop_and_changes_nothing(counter, ravi):
    till.strangers_shop()
    client = client_of(ravi)

    assert "Ravi Store" in text(client.get("/shops"))
    assert "Depot elsewhere" not in text(client.get("/shops"))
    said = client.get(f"/shops/of/{RAVIS}").content.decode()
    assert "/enrol" not in said
    assert "/close" not in said
    assert "/hours" not in said
    assert "Revoke" not in client.get(f"/shops/devices/{counter.pk}").content.decode()
    assert [
        client.get(f"/shops/of/{RAVIS}/hours").status_code,
        client.post(f"/shops/of/{RAVIS}/enrol", {"name": "Mine"}).status_code,
        client.post(f"/shops/of/{RAVIS}/close", {"on": "2020-05-16", "reason": "x"}).status_code,
        client.post(f"/shops/of/{RAVIS}/reopen", {"on": "2020-05-16"}).status_code,
        client.post(f"/shops/devices/{counter.pk}/revoke", {"reason": "x"}).status_code,
        client.get("/shops/late.csv").status_code,
    ] == [403] * 6


def test_unit_committee_has_no_page_of_shops(counter):
    client = client_of(staff("usha", "unit_committee", ("place", "639")))

    assert [client.get(page).status_code for page in ("/shops", "/shops/devices", "/shops/late")] == [403] * 3


def test_empty_lists_say_so(meena):
    client = client_of(meena)

    assert "No shop here" in text(client.get("/shops"))
    assert "No device here" in text(client.get("/shops/devices"))
    assert "No shop here" in text(client.get("/shops/late"))


def test_inspector_gets_a_code_that_enrols(counter):
    client = client_of(staff("sunita", "inspector", ("place", "639")))

    page = client.post(f"/shops/of/{RAVIS}/enrol", {"name": "Counter 2"})

    said = text(page)
    code = re.search(r"Code for Counter 2 .*?([A-Z2-9]{4} [A-Z2-9]{4})", said)[1]
    assert "until 15 May 2020, 10:15" in said
    assert "<svg" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    device = actions.enrol_with_code(code=code, public_key=till.public(till.OTHER_KEY), at=clock(10, 5))
    assert (device.name, device.shop.number, device.enrolled_by) == ("Counter 2", RAVIS, "sunita")


def test_code_needs_a_name(meena, counter):
    assert "This field is required" in text(
        client_of(meena).post(f"/shops/of/{RAVIS}/enrol", {"name": " "}), status=422
    )
    assert EnrolmentCode.objects.count() == 0


def test_qr_of_a_code_names_the_server(settings, meena):
    settings.PUBLIC_URL = "https://rasad.example"
    code = actions.make_code(shop=till.shop(), name="Counter 1", by=meena, at=NOW)

    assert code.address == f"rasad://enrol?server=https%3A%2F%2Frasad.example&code={code.text}"
    assert code.printed == f"{code.text[:4]} {code.text[4:]}"


def test_device_is_revoked_for_a_reason(meena, counter):
    client = client_of(meena)

    assert "This field is required" in text(
        client.post(f"/shops/devices/{counter.pk}/revoke", {"reason": ""}), status=422
    )
    page = client.post(f"/shops/devices/{counter.pk}/revoke", {"reason": "Stolen"}, follow=True)

    said = text(page)
    assert "Status Revoked" in said
    assert "Reason Stolen" in said
    assert "Shut it out" not in said
    assert Entry.objects.get(action="device.revoked").by == "meena"


def test_shop_shows_its_week_and_closed_days(meena, counter):
    client = client_of(meena)
    client.post(f"/shops/of/{RAVIS}/close", {"on": "2020-05-18", "reason": "Fair in the village"})

    said = text(client.get(f"/shops/of/{RAVIS}"))

    assert "Monday 08:00–12:00, 14:00–17:00 Tuesday" in said
    assert "Sunday closed" in said
    assert "18 May 2020 Fair in the village" in said
    client.post(f"/shops/of/{RAVIS}/reopen", {"on": "2020-05-18"})
    assert "No day to come is marked as closed" in text(client.get(f"/shops/of/{RAVIS}"))


def test_day_that_is_over_is_not_closed_on_the_page(meena, counter):
    page = client_of(meena).post(f"/shops/of/{RAVIS}/close", {"on": "2020-05-14", "reason": "Late"})

    assert "14 May 2020 stays as it was." in text(page, status=422)


def test_hours_are_set_for_a_week_by_its_monday(meena, counter):
    typed = {
        "since": "2020-05-18", "like_monday": "on", "6_morning_opens": "09:00", "6_morning_closes": "11:00",
        "0_morning_opens": "09:00", "0_morning_closes": "13:00",
        "0_afternoon_opens": "15:00", "0_afternoon_closes": "18:00",
    }  # fmt: skip
    client = client_of(meena)

    assert client.post(f"/shops/of/{RAVIS}/hours", typed).status_code == 302

    whole = ((time(9), time(13)), (time(15), time(18)))
    week = queries.week_of(counter.shop, date(2020, 5, 18))
    assert week == dict.fromkeys(range(6), whole) | {6: ((time(9), time(11)),)}
    assert "Other hours hold from 18 May 2020 on." in text(client.get(f"/shops/of/{RAVIS}"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"0_morning_opens": "09:00"}, "Both times, or neither."),
        ({"0_morning_opens": "09:00", "0_morning_closes": "08:00"}, "It closes after it opens."),
        (
            {
                "0_morning_opens": "09:00", "0_morning_closes": "13:00",
                "0_afternoon_opens": "12:00", "0_afternoon_closes": "17:00",
            },
            "The afternoon comes after the morning.",
        ),
        ({"0_morning_opens": "nine"}, "Enter a valid time."),
        ({"since": ""}, "This field is required."),
    ],
)  # fmt: skip
def test_hours_that_do_not_fit_are_told_beside_their_field(meena, counter, typed, said):
    page = client_of(meena).post(f"/shops/of/{RAVIS}/hours", {"since": "2020-05-18", **typed})

    assert said in text(page, status=422)
    assert queries.week_of(counter.shop, date(2020, 5, 18))[0] == (till.MORNING, till.AFTERNOON)


def test_hours_of_today_are_not_rewritten_on_the_page(meena, counter):
    page = client_of(meena).post(f"/shops/of/{RAVIS}/hours", {"since": "2020-05-15"})

    assert "were not changed from 15 May 2020 on" in text(page, status=422)


@pytest.mark.req("R-POS-24")
def test_report_names_late_shops_and_the_page_of_a_shop_its_days(meena, counter):
    thursday = FRIDAY - timedelta(days=1)
    online(counter, clock(8, 30, on=thursday), clock(12, on=thursday))
    online(counter, clock(14, on=thursday), clock(16, on=thursday))
    client = client_of(meena)

    # 13 days up to today, 11 of them without a word; today from 8:01 to 8:10 offline.
    said = text(client.get("/shops/late"))
    days = text(client.get(f"/shops/of/{RAVIS}/days"))

    assert "Ravi Store 106300100001 13 1 30 11 13 4,719" in said
    assert "Thursday, 14 May 2020 08:00–12:00, 14:00–17:00 08:30 30 90 late start" in days
    assert "Friday, 15 May 2020 08:00–12:00, 14:00–17:00 08:00 0 9 interrupted" in days
    assert "Wednesday, 13 May 2020 08:00–12:00, 14:00–17:00 – – 420 not started" in days
    assert "Sunday, 10 May 2020 – – – – no hours" in days


def test_report_of_another_month_is_picked(meena, counter):
    client = client_of(meena)

    assert "April 2020" in text(client.get("/shops/late?month=2020-04"))
    for odd in ("2020-06", "2020-13", "x", ""):
        assert "May 2020" in text(client.get(f"/shops/late?month={odd}"))
    assert "May 2020" in text(client.get(f"/shops/of/{RAVIS}/days?month=1900-01"))
    assert "No day of this month" not in text(client.get(f"/shops/of/{RAVIS}/days?month=2020-04"))


def test_headquarters_picks_a_district(headquarters, counter):
    till.with_hours(till.strangers_shop())
    client = client_of(headquarters)

    assert "Ravi Store" in text(client.get("/shops/late?district=63"))
    elsewhere = text(client.get("/shops/late?district=71"))
    assert "Depot elsewhere" in elsewhere
    assert "Ravi Store" not in elsewhere
    assert "Depot elsewhere" in text(client.get("/shops?district=71"))


def test_days_are_taken_as_a_file_and_the_journal_knows(meena, counter):
    page = client_of(meena).get("/shops/late.csv?month=2020-05")

    lines = b"".join(page).decode("utf-8-sig").splitlines()
    assert lines[0] == "Shop,Name of the shop,Day,To be open,Started,Minutes late,Minutes offline,Remark"
    assert lines[15] == f'{RAVIS},Ravi Store,2020-05-15,"08:00–12:00, 14:00–17:00",08:00,0,9,interrupted'
    assert lines[14] == f'{RAVIS},Ravi Store,2020-05-14,"08:00–12:00, 14:00–17:00",,,420,not started'
    assert len(lines) == 16
    assert page["Content-Disposition"] == 'attachment; filename="late-starts-2020-05-2020-05-15-1000.csv"'
    entry = Entry.objects.get(action="shop.exported")
    assert (entry.by, entry.of_key) == ("meena", "late_starts")
    assert entry.facts == {"narrowed_by": {"month": "2020-05", "district": "63"}}


@pytest.mark.parametrize("page", ["/shops", "/shops/devices", "/shops/late", f"/shops/of/{RAVIS}"])
def test_page_asks_as_often_for_three_as_for_one(meena, counter, page):
    client = client_of(meena)
    client.get(page)
    with CaptureQueriesContext(connection) as for_one:
        client.get(page)
    for number in (2, 3):
        other = till.with_hours(till.shop(f"10630010000{number}", name=f"Store {number}"))
        more = till.device(other, key_of(number))
        till.device(counter.shop, key_of(number + 10), name=f"Counter {number}")
        online(more, clock(8), clock(9))
    with CaptureQueriesContext(connection) as for_three:
        client.get(page)

    assert len(for_three) == len(for_one)


def key_of(number):
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


@pytest.mark.parametrize("language", ["hi", "bn"])
def test_pages_speak_the_readers_language(meena, counter, language):
    client = client_of(meena)

    for page in ["/shops", "/shops/devices", "/shops/late", *pages(counter)]:
        heading = client.get(f"{page}?language={language}").content.decode()
        assert re.search(r"[\u0900-\u09ff]", heading.split("<h1>")[1].split("</main>")[0])
