"""Which shop started late on which day, and how long it was offline."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from rasad.shops import actions, queries
from rasad.shops.models import OnlineSpan, Shop
from rasad.values.month import Month
from tests.shops import till
from tests.shops.till import FRIDAY, clock, online

pytestmark = pytest.mark.django_db
MAY = Month(2020, 5)
NIGHT = clock(23)


def on(day, *, at=NIGHT, shops=None):
    """The days of all shops in May that are this one."""
    found = queries.days(shops if shops is not None else Shop.objects.all(), MAY, at=at)
    return [one for one in found if one.day == day]


def told(day, **given):
    """By the clock in India when it started, and the minutes late and offline."""
    return [
        (
            f"{one.started_at + till.INDIA:%H:%M:%S}" if one.started_at else None,
            one.late_minutes,
            one.offline_minutes,
        )
        for one in on(day, **given)
    ]


@pytest.fixture
def counter():
    """Ravi's device; his shop is open from 8 to 12 and from 14 to 17, but on Sunday."""
    return till.device(till.with_hours(till.shop()))


def test_day_without_fault(counter):
    online(counter, clock(7, 55), clock(12, 10))
    online(counter, clock(13, 50), clock(17, 1))

    [day] = on(FRIDAY)

    assert (day.shop_number, day.hours) == (till.RAVIS, (till.MORNING, till.AFTERNOON))
    assert (day.started_at, day.late_minutes, day.offline_minutes) == (clock(7, 55), 0, 0)
    assert day.is_transaction_day
    assert not day.not_started


@pytest.mark.req("R-POS-01", "R-POS-24")
def test_late_start_is_counted_from_the_opening_time(counter):
    online(counter, clock(8, 25, 30), clock(17))

    assert told(FRIDAY) == [("08:25:30", 25, 25)]


@pytest.mark.parametrize(("second", "late"), [(0, 0), (120, 0), (121, 2)])
def test_start_within_two_minutes_is_in_time(counter, second, late):
    online(counter, clock(8) + timedelta(seconds=second), clock(17))

    assert [day[1:] for day in told(FRIDAY)] == [(late, late)]


@pytest.mark.req("R-POS-02", "R-POS-24")
def test_every_interruption_in_the_hours_counts_and_the_break_does_not(counter):
    online(counter, clock(8), clock(9))
    online(counter, clock(9, 10), clock(11, 50))
    online(counter, clock(14), clock(16, 45))

    assert told(FRIDAY) == [("08:00:00", 0, 10 + 10 + 15)]


def test_gap_of_two_minutes_is_no_interruption(counter):
    online(counter, clock(8), clock(9))
    online(counter, clock(9, 2), clock(12))
    online(counter, clock(14), clock(16, 58))

    assert told(FRIDAY) == [("08:00:00", 0, 0)]


@pytest.mark.req("R-POS-24")
def test_day_on_which_the_device_was_not_started_is_offline_as_a_whole(counter):
    [day] = on(FRIDAY)

    assert (day.started_at, day.late_minutes, day.offline_minutes) == (None, None, 7 * 60)
    assert day.not_started


def test_device_that_was_on_before_the_hours_only_was_not_started(counter):
    online(counter, clock(6), clock(7))

    assert told(FRIDAY) == [(None, None, 420)]


def test_two_devices_cover_for_each_other(counter):
    second = till.device(counter.shop, till.OTHER_KEY, name="Counter 2")
    online(counter, clock(8), clock(10))
    online(second, clock(9, 30), clock(12))
    online(second, clock(14), clock(17))

    assert told(FRIDAY) == [("08:00:00", 0, 0)]


def test_device_of_another_shop_does_not_cover(counter):
    online(till.device(till.with_hours(till.strangers_shop()), till.OTHER_KEY), clock(8), clock(17))

    assert told(FRIDAY) == [(None, None, 420), ("08:00:00", 0, 0)]


def test_device_that_is_never_switched_off_is_in_time_on_every_day(counter):
    for day in range(3):
        online(
            counter, clock(6, on=FRIDAY - timedelta(days=day)), clock(6, on=FRIDAY - timedelta(days=day - 1))
        )

    thursday = FRIDAY - timedelta(days=1)
    assert told(thursday) == [("06:00:00", 0, 0)]
    assert told(FRIDAY) == [("06:00:00", 0, 0)]


def test_clock_that_was_ahead_for_a_moment_swallows_no_word():
    ravis = till.with_hours(till.shop())
    device = till.device(ravis)
    actions.note_online(shop_id=ravis.pk, device_id=device.pk, at=clock(7) + timedelta(days=3))
    for minute in range(0, 9 * 60 + 1, 2):
        actions.note_online(shop_id=ravis.pk, device_id=device.pk, at=clock(8) + timedelta(minutes=minute))

    assert told(FRIDAY) == [("08:00:00", 0, 0)]


