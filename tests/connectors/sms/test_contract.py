"""What must hold of the twin and of the real gateway alike; no telephone rings."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from rasad.connectors.calling import Line, Reply
from rasad.connectors.sms import client as sending
from rasad.connectors.sms import sandbox
from rasad.connectors.sms.client import Account, SmsClient
from rasad.values.refused import OutsideError
from tests.connectors.sms.sent import send_code

RECORDED = Path(sending.__file__).parent / "recorded"


@pytest.fixture(params=["twin", "real"])
def gateway(request):
    """Address and account of the gateway that is asked."""
    if request.param == "real" and not settings.SMS_URL:
        pytest.skip("RASAD_SMS_URL names no real gateway")
    if request.param == "real":
        account = Account(settings.SMS_USERNAME, settings.SMS_PASSWORD, settings.SMS_SENDER, settings.SMS_KEY)
        yield settings.SMS_URL, account
    else:
        with sandbox.running() as twin:
            yield twin.address, sandbox.ACCOUNT


def test_wrong_password_is_refused_for_good(gateway):
    address, account = gateway
    stranger = SmsClient(address, replace(account, password="not the password"))

    with pytest.raises(OutsideError) as failed:
        send_code(stranger, within=20.0)
    assert failed.value.permanent


def answered(monkeypatch, name):
    """What a recorded answer is taken for."""
    body = (RECORDED / f"{name}.txt").read_bytes()
    monkeypatch.setattr(Line, "post", lambda *_, **__: Reply(200, {}, body))
    return send_code(SmsClient("http://127.0.0.1:1", sandbox.ACCOUNT))


def test_recorded_acceptance_is_understood(monkeypatch):
    assert answered(monkeypatch, "accepted") == "150620161466003974245msdgsms"


@pytest.mark.parametrize(("name", "code"), [("invalid_number", "406"), ("credentials", "401")])
def test_recorded_refusal_is_understood(monkeypatch, name, code):
    with pytest.raises(OutsideError, match=f"SMS gateway: {code} ") as failed:
        answered(monkeypatch, name)
    assert failed.value.permanent
