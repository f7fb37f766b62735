"""The client: what it asks, believes, tries again and gives up."""

import socket
import time
from threading import Thread, Timer

import pytest
from lxml import etree

from rasad.connectors.aadhaar import answers, xml
from rasad.connectors.aadhaar import twins as aadhaar_twins
from rasad.connectors.aadhaar.keys import made
from rasad.connectors.aadhaar.requests import wadh
from rasad.connectors.aadhaar.residents import token, vid
from rasad.connectors.twin import Fault
from rasad.values.refused import OutsideError
from tests.connectors.aadhaar.conftest import ASHA, RAVI

AUA = aadhaar_twins.AUA


def asked(client, twins, uid=ASHA, *, within=3.0, **given):
    captured = given.pop("captured", None) or twins.captured(ASHA, **given)
    return client.authenticate(uid_or_ref=uid, txn="T1", captured=captured, consent=True, within=within)


def failure(client, twins, **given):
    with pytest.raises(OutsideError) as failed:
        asked(client, twins, **given)
    return str(failed.value), failed.value.permanent


@pytest.mark.req("R-INT-14")
def test_finger_of_asha_is_hers(client, twins):
    answer = asked(client, twins)

    assert (answer.is_match, answer.code, answer.leads) == (True, "", "matched")
    assert (answer.txn, answer.reference) == ("T1", token(ASHA, AUA))


def test_bad_finger_of_asha_and_good_one_of_ravi_do_not_match(client, twins):
    bad = asked(client, twins, is_good=False)
    ravis = asked(client, twins, captured=twins.captured(RAVI))

    assert (bad.is_match, bad.code, bad.leads) == (False, "300", "mismatch")
    assert (ravis.is_match, ravis.code) == (False, "300")


@pytest.mark.parametrize("uid", [ASHA, vid(ASHA), token(ASHA, AUA)], ids=["number", "VID", "token"])
def test_number_virtual_number_and_token_are_the_same_person(client, twins, uid):
    answer = asked(client, twins, uid)

    assert (answer.is_match, answer.reference) == (True, token(ASHA, AUA))


def test_signed_answer_is_kept_and_can_be_verified_again(client, twins):
    answer = asked(client, twins)

    again = answers.answer(answer.signed, certificate=twins.keys.signs.certificate)

    assert again == answer
    assert "signed" not in repr(answer)


def test_without_consent_nothing_is_sent(client, twins):
    twins.uidai.kill()
    try:
        answer = client.authenticate(
            uid_or_ref=ASHA, txn="T1", captured=twins.captured(ASHA), consent=False, within=1
        )
    finally:
        twins.uidai.revive()

    assert (answer.is_match, answer.code) == (False, "512")


def test_ekyc_tells_who_it_is_and_keeps_no_photo(client, twins):
    answer = client.ekyc(uid=ASHA, txn="T1", captured=twins.captured(ASHA, wadh=wadh("finger")), within=3)

    assert (answer.name, answer.dob, answer.gender) == ("Fatima Bedi", "30-07-1943", "F")
    assert (answer.is_match, answer.code, answer.masked_uid) == (True, "", "XXXX XXXX 9405")
    assert (answer.txn, answer.reference) == ("UKC:T1", token(ASHA, AUA))
    assert "Fatima" not in repr(answer)
    assert not hasattr(answer, "photo")


def test_ekyc_by_a_code_on_the_mobile(client, twins):
    client.request_otp(uid=ASHA, txn="T1", within=3)

    answer = client.ekyc(uid=ASHA, txn="T1", otp=twins.uidai.code_on_mobile(ASHA), within=3)

    assert (answer.is_match, answer.name) == (True, "Fatima Bedi")


def test_answer_changed_on_the_way_is_not_believed(client, twins):
    twins.uidai.behave(ASHA, code="300", forge=True)

    assert failure(client, twins) == ("Aadhaar's answer is not signed by UIDAI", True)


def test_answer_signed_by_somebody_else_is_not_believed(client, twins):
    client.answers_with = made("somebody else").certificate

    assert failure(client, twins) == ("Aadhaar's answer is not signed by UIDAI", True)


