"""Each of UIDAI's checks fails when it should, with its code, and in UIDAI's order."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

from rasad.connectors.aadhaar import pid, requests
from rasad.connectors.aadhaar.keys import made, public_key
from rasad.connectors.aadhaar.residents import Resident, template
from rasad.connectors.aadhaar.sandbox_known import Devices
from tests.connectors.aadhaar.conftest import ASHA, RAVI
from tests.connectors.aadhaar.requests_made_wrong import (
    LEFT,
    RIGHT,
    auth,
    changed,
    sealed,
    sent,
    signed_again,
    text,
)


def test_good_request_passes_every_check(twins):
    assert sent(twins, auth(twins, sealed(twins))) == ""


@pytest.mark.parametrize(
    "body", [b"", b"no xml", b"<Auth/>", b'<!DOCTYPE Auth [<!ENTITY a "b">]><Auth>&a;</Auth>']
)
def test_what_is_no_auth_is_510(twins, body):
    assert sent(twins, body) == "510"


def test_auth_without_an_attribute_or_of_another_version_is_refused(twins):
    good = auth(twins, sealed(twins))

    assert sent(twins, signed_again(twins, good, tid=None)) == "510"
    assert sent(twins, signed_again(twins, good, ver="1.6")) == "540"


def test_licences_are_checked(twins):
    captured = sealed(twins)

    assert sent(twins, auth(twins, captured, agency=replace(twins.agency, licence="old"))) == "565"
    assert sent(twins, auth(twins, captured, agency=replace(twins.agency, aua="NOBODY"))) == "565"
    elsewhere = requests.path(replace(twins.agency, asa_licence="nobody's"), ASHA)
    assert sent(twins, auth(twins, captured), path=elsewhere) == "566"


def test_agency_asks_through_its_own_asa_and_for_its_own_departments(twins):
    twins.uidai.known.asa_licences.add("another-asa")
    elsewhere = requests.path(replace(twins.agency, asa_licence="another-asa"), ASHA)

    assert sent(twins, auth(twins, sealed(twins)), path=elsewhere) == "542"
    assert sent(twins, auth(twins, sealed(twins), agency=replace(twins.agency, sub_aua="OTHER"))) == "543"


def test_signature_is_checked_and_whose_it_is(twins):
    good = auth(twins, sealed(twins))
    stranger = replace(twins.agency, signs=made("somebody else"))

    assert sent(twins, good.replace(b'txn="T1"', b'txn="T2"')) == "569"
    assert sent(twins, good[: good.index(b"<ds:Signature")] + b"</Auth>") == "569"
    assert sent(twins, auth(twins, sealed(twins), agency=stranger)) == "570"


def test_request_without_consent_is_512(twins):
    assert sent(twins, signed_again(twins, auth(twins, sealed(twins)), rc="N")) == "512"


def test_block_that_cannot_be_opened_is_told_by_its_part(twins):
    good = sealed(twins)
    other = pid.seal(b"<Pid/>", ts="2020-05-15T12:00:00", certificate=twins.keys.opens.certificate)

    assert sent(twins, auth(twins, changed(good, ci="20200101"))) == "501"
    assert sent(twins, auth(twins, changed(good, skey="AAAA"))) == "500"
    assert sent(twins, auth(twins, changed(good, data=text(os.urandom(64))))) == "502"
    assert sent(twins, auth(twins, changed(good, hmac=other.hmac))) == "503"


def test_block_that_was_exchanged_is_564(twins):
    key, ts = os.urandom(32), pid.stamp(twins.uidai.known.now())
    skey = text(public_key(twins.keys.opens.certificate).encrypt(key, PKCS1v15()))
    data = text(ts.encode() + pid.encrypted(pid.written(ts=ts, bios=[LEFT]), key=key, ts=ts))
    hmac = text(pid.encrypted(os.urandom(32), key=key, ts=ts))

    assert sent(twins, auth(twins, sealed(twins, skey=skey, data=data, hmac=hmac))) == "564"


@pytest.mark.parametrize(
    ("clear", "code"),
    [
        ("no xml", "511"),
        ('<Pid ts="2020-01-01T00:00:00" ver="2.0"/>', "511"),
        ('<Pid ts="{ts}" ver="1.0"/>', "541"),
        ('<Pid ts="{ts}" ver="2.0"/>', "550"),
    ],
)
def test_block_of_a_wrong_form_is_refused(twins, clear, code):
    assert sent(twins, auth(twins, sealed(twins, clear=clear))) == code


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (timedelta(hours=-23, minutes=-59), ""),
        (timedelta(hours=-24, minutes=-1), "561"),
        (timedelta(minutes=4), ""),
        (timedelta(minutes=6), "562"),
    ],
)
def test_block_is_neither_a_day_old_nor_from_the_future(twins, at, code):
    assert sent(twins, auth(twins, sealed(twins, at=at))) == code


def test_same_capture_twice_is_a_duplicate(twins):
    captured = sealed(twins)

    assert sent(twins, auth(twins, captured)) == ""
    assert sent(twins, auth(twins, captured)) == "563"


def test_uses_says_what_is_in_the_block(twins):
    assert sent(twins, auth(twins, sealed(twins, kinds="FIR"))) == "550"
    assert sent(twins, auth(twins, sealed(twins, kinds="FMR,FIR"))) == ""


@pytest.mark.parametrize(
    ("device", "code"),
    [
        ({"dc": ""}, "521"),
        ({"mi": ""}, "524"),
        ({"mi": "UNKNOWN"}, "524"),
        ({"mc": ""}, "527"),
        ({"rdsId": "UNKNOWN"}, "555"),
        ({"rdsVer": "0.1"}, "556"),
        ({"dpId": "UNKNOWN"}, "557"),
        ({"dc": "blocked"}, "594"),
    ],
)
def test_device_is_a_registered_one(twins, device, code):
    twins.uidai.known.devices = Devices(blocked=frozenset({"blocked"}))

    assert sent(twins, auth(twins, sealed(twins, device=device))) == code


def test_devices_are_in_the_licence(twins):
    agencies = twins.uidai.known.agencies
    usual = agencies[twins.agency.aua]
    agencies[twins.agency.aua] = replace(usual, may_use_devices=False)
    try:
        code = sent(twins, auth(twins, sealed(twins)))
    finally:
        agencies[twins.agency.aua] = usual

    assert code == "588"


def of(kind, posh="UNKNOWN"):
    return pid.Bio(kind, posh, template(ASHA, "LEFT_INDEX"))


@pytest.mark.parametrize(
    ("bios", "code"),
    [
        ([LEFT, RIGHT], ""),
        ([LEFT, LEFT], "310"),
        ([of("IIR", "LEFT_IRIS"), of("IIR", "LEFT_IRIS")], "311"),
        ([LEFT, of("FIR", "RIGHT_INDEX")], "312"),
        ([of("FMR")] * 11, "314"),
        ([of("IIR")] * 3, "315"),
        ([of("FID"), of("FID"), LEFT], "316"),
        ([LEFT, of("IIR"), of("FID")], "317"),
        ([of("FID")], "914"),
    ],
)
def test_capture_is_not_misused(twins, bios, code):
    assert sent(twins, auth(twins, sealed(twins, bios=bios, kinds="FMR,FIR,IIR,FID"))) == code


def test_finger_is_this_persons(twins):
    ravis = pid.Bio("FMR", "LEFT_INDEX", template(RAVI, "LEFT_INDEX"))
    ravis_right = replace(ravis, posh="RIGHT_INDEX")
    other_place = pid.Bio("FMR", "RIGHT_THUMB", template(ASHA, "LEFT_INDEX"))

    assert sent(twins, auth(twins, sealed(twins, bios=[of("FMR")]))) == ""
    assert sent(twins, auth(twins, sealed(twins, bios=[ravis]))) == "300"
    assert sent(twins, auth(twins, sealed(twins, bios=[LEFT, ravis_right]))) == "300"
    assert sent(twins, auth(twins, sealed(twins, bios=[other_place]))) == "300"


def test_person_without_biometrics_is_811(twins):
    twins.uidai.add(Resident("999999990019", "Made Up", "01-01-1950", "F", has_biometrics=False))

    assert sent(twins, auth(twins, sealed(twins), uid="999999990019")) == "811"


@pytest.mark.parametrize(
    ("uid", "code"),
    [("999999999999", "998"), ("123456789012", "998"), ("9" * 16, "515"), ("no token", "514")],
)
def test_number_that_is_nobodys_is_refused_by_its_kind(twins, uid, code):
    assert sent(twins, auth(twins, sealed(twins), uid=uid)) == code


def test_invalid_number_and_unknown_one_have_different_actions(client, twins):
    invalid = client.authenticate_otp(uid="999999999990", txn="T1", otp="1", within=3)
    unknown = client.authenticate_otp(uid="999999999999", txn="T1", otp="1", within=3)

    assert (invalid.code, invalid.action) == ("998", "A201")
    assert (unknown.code, unknown.action) == ("998", "A202")


def test_first_check_that_fails_is_told(twins):
    captured = changed(sealed(twins), ci="20200101")
    wrong = replace(twins.agency, licence="old", sub_aua="OTHER", signs=made("somebody else"))

    assert sent(twins, auth(twins, captured, agency=wrong)) == "565"
    assert sent(twins, auth(twins, captured, agency=replace(wrong, licence=twins.agency.licence))) == "543"


def test_twin_takes_made_up_people_only(twins):
    with pytest.raises(ValueError, match="begin with 9999"):
        twins.uidai.add(Resident("2" + "0" * 11, "Somebody", "01-01-1950", "F"))
