"""Neither the twins nor the client keep what a person showed, once it is answered; nothing of it is logged."""

import gc
import json
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rasad.connectors.aadhaar import xml
from rasad.connectors.aadhaar.captured import Captured, read
from rasad.connectors.aadhaar.residents import template
from rasad.connectors.aadhaar.sandbox_checks import Asked
from rasad.connectors.twin import Request
from rasad.values.refused import Refused
from tests.connectors.aadhaar.conftest import ASHA


def held_by(thing):
    """Every text and every bytes that can be reached from a thing."""
    seen, waiting, found = set(), [thing], []
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, type) or callable(one):
            continue
        seen.add(id(one))
        if isinstance(one, str | bytes):
            found.append(one if isinstance(one, bytes) else one.encode())
        else:
            waiting += gc.get_referents(one)
    return found


def test_twins_and_client_forget_the_finger(client, twins):
    captured = twins.captured(ASHA)
    secrets = [template(ASHA, "LEFT_INDEX"), captured.data.encode(), captured.skey.encode()]
    del captured

    for _ in range(2):
        answer = client.authenticate(
            uid_or_ref=ASHA, txn="T1", captured=twins.captured(ASHA), consent=True, within=3
        )
    gc.collect()
    kept = b" ".join(
        held_by([twins.uidai.known, twins.uidai.phones, twins.reader.glass, client.agency, answer])
    )

    assert answer.is_match is True
    assert twins.agency.licence.encode() in kept
    assert [secret for secret in secrets if secret in kept] == []
    assert b"<Pid" not in kept
    assert [one for one in gc.get_objects() if isinstance(one, Captured | Asked)] == []


def test_code_on_a_mobile_is_gone_once_it_was_entered(client, twins):
    client.request_otp(uid=ASHA, txn="T1", within=3)
    code = twins.uidai.code_on_mobile(ASHA)
    client.authenticate_otp(uid=ASHA, txn="T1", otp=code, within=3)

    assert twins.uidai.code_on_mobile(ASHA) == ""


def test_code_is_not_in_a_log(client, twins, caplog, capsys):
    caplog.set_level("DEBUG")
    client.request_otp(uid=ASHA, txn="T1", within=3)
    code = twins.uidai.code_on_mobile(ASHA)
    client.authenticate_otp(uid=ASHA, txn="T1", otp=code, within=3)

    told = caplog.text + "".join(capsys.readouterr()) + repr(twins.uidai.phones.__dict__)

    assert (code in told, ASHA in caplog.text) == (False, False)


def test_page_of_the_twin_shows_the_code_as_the_mobile_would(client, twins):
    client.request_otp(uid=ASHA, txn="T1", within=3)

    page = twins.uidai.answer(Request("GET", "/", {}, b"")).body.decode()

    assert f"<strong>{twins.uidai.code_on_mobile(ASHA)}</strong>" in page
    assert "Fatima Bedi" in page


def test_behaviour_is_ordered_over_the_line_and_by_the_page(client, twins):
    def told(body, kind):
        return twins.uidai.answer(Request("POST", "/twin/behave", {"Content-Type": kind}, body)).status

    def code():
        captured = twins.captured(ASHA)
        return client.authenticate(uid_or_ref=ASHA, txn="T1", captured=captured, consent=True, within=3).code

    assert told(json.dumps({"uid": ASHA, "code": "330"}).encode(), "application/json") == 200
    assert "code 330" in twins.uidai.answer(Request("GET", "/", {}, b"")).body.decode()
    assert code() == "330"
    assert told(f"uid={ASHA}&code=811".encode(), "application/x-www-form-urlencoded") == 303
    assert code() == "811"
    assert told(f"uid={ASHA}&code=".encode(), "application/x-www-form-urlencoded") == 303
    assert code() == ""
    assert told(b'{"wish": "no"}', "application/json") == 400


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet='<>/="& PidaRespSkeyDATA\n', max_size=200))
def test_any_text_at_all_is_a_capture_or_refused(text):
    with suppress(Refused):
        read(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(["/", "/otp/", "/kyc/"]), st.binary(max_size=200))
def test_any_request_at_all_is_answered_by_the_twin(both, before, body):
    response = both.uidai.answer(Request("POST", f"{before}2.5/A/9/9/K", {}, body))

    assert xml.name(xml.parsed(response.body)) in {"AuthRes", "OtpRes", "Resp"}
