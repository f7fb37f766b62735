"""A device opens the counter with its key, is heard of, and stops."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from rasad.journal.models import Entry
from rasad.shops import actions
from rasad.shops.models import DeviceSession, OnlineSpan
from rasad.values import signed
from rasad.values.refused import Refused
from tests.cast import NOON
from tests.shops import till

pytestmark = pytest.mark.django_db


def refusal(act, *args, **given):
    with pytest.raises(Refused) as refused:
        act(*args, **given)
    return refused.value.code, refused.value.facts


def spans():
    """From when until when, by the clock in India."""
    return [
        (f"{since + till.INDIA:%H:%M:%S}", f"{until + till.INDIA:%H:%M:%S}")
        for since, until in OnlineSpan.objects.order_by("since").values_list("since", "until")
    ]


def test_session_has_the_shop_and_a_key_that_is_kept_nowhere():
    device = till.device(till.shop())

    session = till.opened(device.pk, at=till.clock(8))

    kept = DeviceSession.objects.get()
    assert (kept.pk, kept.device, kept.shop_number, kept.app_version) == (
        session.id,
        device,
        till.RAVIS,
        "1.0",
    )
    assert (kept.opened_at, kept.expires_at, kept.ended_at) == (till.clock(8), till.clock(22), None)
    assert session.expires_at == till.clock(22)
    assert session.key == signed.session_key(settings.DEVICE_KEY, session.id)
    assert session.key.hex() not in str(list(DeviceSession.objects.values()))
    assert "key" not in repr(session)
    [entry] = Entry.objects.filter(action="device.session_opened")
    assert (entry.of_key, entry.facts) == (str(device.pk), {"shop": till.RAVIS, "app_version": "1.0"})


@pytest.mark.req("R-POS-01")
def test_start_of_the_device_is_recorded():
    device = till.device(till.shop())

    till.opened(device.pk, at=till.clock(8, 3))

    assert spans() == [("08:03:00", "08:03:00")]


@pytest.mark.parametrize("unknown", [uuid4(), "not-a-device", "", "x" * 300])
def test_unknown_device_opens_nothing(unknown):
    till.device(till.shop())

    assert refusal(till.opened, unknown, at=NOON) == ("device_unknown", {"device": str(unknown)[:40]})


def test_device_that_signs_with_another_key_opens_nothing():
    device = till.device(till.shop())

    assert refusal(till.opened, device.pk, at=NOON, key=till.OTHER_KEY) == ("bad_signature", {})
    assert DeviceSession.objects.count() == 0


def test_signature_for_another_time_opens_nothing():
    device = till.device(till.shop())
    sign = till.KEY.sign(signed.opening_text(str(device.pk), 1, "morning-1"))

    assert refusal(
        actions.open_session,
        device_id=str(device.pk),
        time_ms=int(NOON.timestamp() * 1000),
        nonce="morning-1",
        signature=sign,
        at=NOON,
    ) == ("bad_signature", {})


def test_revoked_device_is_told_why(meena):
    device = till.device(till.shop())
    actions.revoke_device(device=device, reason="Stolen", by=meena, at=NOON)

    assert refusal(till.opened, device.pk, at=NOON) == (
        "device_revoked",
        {"device": "Counter 1", "reason": "Stolen"},
    )


@pytest.mark.parametrize("off", [-121, 121])
def test_device_with_a_wrong_clock_is_told_by_how_much(off):
    device = till.device(till.shop())

    assert refusal(till.opened, device.pk, at=NOON, off=off) == (
        "stale_clock",
        {"seconds": 121, "window": 120},
    )


@pytest.mark.parametrize("off", [-120, 0, 120])
def test_device_within_two_minutes_opens(off):
    device = till.device(till.shop())

    assert till.opened(device.pk, at=NOON, off=off).expires_at == NOON + actions.sessions.SESSION_LIFE


def test_opening_that_is_sent_again_gives_no_second_key():
    device = till.device(till.shop())
    till.opened(device.pk, at=NOON)

    assert refusal(till.opened, device.pk, at=NOON) == ("request_replayed", {})
    assert DeviceSession.objects.count() == 1


def test_ended_session_is_over():
    session = till.opened(till.device(till.shop()).pk, at=till.clock(8))

    actions.end_session(session_id=session.id, at=till.clock(17))
    actions.end_session(session_id=session.id, at=till.clock(18))

    assert DeviceSession.objects.get().ended_at == till.clock(17)
    assert Entry.objects.filter(action="device.session_ended").count() == 1
    assert refusal(actions.heartbeat, session_id=session.id, at=till.clock(17)) == ("session_over", {})
    assert refusal(actions.end_session, session_id="none", at=till.clock(17)) == ("session_over", {})


def test_session_is_over_when_its_day_is():
    session = till.opened(till.device(till.shop()).pk, at=till.clock(8))

    actions.heartbeat(session_id=session.id, at=session.expires_at - timedelta(seconds=1))

    assert refusal(actions.heartbeat, session_id=session.id, at=session.expires_at) == ("session_over", {})


@pytest.mark.req("R-POS-02")
def test_words_of_a_device_are_one_span_until_a_gap():
    session = till.opened(till.device(till.shop()).pk, at=till.clock(8))
    for at in [till.clock(8, 1), till.clock(8, 3), till.clock(8, 3), till.clock(8, 2)]:
        actions.heartbeat(session_id=session.id, at=at)

    actions.heartbeat(session_id=session.id, at=till.clock(8, 5, 1))
    actions.heartbeat(session_id=session.id, at=till.clock(8, 7))

    assert spans() == [("08:00:00", "08:03:00"), ("08:05:01", "08:07:00")]
    assert Entry.objects.count() == 2  # enrolled, opened: no word of a device is an act


def test_device_says_how_it_is_and_what_it_leaves_out_stays():
    session = till.opened(till.device(till.shop()).pk, at=till.clock(8))

    actions.heartbeat(session_id=session.id, at=till.clock(8, 1), battery=81, signal=3, app_version="1.1")
    actions.heartbeat(session_id=session.id, at=till.clock(8, 2), battery=0)

    kept = DeviceSession.objects.get()
    assert (kept.battery, kept.signal, kept.app_version) == (0, 3, "1.1")


def test_spans_of_two_devices_of_a_shop_are_their_own():
    ravis = till.shop()
    first, second = till.device(ravis), till.device(ravis, till.OTHER_KEY, name="Counter 2")

    till.opened(first.pk, at=till.clock(8))
    till.opened(second.pk, at=till.clock(8, 1), key=till.OTHER_KEY)

    assert spans() == [("08:00:00", "08:00:00"), ("08:01:00", "08:01:00")]
