"""Devices and officers in the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from rasad.shops import actions
from rasad.shops.models import Device, DeviceSession, EnrolmentCode
from rasad.values import signed
from tests.cast import NOON
from tests.races.test_imports_at_once import at_once
from tests.shops import till


@pytest.mark.django_db(transaction=True)
def test_one_opening_from_two_places_at_once_opens_one_session():
    device = till.device(till.shop())

    answers = at_once(*[lambda: till.opened(device.pk, at=NOON)] * 4)

    assert [answer for answer in answers if answer == "request_replayed"] == ["request_replayed"] * 3
    assert DeviceSession.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(5))
def test_device_revoked_while_it_opens_has_no_session_left(round_):
    device = till.device(till.shop())

    at_once(
        *[lambda nonce=f"opening-{n}": till.opened(device.pk, at=NOON, nonce=nonce) for n in range(3)],
        lambda: actions.revoke_device(device=device, reason="Stolen", by="meena", at=NOON),
    )

    assert Device.objects.get().revoked_at == NOON
    assert DeviceSession.objects.filter(ended_at=None).count() == 0


@pytest.mark.django_db(transaction=True)
def test_one_code_from_two_devices_enrols_one(meena):
    code = actions.make_code(shop=till.shop(), name="Counter 1", by=meena, at=NOON)

    answers = at_once(
        *[
            lambda key=key: actions.enrol_with_code(code=code.text, public_key=till.public(key), at=NOON)
            for key in (till.KEY, till.OTHER_KEY)
        ]
    )

    assert answers.count("enrolment_code_wrong") == 1
    assert Device.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_codes_at_once_leave_one_that_works(meena):
    ravis = till.shop()

    at_once(*[lambda: actions.make_code(shop=ravis, name="Counter 1", by=meena, at=NOON)] * 3)

    assert EnrolmentCode.objects.filter(ended_at=None).count() == 1
    assert EnrolmentCode.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_hours_set_twice_at_once_are_one_week():
    ravis = till.shop()

    at_once(*[lambda: till.with_hours(ravis)] * 3)

    assert ravis.hours.filter(weekday=0).count() == 2


def test_one_request_in_two_threads_passes_once():
    nonces, start = signed.Nonces(), Barrier(8)

    def sent(number: int) -> bool | None:
        start.wait(timeout=30)
        return [nonces.note("ravi", f"word-{n}", time_ms=1, now_ms=1) for n in range(500)].count(True)

    with ThreadPoolExecutor(8) as pool:
        passed = sum(pool.map(sent, range(8)))

    assert passed == 500
    assert len(nonces) == 500