def test_words_without_end_are_a_span_a_day():
    ravis = till.shop()
    device = till.device(ravis)
    for minute in range(0, 25 * 60, 2):
        actions.note_online(shop_id=ravis.pk, device_id=device.pk, at=clock(8) + timedelta(minutes=minute))

    spans = OnlineSpan.objects.order_by("since").values_list("since", "until")
    day = timedelta(days=1)
    assert list(spans) == [
        (clock(8), clock(8) + day),
        (clock(8, 2) + day, clock(8, 58) + day),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        online(device, clock(8), clock(8, 1) + day)


def test_day_off_and_closed_day_are_no_transaction_days(counter, meena):
    actions.close_day(shop=counter.shop, on=FRIDAY, reason="Storm", by=meena, at=clock(7))
    sunday = date(2020, 5, 10)

    [closed], [day_off] = on(FRIDAY), on(sunday)

    assert [(day.is_transaction_day, day.closed_reason) for day in (closed, day_off)] == [
        (False, "Storm"),
        (False, None),
    ]
    assert (closed.late_minutes, closed.offline_minutes, closed.not_started) == (None, 0, False)


def test_today_counts_up_to_now_and_tomorrow_is_not_there(counter):
    online(counter, clock(8), clock(9))

    found = list(queries.days(Shop.objects.all(), MAY, at=clock(9, 30)))

    assert [day.day.day for day in found] == list(range(1, 16))
    assert told(FRIDAY, at=clock(9, 30)) == [("08:00:00", 0, 30)]
    assert told(FRIDAY, at=clock(13)) == [("08:00:00", 0, 180)]


def test_today_before_the_hours_is_nothing_yet(counter):
    [day] = on(FRIDAY, at=clock(7))

    assert (day.is_transaction_day, day.begun, day.not_started, day.offline_minutes) == (
        True,
        False,
        False,
        0,
    )
    assert queries.months(Shop.objects.all(), MAY, at=clock(7))[0].days == 12


def test_hours_of_the_day_count_not_those_of_today(counter, meena):
    online(counter, clock(8), clock(12))
    online(counter, clock(14), clock(17))
    actions.set_hours(shop=counter.shop, week={}, since=date(2020, 5, 16), by=meena, at=clock(20))

    assert told(FRIDAY) == [("08:00:00", 0, 0)]
    assert not on(date(2020, 5, 16), at=clock(20, on=date(2020, 5, 16)))[0].is_transaction_day


def test_month_of_a_shop_is_the_sum_of_its_days(counter):
    till.strangers_shop()
    online(counter, clock(8, 30), clock(12))
    online(counter, clock(14), clock(17))
    at = clock(23)

    first, second = queries.months(Shop.objects.all(), MAY, at=at)

    # The 1st was a Friday: 13 days up to the 15th without the Sundays.
    assert (first.number, first.days, first.days_not_started) == (till.RAVIS, 13, 12)
    assert (first.late_days, first.late_minutes) == (1, 30)
    assert (first.offline_days, first.offline_minutes) == (13, 12 * 420 + 30)
    assert (second.number, second.days, second.offline_minutes) == (till.STRANGERS, 0, 0)
    days = [day for day in queries.days(Shop.objects.all(), MAY, at=at) if day.shop_number == till.RAVIS]
    assert sum(day.offline_minutes for day in days) == first.offline_minutes


def test_month_to_come_and_no_shop_are_empty(counter):
    assert list(queries.days(Shop.objects.all(), Month(2020, 6), at=NIGHT)) == []
    assert list(queries.days(Shop.objects.none(), MAY, at=NIGHT)) == []


@pytest.mark.parametrize("shops", [1, 3])
def test_many_shops_are_asked_about_at_once(shops):
    for number in range(shops):
        till.with_hours(till.shop(f"10630010000{number}"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = list(queries.days(Shop.objects.all(), MAY, at=NIGHT))

    assert len(found) == 15 * shops
    assert len(asked) == 2


# As many shops as a large district has, five weeks of spans. Nothing was analysed: as after an import.
MANY = """
INSERT INTO shops_shop (number, name, name_hi, place_id, district_code, address, capacity_families, dealer_name,
                        dealer_mobile, open_during)
SELECT 'N' || n, 'Shop', '', s.place_id, s.district_code, '', 100, '', '', s.open_during
FROM shops_shop s CROSS JOIN generate_series(1, 400) n;
INSERT INTO shops_openinghours (shop_id, weekday, opens, closes, during)
SELECT s.id, w, o.opens, o.opens + interval '4 hours', '[2020-01-01,)'
FROM shops_shop s CROSS JOIN generate_series(0, 6) w CROSS JOIN (VALUES (time '08:00'), (time '14:00')) o(opens)
WHERE s.number LIKE 'N%';
INSERT INTO shops_device (id, shop_id, name, public_key, enrolled_at, enrolled_by, revoked_by, revoke_reason)
SELECT gen_random_uuid(), id, 'Counter', number::bytea, now(), '', '', '' FROM shops_shop WHERE number LIKE 'N%';
INSERT INTO shops_onlinespan (shop_id, device_id, since, until)
SELECT v.shop_id, v.id, d + o, d + o + interval '2 hours'
FROM shops_device v CROSS JOIN generate_series(timestamptz '2020-05-01 08:10+05:30', '2020-05-15', '1 day') d
CROSS JOIN (VALUES (interval '0'), (interval '3 hours'), (interval '6 hours')) s(o) WHERE v.name = 'Counter';
"""


def test_month_of_a_large_district_is_read_within_seconds():
    till.shop()
    with connection.cursor() as cursor:
        cursor.execute(MANY)
        cursor.execute("SET LOCAL statement_timeout = '5s'")

    found = queries.months(Shop.objects.filter(number__startswith="N"), MAY, at=NIGHT)

    assert (len(found), {one.late_minutes for one in found}) == (400, {140})
