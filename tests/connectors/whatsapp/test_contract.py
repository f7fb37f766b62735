"""What must hold of the twin and of the real WhatsApp alike; no telephone rings."""

from pathlib import Path

import pytest
from django.conf import settings

from rasad.connectors.calling import Line, Reply
from rasad.connectors.whatsapp import client as sending
from rasad.connectors.whatsapp import sandbox
from rasad.connectors.whatsapp.client import AccountError, NotDeliverableError, WhatsAppClient
from rasad.connectors.whatsapp.sandbox import ACCOUNT
from rasad.values.refused import OutsideError
from tests.connectors.whatsapp.sent import send, upload

RECORDED = Path(sending.__file__).parent / "recorded"


@pytest.fixture(params=["twin", "real"])
def whatsapp(request):
    """Address, token and phone id of the WhatsApp that is asked."""
    if request.param == "real" and not settings.WHATSAPP_URL:
        pytest.skip("RASAD_WHATSAPP_URL names no real WhatsApp")
    if request.param == "real":
        yield settings.WHATSAPP_URL, settings.WHATSAPP_TOKEN, settings.WHATSAPP_PHONE_ID
    else:
        with sandbox.running() as twin:
            yield twin.address, ACCOUNT.token, ACCOUNT.phone_id


def failing(call):
    with pytest.raises(OutsideError) as failed:
        call()
    return type(failed.value), failed.value.code, failed.value.permanent


def test_wrong_token_is_refused_for_good(whatsapp):
    address, _token, phone_id = whatsapp
    stranger = WhatsAppClient(address, "not-the-token", phone_id)

    assert failing(lambda: upload(stranger, within=20.0)) == (AccountError, 190, True)


def test_phone_id_that_is_not_ours_is_refused_for_good(whatsapp):
    address, token, _phone_id = whatsapp
    stranger = WhatsAppClient(address, token, "100000000000000")

    assert failing(lambda: send(stranger, "1", within=20.0)) == (AccountError, 33, True)


def test_template_nobody_registered_is_refused(whatsapp):
    client = WhatsAppClient(*whatsapp)

    assert failing(lambda: send(client, "1", template="nobody_registered_this", within=20.0)) == (
        NotDeliverableError,
        132001,
        True,
    )


def answering(monkeypatch, name, status):
    """A client that gets a recorded answer."""
    body = (RECORDED / f"{name}.json").read_bytes()
    monkeypatch.setattr(Line, "ask", lambda *_, **__: Reply(status, {}, body))
    return WhatsAppClient("http://127.0.0.1:1", ACCOUNT.token, ACCOUNT.phone_id)


def test_recorded_upload_is_understood(monkeypatch):
    assert upload(answering(monkeypatch, "uploaded", 200)) == "1037543291543636"


def test_recorded_acceptance_is_understood(monkeypatch):
    number = "wamid.HBgMOTE5ODc2NTQzMjEwFQIAERgSNTQ4MDkyMEMxNzg1NTFFMTYxAA=="

    assert send(answering(monkeypatch, "taken", 200), "1") == number


@pytest.mark.parametrize(
    ("name", "status", "told"),
    [
        ("token_expired", 401, (AccountError, 190, True)),
        ("no_such_phone_id", 400, (AccountError, 33, True)),
        ("too_fast", 400, (AccountError, 130429, False)),
        ("variables_do_not_match", 400, (NotDeliverableError, 132000, True)),
        ("no_such_template", 404, (NotDeliverableError, 132001, True)),
    ],
)
def test_recorded_refusal_is_understood(monkeypatch, name, status, told):
    client = answering(monkeypatch, name, status)

    assert failing(lambda: send(client, "1")) == told
