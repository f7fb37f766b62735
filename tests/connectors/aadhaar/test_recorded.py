"""Replies as they came are read as they were meant, and no byte of a signed one may be another."""

import pytest

from rasad.connectors.aadhaar import answers, xml
from rasad.connectors.aadhaar.captured import read
from rasad.connectors.aadhaar.keys import certificate_in
from rasad.values.refused import Refused
from tests.connectors.aadhaar.record import FOLDER


@pytest.fixture
def certificate():
    return certificate_in(FOLDER / "certificate.txt")


def recorded(name):
    return (FOLDER / f"{name}.xml").read_bytes()


@pytest.mark.parametrize(
    ("name", "code", "action", "leads"),
    [
        ("auth_matched", "", "", "matched"),
        ("auth_300", "300", "", "mismatch"),
        ("auth_330", "330", "", "next_step"),
        ("auth_811", "811", "", "next_step"),
        ("auth_998", "998", "A202", "next_step"),
        ("auth_NA", "NA", "", "try_later"),
    ],
)
def test_recorded_answer_is_read(certificate, name, code, action, leads):
    answer = answers.answer(recorded(name), certificate=certificate)

    assert (answer.is_match, answer.code, answer.action, answer.leads) == (not code, code, action, leads)
    assert (answer.txn, len(answer.reference)) == ("T1", 72)


def test_recorded_answers_about_codes_are_read(certificate):
    sent = answers.code_sent(recorded("otp_sent"), certificate=certificate)
    not_sent = answers.code_sent(recorded("otp_112"), certificate=certificate)

    assert (sent.is_sent, sent.code, sent.mobile) == (True, "", "******2088")
    assert (not_sent.is_sent, not_sent.code, not_sent.mobile) == (False, "112", "")


def test_recorded_answers_about_a_person_are_read(certificate):
    found = {
        name: answers.kyc(recorded(name), certificate=certificate)
        for name in ("kyc_matched", "kyc_K-100", "kyc_K-200")
    }

    assert {name: (one.code, one.auth_code, one.name) for name, one in found.items()} == {
        "kyc_matched": ("", "", "Fatima Bedi"),
        "kyc_K-100": ("K-100", "300", ""),
        "kyc_K-200": ("K-200", "", ""),
    }


def test_recorded_capture_is_read_and_its_failure_refused():
    with pytest.raises(Refused) as refused:
        read(recorded("reader_700"))

    assert read(recorded("reader_captured")).device["dpId"] == "RASAD.TWIN"
    assert refused.value.facts == {"number": "700"}


@pytest.mark.parametrize("part", [b'ret="n"', b'err="300"', b'txn="T1"', b"info=", b"<ds:DigestValue>"])
def test_change_of_a_signed_answer_is_noticed(certificate, part):
    signed = recorded("auth_300")
    changed = signed.replace(part, part[:-2] + bytes([part[-2] ^ 1]) + part[-1:])

    assert changed != signed
    with pytest.raises((xml.UnsignedError, xml.UnreadableError)):
        answers.answer(changed, certificate=certificate)


def test_answer_without_its_signature_is_not_believed(certificate):
    root = xml.parsed(recorded("auth_matched"))
    root.remove(root[0])

    with pytest.raises(xml.UnsignedError):
        answers.answer(xml.written(root), certificate=certificate)
