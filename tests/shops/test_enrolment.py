"""A device comes to a shop by its key, in the name of an inspector, and is shut out again."""

from datetime import timedelta

import pytest

from rasad.journal.models import Entry
from rasad.shops import actions
from rasad.shops.models import Device, DeviceSession, EnrolmentCode
from rasad.values.refused import Refused
from tests.cast import NOON, staff
from tests.shops import till

pytestmark = pytest.mark.django_db


def refusal(act, **given):
    with pytest.raises(Refused) as refused:
        act(**given)
    return refused.value.code, refused.value.facts


def told(action):
    return list(Entry.objects.filter(action=action).values_list("by", "of_kind", "of_key", "reason", "facts"))


def test_inspector_enrols_a_device_and_the_journal_has_its_key():
    sunita = staff("sunita", "inspector", ("district", "63"))
    ravis = till.shop()

    device = actions.enrol_device(
        shop=ravis, public_key=till.public(till.KEY), name="Counter 1", by=sunita, at=NOON
    )

    assert Device.objects.get() == device
    assert (device.shop, device.enrolled_by, device.enrolled_at) == (ravis, "sunita", NOON)
    facts = {"shop": till.RAVIS, "name": "Counter 1", "public_key": till.public(till.KEY).hex()}
    assert told("device.enrolled") == [("sunita", "device", str(device.pk), "", facts)]


@pytest.mark.parametrize("role", ["dealer", "headquarters", "auditor", "unit_committee"])
def test_others_may_not_enrol_or_revoke(role):
    area = {"dealer": ("shop", till.RAVIS), "unit_committee": ("place", "639")}.get(role, ("state", "6"))
    person = staff("somebody", role, area)
    ravis = till.shop()
    device = till.device(ravis)
    key = till.public(till.OTHER_KEY)

    answers = [
        refusal(actions.enrol_device, shop=ravis, public_key=key, name="Own", by=person, at=NOON),
        refusal(actions.make_code, shop=ravis, name="Own", by=person, at=NOON),
        refusal(actions.revoke_device, device=device, reason="I do not like it", by=person, at=NOON),
    ]

    assert answers == [("not_for_your_role", {"capability": "enrol_devices"})] * 3
    assert Device.objects.filter(revoked_at=None).count() == 1
    assert EnrolmentCode.objects.count() == 0


def test_key_is_one_devices_for_ever(meena):
    ravis, other = till.shop(), till.strangers_shop()
    device = till.device(ravis)
    actions.revoke_device(device=device, reason="Broken", by=meena, at=NOON)

    assert refusal(
        actions.enrol_device, shop=other, public_key=till.public(till.KEY), name="Again", by="test", at=NOON
    ) == ("device_key_known", {})


@pytest.mark.parametrize("key", [b"", b"short", b"k" * 33])
def test_what_is_no_key_is_not_enrolled(key):
    ravis = till.shop()

    assert refusal(
        actions.enrol_device, shop=ravis, public_key=key, name="Counter 1", by="test", at=NOON
    ) == ("bad_device_key", {"length": len(key)})


def test_device_with_the_code_is_enrolled_in_the_name_of_who_made_it(meena):
    ravis = till.shop()
    code = actions.make_code(shop=ravis, name="Counter 1", by=meena, at=NOON)

    typed = f"{code.text[:4]} {code.text[4:]}".lower()
    device = actions.enrol_with_code(
        code=typed, public_key=till.public(till.KEY), at=NOON + timedelta(minutes=14, seconds=59)
    )

    assert len(code.text) == 8
    assert code.expires_at == NOON + timedelta(minutes=15)
    assert (device.shop, device.name, device.enrolled_by) == (ravis, "Counter 1", "meena")
    [(by, _, _, _, facts)] = told("device.enrolled")
    assert (by, facts["with_code"]) == ("meena", True)


def test_code_is_kept_nowhere(meena):
    code = actions.make_code(shop=till.shop(), name="Counter 1", by=meena, at=NOON)

    kept = str(list(EnrolmentCode.objects.values())) + str(list(Entry.objects.values()))

    assert code.text not in kept
    assert code.text not in repr(EnrolmentCode.objects.get())


def test_code_opens_the_door_once(meena):
    code = actions.make_code(shop=till.shop(), name="Counter 1", by=meena, at=NOON)
    actions.enrol_with_code(code=code.text, public_key=till.public(till.KEY), at=NOON)

    assert refusal(
        actions.enrol_with_code, code=code.text, public_key=till.public(till.OTHER_KEY), at=NOON
    ) == ("enrolment_code_wrong", {})


def test_code_is_good_for_a_quarter_of_an_hour(meena):
    code = actions.make_code(shop=till.shop(), name="Counter 1", by=meena, at=NOON)

    assert refusal(
        actions.enrol_with_code,
        code=code.text,
        public_key=till.public(till.KEY),
        at=NOON + timedelta(minutes=15),
    ) == ("enrolment_code_wrong", {})


def test_next_code_of_a_shop_ends_the_one_before(meena):
    ravis = till.shop()
    first = actions.make_code(shop=ravis, name="Counter 1", by=meena, at=NOON)
    second = actions.make_code(shop=ravis, name="Counter 1", by=meena, at=NOON)
    key = till.public(till.KEY)

    assert refusal(actions.enrol_with_code, code=first.text, public_key=key, at=NOON) == (
        "enrolment_code_wrong",
        {},
    )
    assert actions.enrol_with_code(code=second.text, public_key=key, at=NOON).shop == ravis


def test_code_survives_a_key_that_is_none(meena):
    code = actions.make_code(shop=till.shop(), name="Counter 1", by=meena, at=NOON)
    refusal(actions.enrol_with_code, code=code.text, public_key=b"none", at=NOON)

    assert (
        actions.enrol_with_code(code=code.text, public_key=till.public(till.KEY), at=NOON).name == "Counter 1"
    )


def test_revoked_device_and_its_sessions_end_together(meena):
    device = till.device(till.shop())
    session = till.opened(device.pk, at=till.clock(8))

    actions.revoke_device(device=device, reason=" Stolen on 15 May ", by=meena, at=NOON)

    device.refresh_from_db()
    assert (device.revoked_at, device.revoked_by, device.revoke_reason) == (NOON, "meena", "Stolen on 15 May")
    assert DeviceSession.objects.get(pk=session.id).ended_at == NOON
    facts = {"shop": till.RAVIS, "sessions_ended": 1}
    assert told("device.revoked") == [("meena", "device", str(device.pk), "Stolen on 15 May", facts)]


def test_revoking_again_changes_nothing(meena):
    device = till.device(till.shop())
    actions.revoke_device(device=device, reason="Stolen", by=meena, at=NOON)

    actions.revoke_device(device=device, reason="Lost", by="other", at=NOON + timedelta(hours=1))

    device.refresh_from_db()
    assert (device.revoked_at, device.revoke_reason) == (NOON, "Stolen")
    assert len(told("device.revoked")) == 1


def test_device_is_not_revoked_without_a_reason(meena):
    device = till.device(till.shop())

    assert refusal(actions.revoke_device, device=device, reason="  ", by=meena, at=NOON) == (
        "reason_for_device_missing",
        {"device": "Counter 1"},
    )
