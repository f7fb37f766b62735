"""Meta reports what became of a message: only Meta is believed, and only what can be read."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rasad.connectors.whatsapp import client as sending
from rasad.connectors.whatsapp import webhook
from rasad.connectors.whatsapp.codes import About, Code, code_of
from rasad.connectors.whatsapp.sandbox import ACCOUNT
from rasad.connectors.whatsapp.webhook import LARGEST_BODY_BYTES, Status
from tests.connectors.whatsapp.sent import ASHA, send, upload

RECORDED = Path(sending.__file__).parent / "recorded"
WAMID = "wamid.HBgMOTE5ODc2NTQzMjEwFQIAERgSNTQ4MDkyMEMxNzg1NTFFMTYxAA=="
NOON = datetime(2020, 5, 15, 6, 30, tzinfo=UTC)


def recorded(name):
    return webhook.statuses((RECORDED / f"{name}.json").read_bytes())


def body(*told, field="messages", kind="whatsapp_business_account"):
    changes = [{"field": field, "value": {"messaging_product": "whatsapp", "statuses": list(told)}}]
    return json.dumps({"object": kind, "entry": [{"id": "1", "changes": changes}]}).encode()


@pytest.mark.parametrize("status", ["sent", "delivered", "read"])
def test_twin_reports_what_became_of_a_message(client, twin, status):
    number = send(client, upload(client), reference="message:17")
    report, signature = twin.status_body(number, status, at=NOON)

    assert webhook.verified(report, signature, ACCOUNT.app_secret) is True
    assert webhook.statuses(report) == [Status(number, status, NOON, None, "message:17")]


def test_twin_reports_a_failure_with_its_code(client, twin):
    number = send(client, upload(client))
    report, _signature = twin.status_body(number, "failed", at=NOON, code=131026)

    assert webhook.statuses(report) == [Status(number, "failed", NOON, 131026)]
    assert code_of(131026) == Code("cannot be delivered to this number", About.NUMBER)


def test_published_reports_are_read():
    at = datetime(2023, 9, 12, 4, 21, 24, tzinfo=UTC)

    assert recorded("report_delivered") == [Status(WAMID, "delivered", at)]
    assert recorded("report_failed") == [Status(WAMID, "failed", at, 131026)]


def test_message_of_a_family_is_no_report():
    assert recorded("message_received") == []


def test_several_reports_come_in_their_order():
    told = [
        {"id": WAMID, "status": status, "timestamp": "1589524200"} for status in ("delivered", "sent", "read")
    ]

    assert [one.status for one in webhook.statuses(body(*told))] == ["delivered", "sent", "read"]


@pytest.mark.parametrize(
    "report",
    [
        body({"id": WAMID, "status": "played", "timestamp": "1589524200"}),
        body({"id": WAMID, "status": "read", "timestamp": "1589524200"}, field="account_update"),
        body({"id": WAMID, "status": "read", "timestamp": "1589524200"}, kind="page"),
        b'{"object": "page", "entry": [{"id": "1", "messaging": []}]}',
        b'{"object": "whatsapp_business_account"}',
        b'{"object": "whatsapp_business_account", "entry": [{"id": "1"}]}',
        b'{"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages"}]}]}',
    ],
)
def test_other_events_tell_nothing(report):
    assert webhook.statuses(report) == []


def test_failure_without_a_code_is_one_all_the_same():
    told = {"id": WAMID, "status": "failed", "timestamp": "1589524200"}

    assert webhook.statuses(body(told)) == [Status(WAMID, "failed", NOON)]


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (b"", "body: json_invalid"),
        (b"\xff\xfe", "body: json_invalid"),
        (b"[" * 100_000, "body: json_invalid"),
        (b"[]", "body: model_type"),
        (b"{}", "object: missing"),
        (b'{"object": "whatsapp_business_account", "entry": {}}', "entry: list_type"),
        (b'{"object": "whatsapp_business_account", "entry": ["919876543210"]}', "0: model_type"),
        (body({"status": "read", "timestamp": "1"}), "0.id: missing"),
        (body({"id": WAMID, "status": "read"}), "0.timestamp: missing"),
        (
            body({"id": WAMID, "status": "read", "timestamp": "919876543210 o'clock"}),
            "0.timestamp: int_parsing",
        ),
        (body({"id": WAMID, "status": "read", "timestamp": "9" * 20}), "0.timestamp: less_than_equal"),
        (
            body({"id": WAMID, "status": "failed", "timestamp": "1", "errors": ["?"]}),
            "0.errors.0: model_type",
        ),
        (body({"id": "", "status": "read", "timestamp": "1"}), "0.id: string_too_short"),
    ],
)
def test_report_that_cannot_be_read_says_where_and_not_what(report, why):
    with pytest.raises(ValueError) as refused:
        webhook.statuses(report)
    assert str(refused.value) == f"a report of WhatsApp cannot be read: {why}"
    assert refused.value.__cause__ is None


def test_report_that_is_too_long_is_not_read():
    with pytest.raises(ValueError, match=r"^a report of WhatsApp has more than 3000000 bytes$"):
        webhook.statuses(b" " * (LARGEST_BODY_BYTES + 1))


def test_only_what_the_secret_signed_is_believed(twin):
    report, signature = twin.status_body(WAMID, "read")
    secret = ACCOUNT.app_secret

    assert webhook.verified(report, signature, secret) is True
    assert webhook.verified(report + b" ", signature, secret) is False
    assert webhook.verified(report, signature, b"another secret") is False
    assert webhook.verified(report, webhook.signature(report, b""), b"") is False


@pytest.mark.parametrize(
    "header",
    ["", "sha256=", "sha1=" + "0" * 40, "sha256=" + "0" * 64, "sha256=" + "٣" * 64, "sha256=é", "0" * 64],
)
def test_header_of_another_form_is_not_believed(header):
    assert webhook.verified(b"{}", header, ACCOUNT.app_secret) is False


def test_signature_is_the_one_meta_publishes_the_way_to():
    # echo -n '{}' | openssl dgst -sha256 -hmac secret
    assert webhook.signature(b"{}", b"secret") == (
        "sha256=77325902caca812dc259733aacd046b73817372c777b8d95b402647474516e13"
    )


def test_address_is_ours_for_who_knows_the_word():
    secret = ACCOUNT.app_secret
    asked = {
        "hub.mode": "subscribe",
        "hub.verify_token": webhook.verify_token(secret),
        "hub.challenge": "1158201444",
    }

    assert webhook.challenge(asked, secret) == "1158201444"
    assert webhook.challenge({**asked, "hub.verify_token": "é"}, secret) is None
    assert webhook.challenge({**asked, "hub.mode": "unsubscribe"}, secret) is None
    assert webhook.challenge({**asked, "hub.challenge": "<script>"}, secret) is None
    assert webhook.challenge({**asked, "hub.verify_token": webhook.verify_token(b"")}, b"") is None
    assert webhook.challenge({}, secret) is None


def test_status_is_shown_and_kept_without_the_number():
    status = Status(WAMID, "read", NOON)

    assert repr(status) == f"Status({webhook.fingerprint(WAMID)}, read, 2020-05-15T06:30:00+00:00, None)"
    assert (len(status.fingerprint), ASHA in status.fingerprint) == (32, False)
