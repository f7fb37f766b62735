"""The line to WhatsApp fails: no message is sent twice by us, and no number stands in a log or an error."""

import time
import traceback

import pytest

from rasad.connectors.calling import Line, Reply, UnreachedError
from rasad.connectors.twin import Fault
from rasad.connectors.whatsapp.client import AccountError, WhatsAppClient
from rasad.connectors.whatsapp.sandbox import ACCOUNT
from rasad.connectors.whatsapp.webhook import fingerprint
from rasad.values.refused import OutsideError
from tests.connectors.whatsapp.sent import ASHA, PDF, VARIABLES, send, upload


def failing(call, *, seconds):
    """Kind of failure, whether for good, whether told in time."""
    started = time.monotonic()
    with pytest.raises(OutsideError) as failed:
        call()
    told = "".join(traceback.format_exception(failed.value))
    assert not [secret for secret in (ASHA, ACCOUNT.token, VARIABLES[0]) if secret in told]
    return type(failed.value), failed.value.permanent, time.monotonic() - started < seconds


@pytest.mark.parametrize(("fault", "arrived"), [(Fault.CUT, 1), (Fault.ERROR, 0), (Fault.RUBBISH, 0)])
def test_failed_message_is_told_and_not_sent_again(client, twin, fault, arrived):
    media = upload(client)
    twin.fail(fault, path="/messages")

    assert failing(lambda: send(client, media), seconds=2.0) == (OutsideError, False, True)
    assert len(twin.sent) == arrived


def test_late_answer_to_a_message_is_a_time_out(client, twin):
    media = upload(client)
    twin.fail(Fault.DELAY, seconds=1.5)

    assert failing(lambda: send(client, media, within=0.3), seconds=0.8) == (OutsideError, False, True)
    assert len(twin.sent) == 1


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.ERROR])
def test_document_is_uploaded_again_until_it_lies_there(client, twin, fault):
    twin.fail(fault, times=2, path="/media")

    assert twin.media[upload(client)] == PDF


@pytest.mark.parametrize("code", [131000, 131016])
def test_document_is_uploaded_again_when_meta_failed(client, twin, code):
    twin.refuse(code, times=2)

    assert twin.media[upload(client)] == PDF


def test_document_is_not_uploaded_more_than_three_times(client, twin):
    twin.fail(Fault.ERROR, times=4, path="/media")

    assert failing(lambda: upload(client), seconds=4.0) == (OutsideError, False, True)
    assert twin.media[upload(client)] == PDF


def test_limit_is_not_hammered_with_the_same_document(client, twin):
    twin.refuse(130429, times=2)

    assert failing(lambda: upload(client), seconds=2.0) == (AccountError, False, True)
    assert failing(lambda: upload(client), seconds=2.0) == (AccountError, False, True)
    assert twin.media[upload(client)] == PDF


def test_rubbish_for_an_answer_to_a_document_is_told(client, twin):
    twin.fail(Fault.RUBBISH)

    assert failing(lambda: upload(client), seconds=2.0) == (OutsideError, False, True)


def test_request_that_arrives_twice_is_one_message_of_ours(client, twin):
    media = upload(client)
    twin.fail(Fault.TWICE)

    assert send(client, media) == twin.sent[0].id
    assert send(client, media) == twin.sent[2].id


def test_whatsapp_that_is_down_cannot_be_reached(client, twin):
    twin.kill()

    assert failing(lambda: send(client, "1", within=2.0), seconds=2.0) == (UnreachedError, False, True)
    assert failing(lambda: upload(client, within=2.0), seconds=2.0) == (UnreachedError, False, True)


def test_whatsapp_that_is_back_gets_the_message(client, twin):
    media = upload(client)
    twin.kill()
    twin.revive()

    assert send(client, media) == twin.sent[0].id


@pytest.mark.parametrize(
    ("status", "kind", "permanent"),
    [
        (200, OutsideError, False),
        (302, AccountError, True),
        (401, AccountError, True),
        (403, AccountError, True),
        (408, OutsideError, False),
        (429, AccountError, False),
        (503, OutsideError, False),
    ],
)
def test_answer_without_a_code_is_told_by_its_status(monkeypatch, status, kind, permanent):
    monkeypatch.setattr(Line, "ask", lambda *_, **__: Reply(status, {}, b"<html>"))
    client = WhatsAppClient("http://127.0.0.1:1", "token", "1")

    assert failing(lambda: send(client, "1"), seconds=1.0) == (kind, permanent, True)


def test_answer_that_is_too_long_is_broken_off(client, twin, monkeypatch):
    monkeypatch.setattr("rasad.connectors.whatsapp.client.LARGEST_REPLY_BYTES", 10)

    assert failing(lambda: send(client, "1"), seconds=1.0) == (OutsideError, False, True)


def told(logged):
    return [(line["event"], line["result"]) for line in logged]


def test_log_of_a_message_has_neither_number_nor_id_nor_hash(client, logged):
    media = upload(client)
    number = send(client, media)

    assert told(logged) == [
        ("outside.exchange", 200),
        ("whatsapp.uploaded", media),
        ("outside.exchange", 200),
        ("whatsapp.sent", fingerprint(number)),
    ]
    assert [line["digest"] for line in logged if "digest" in line] == [None, None]
    assert (logged[3]["template"], logged[3]["to"]) == ("ration_token.en", "XXXXXX3210")
    assert not [secret for secret in (ASHA, number, ACCOUNT.token, *VARIABLES) if secret in repr(logged)]


def test_log_of_a_failure_has_neither_number_nor_text(client, twin, logged):
    twin.fail(Fault.CUT, path="/messages")
    failing(lambda: send(client, "1"), seconds=2.0)

    assert told(logged) == [
        ("outside.exchange", "no answer"),
        ("whatsapp.failed", "WhatsApp broke off its answer"),
    ]
    assert not [secret for secret in (ASHA, ACCOUNT.token, *VARIABLES) if secret in repr(logged)]