def test_good_answer_to_another_transaction_is_not_believed(client, twins):
    signed = asked(client, twins).signed
    client._once = lambda *_: signed

    with pytest.raises(OutsideError, match="answered another transaction"):
        client.authenticate_otp(uid=ASHA, txn="T2", otp="1", within=1)


def test_signature_over_a_part_is_not_believed():
    pair = made("UIDAI")
    inner = xml.parsed(
        xml.signed(xml.root("", "AuthRes", {"ret": "n"}), key=pair.key, certificate=pair.certificate)
    )
    wrapped = etree.Element("AuthRes", {"ret": "y"})
    wrapped.append(inner)

    with pytest.raises(xml.UnsignedError):
        xml.verified(xml.written(wrapped), certificate=pair.certificate)


def test_na_is_asked_again_and_the_second_answer_counts(client, twins):
    twins.uidai.behave(ASHA, code="NA", times=2)

    assert asked(client, twins).is_match is True


def test_na_that_stays_is_reported_after_three_tries(client, twins):
    twins.uidai.behave(ASHA, code="NA")

    answer = asked(client, twins)

    assert (answer.is_match, answer.code, answer.leads) == (False, "NA", "try_later")


def test_answer_that_takes_too_long_is_given_up_in_time(client, twins):
    twins.uidai.behave(ASHA, delay=5)
    begun = time.monotonic()

    assert failure(client, twins, within=0.5) == ("Aadhaar did not answer in time", False)
    assert time.monotonic() - begun < 1.5


def test_answer_that_comes_in_drops_is_given_up_in_time(client, twins):
    with socket.create_server(("127.0.0.1", 0)) as dripping:
        client.url = f"http://127.0.0.1:{dripping.getsockname()[1]}"
        drops = drip(dripping)
        begun = time.monotonic()

        told = failure(client, twins, within=0.6)
        drops.join()

    assert told == ("Aadhaar did not answer in time", False)
    assert time.monotonic() - begun < 3


def drip(server):
    def dripping():
        line, _ = server.accept()
        with line:
            line.recv(65_536)
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            try:
                for _ in range(10):
                    line.sendall(b"<")
                    time.sleep(0.2)
            except OSError:
                return

    thread = Thread(target=dripping)
    thread.start()
    return thread


def test_answer_that_is_lost_is_told_as_lost_not_as_a_duplicate(client, twins):
    twins.uidai.behave(ASHA, drop=True, times=1)

    assert failure(client, twins) == ("Aadhaar's answer was lost on the way", False)


def test_system_that_is_off_is_tried_until_it_is_back(client, twins):
    captured = twins.captured(ASHA)
    twins.uidai.kill()
    Timer(0.3, twins.uidai.revive).start()

    assert asked(client, twins, captured=captured).is_match is True


def test_system_that_stays_off_is_given_up(client, twins):
    captured = twins.captured(ASHA)
    twins.uidai.kill()
    try:
        told = failure(client, twins, captured=captured)
    finally:
        twins.uidai.revive()

    assert told == ("Aadhaar cannot be reached (ConnectError)", False)


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        ({"rubbish": True}, ("Aadhaar answered with something unreadable", False)),
        ({"status": 500}, ("Aadhaar answered HTTP 500", False)),
        ({"status": 403}, ("Aadhaar answered HTTP 403", True)),
    ],
)
def test_what_is_no_answer_is_an_error_that_says_whether_it_may_pass(client, twins, behaviour, told):
    twins.uidai.behave(ASHA, **behaviour)

    assert failure(client, twins) == told


def test_faults_every_twin_knows_work_here_too(client, twins):
    twins.uidai.fail(Fault.ERROR)

    assert failure(client, twins) == ("Aadhaar answered HTTP 500", False)
    assert asked(client, twins).is_match is True


def test_errors_and_logs_carry_no_number_licence_or_finger(client, twins, caplog):
    caplog.set_level("DEBUG")
    twins.uidai.behave(ASHA, status=500)
    captured = twins.captured(ASHA)

    message, _ = failure(client, twins, captured=captured)
    told = message + caplog.text

    assert ASHA not in told
    assert aadhaar_twins.ASA_LICENCE not in told
    assert captured.data not in told
