"""Asha gets her token as a document; what is wrong with a request is told by Meta's own codes."""

import base64

import httpx
import pytest

from rasad.connectors.sms.templates import UnfitMessageError
from rasad.connectors.whatsapp import client as sending
from rasad.connectors.whatsapp.client import AccountError, NotDeliverableError, WhatsAppClient
from rasad.connectors.whatsapp.sandbox import ACCOUNT
from rasad.connectors.whatsapp.templates import LARGEST_PDF_BYTES
from rasad.values.refused import OutsideError
from tests.connectors.whatsapp.sent import ASHA, FILE, PATIENCE, PDF, TEXT, VARIABLES, send, upload


def failing(call):
    """Kind of failure, code, whether for good."""
    with pytest.raises(OutsideError) as failed:
        call()
    return type(failed.value), getattr(failed.value, "code", None), failed.value.permanent


def said(call):
    with pytest.raises(OutsideError) as failed:
        call()
    return str(failed.value)


def test_document_arrives_whole_under_its_registered_text(client, twin):
    number = send(client, upload(client), reference="message:17")

    [got] = twin.messages_for(ASHA)
    assert (got.id, got.document, got.filename, got.text) == (number, PDF, FILE, TEXT)
    assert (got.template, got.language, got.variables) == ("ration_token", "en", tuple(VARIABLES))
    assert got.reference == "message:17"


def test_document_arrives_in_the_familys_language(client, twin):
    send(client, upload(client), language="hi", variables=["XXXXXXXX0001", "रवि स्टोर", "अप्रैल", "1967"])

    assert twin.sent[0].text == (
        "आपका राशन टोकन XXXXXXXX0001 तैयार है: रवि स्टोर से अप्रैल का राशन लें। दुकान पर यह दस्तावेज़ फ़ोन या काग़ज़ पर दिखाएँ। "
        "जानकारी: 1967। खाद्य एवं आपूर्ति"
    )


def test_one_document_can_be_sent_twice(client, twin):
    media = upload(client)
    numbers = [send(client, media), send(client, media)]

    assert [one.id for one in twin.sent] == numbers
    assert len(set(numbers)) == 2


def test_messages_stay_apart_by_telephone(client, twin):
    media = upload(client)
    send(client, media)
    send(client, media, mobile="9812345678")

    assert (len(twin.messages_for(ASHA)), len(twin.messages_for("9812345678"))) == (1, 1)


def test_name_of_the_file_may_be_in_another_script(client, twin):
    client.upload(PDF, "राशन टोकन.pdf", within=PATIENCE)

    assert list(twin.media.values()) == [PDF]


def test_message_is_what_meta_wants():
    assert sending.message(ASHA, "ration_token", "en", ["Asha"], "1037543291543636", FILE, "message:17") == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "919876543210",
        "type": "template",
        "template": {
            "name": "ration_token",
            "language": {"code": "en"},
            "components": [
                {
                    "type": "header",
                    "parameters": [
                        {"type": "document", "document": {"id": "1037543291543636", "filename": FILE}}
                    ],
                },
                {"type": "body", "parameters": [{"type": "text", "text": "Asha"}]},
            ],
        },
        "biz_opaque_callback_data": "message:17",
    }


def test_message_without_variables_and_reference_has_no_room_for_them():
    told = sending.message(ASHA, "hello", "en", [], "1", FILE)

    assert [part["type"] for part in told["template"]["components"]] == ["header"]
    assert "biz_opaque_callback_data" not in told


@pytest.mark.parametrize("mobile", ["2810806979", "98765", "+919876543210", "98765432100", "९८७६५४३२१०"])
def test_number_that_is_no_mobile_is_refused_before_it_is_sent(client, twin, mobile):
    assert failing(lambda: send(client, "1", mobile=mobile)) == (NotDeliverableError, None, True)
    assert twin.sent == []


@pytest.mark.parametrize(
    "other",
    [
        {"variables": [*VARIABLES[:3], ""]},
        {"variables": [*VARIABLES[:3], "1967\n"]},
        {"variables": [*VARIABLES[:3], "1967     free"]},
        {"variables": [*VARIABLES[:3], "9" * 201]},
        {"variables": ["9999 4105 7058", *VARIABLES[1:]]},
        {"variables": ["060000000001", *VARIABLES[1:]]},
        {"template": "Ration Token"},
        {"language": "English"},
        {"filename": "ration-token.exe"},
        {"filename": "../ration-token.pdf"},
        {"filename": "060000000001.pdf"},
        {"filename": "r" * 97 + ".pdf"},
        {"reference": "r" * 513},
    ],
)
def test_message_that_must_not_leave_does_not(client, twin, other):
    with pytest.raises(UnfitMessageError) as refused:
        send(client, upload(client), **other)
    assert twin.sent == []
    assert not any(value in str(refused.value) for value in ("9999 4105 7058", "060000000001"))


@pytest.mark.parametrize("document", [b"", b"<html>", PDF + b"x" * LARGEST_PDF_BYTES])
def test_document_that_is_none_or_too_large_is_not_uploaded(client, twin, document):
    with pytest.raises(UnfitMessageError, match=r"^the document "):
        client.upload(document, FILE, within=PATIENCE)
    assert twin.media == {}


def test_wrong_token_is_the_accounts_fault(twin):
    stranger = WhatsAppClient(twin.address, "another token", ACCOUNT.phone_id)

    assert failing(lambda: upload(stranger)) == (AccountError, 190, True)
    assert failing(lambda: send(stranger, "1")) == (AccountError, 190, True)


def test_wrong_phone_id_is_the_accounts_fault(twin):
    stranger = WhatsAppClient(twin.address, ACCOUNT.token, "100000000000000")

    assert failing(lambda: upload(stranger)) == (AccountError, 33, True)
    assert failing(lambda: send(stranger, "1")) == (AccountError, 33, True)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"template": "another"}, 132001),
        ({"language": "ta"}, 132001),
        ({"variables": VARIABLES[:3]}, 132000),
        ({"variables": []}, 132000),
        ({"variables": ["r" * 200] * 4 + ["one more"]}, 132000),
    ],
)
def test_message_meta_does_not_take_is_refused_alone(client, twin, other, code):
    media = upload(client)

    assert failing(lambda: send(client, media, **other)) == (NotDeliverableError, code, True)
    assert twin.sent == []


def test_document_meta_does_not_have_is_refused(client, twin):
    assert failing(lambda: send(client, "1000000000009999")) == (NotDeliverableError, 100, True)
    assert twin.sent == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to": "9876543210"}, 100),
        ({"to": "+919876543210"}, 100),
        ({"type": "text"}, 131051),
        ({"messaging_product": "signal"}, 100),
        ({"template": {"name": "ration_token", "language": {"code": "en"}}}, 132012),
        ({"template": "ration_token"}, 100),
        ({"biz_opaque_callback_data": "r" * 513}, 131009),
    ],
)
def test_twin_takes_no_other_form(client, twin, change, code):
    told = {**sending.message(ASHA, "ration_token", "en", VARIABLES, upload(client), FILE), **change}
    answer = posted(twin, "messages", json=told)

    assert answer.json()["error"]["code"] == code
    assert twin.sent == []


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        (["r" * 400] * 4, 132005),
        (["Ravi\nStore", *VARIABLES[1:]], 100),
        (["", *VARIABLES[1:]], 132012),
    ],
)
def test_twin_takes_no_text_that_meta_does_not(client, twin, variables, code):
    told = sending.message(ASHA, "ration_token", "en", variables, upload(client), FILE)

    assert posted(twin, "messages", json=told).json()["error"]["code"] == code


def posted(twin, node, **what):
    headers = {"Authorization": f"Bearer {ACCOUNT.token}"}
    return httpx.post(f"{twin.address}/{ACCOUNT.phone_id}/{node}", headers=headers, **what)


@pytest.mark.parametrize(
    ("data", "file", "code"),
    [
        ({"messaging_product": "whatsapp"}, (FILE, PDF, "application/pdf"), 100),
        ({"type": "application/pdf"}, (FILE, PDF, "application/pdf"), 100),
        ({"messaging_product": "whatsapp", "type": "application/pdf"}, (FILE, PDF, "text/plain"), 100),
        (
            {"messaging_product": "whatsapp", "type": "application/pdf"},
            (FILE, b"?", "application/pdf"),
            131053,
        ),
    ],
)
def test_twin_takes_no_other_document(twin, data, file, code):
    answer = posted(twin, "media", data=data, files={"file": file})

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert twin.media == {}


def test_twin_takes_a_document_as_a_form_only(twin):
    assert posted(twin, "media", content=PDF).json()["error"]["code"] == 100


def test_account_on_trial_reaches_the_allowed_numbers_only(client, twin):
    twin.allowed = {"9812345678"}
    media = upload(client)

    assert failing(lambda: send(client, media)) == (NotDeliverableError, 131030, True)
    send(client, media, mobile="9812345678")
    assert [one.mobile for one in twin.sent] == ["9812345678"]


@pytest.mark.parametrize(
    ("code", "kind", "permanent"),
    [
        (0, AccountError, True),
        (3, AccountError, True),
        (10, AccountError, True),
        (190, AccountError, True),
        (200, AccountError, True),
        (299, AccountError, True),
        (131031, AccountError, True),
        (131042, AccountError, True),
        (4, AccountError, False),
        (80007, AccountError, False),
        (130429, AccountError, False),
        (131048, AccountError, False),
        (131056, AccountError, False),
        (100, NotDeliverableError, True),
        (131009, NotDeliverableError, True),
        (131026, NotDeliverableError, True),
        (131030, NotDeliverableError, True),
        (131051, NotDeliverableError, True),
        (131052, NotDeliverableError, True),
        (131053, NotDeliverableError, True),
        (132000, NotDeliverableError, True),
        (132001, NotDeliverableError, True),
        (132005, NotDeliverableError, True),
        (132007, NotDeliverableError, True),
        (132012, NotDeliverableError, True),
        (132015, NotDeliverableError, True),
        (132016, NotDeliverableError, True),
        (999999, AccountError, True),
    ],
)
def test_code_says_whom_it_concerns_and_whether_trying_again_helps(client, twin, code, kind, permanent):
    media = upload(client)
    twin.refuse(code)

    assert failing(lambda: send(client, media)) == (kind, code, permanent)
    assert twin.sent == []


@pytest.mark.parametrize("code", [1, 2, 131000, 131016])
def test_failure_at_meta_leaves_open_what_became_of_the_message(client, twin, code):
    twin.refuse(code)

    assert failing(lambda: send(client, "1")) == (OutsideError, None, False)


def test_what_is_told_of_a_failure_has_neither_number_nor_text(client, twin):
    twin.refuse(131026)

    assert said(lambda: send(client, "1")) == (
        "WhatsApp: 131026 cannot be delivered to this number: ration_token.en to XXXXXX3210"
    )


def test_client_is_shown_without_its_token(client):
    assert repr(client) == "WhatsAppClient(100000000008412)"


def test_id_of_a_message_has_the_number_in_it_as_metas_has(client):
    number = send(client, upload(client))

    assert ASHA.encode() in base64.b64decode(number.removeprefix("wamid."))


def test_telephone_on_the_screen_shows_the_newest_first_with_its_document(client, twin):
    media = upload(client)
    send(client, media)
    send(client, media, variables=["XXXXXXXX0001", "<b>Sita</b>", "May 2020", "1967"])

    shown = httpx.get(f"{twin.url}/phone/{ASHA}").text

    assert shown.index("&lt;b&gt;Sita&lt;/b&gt; for May 2020") < shown.index("Ravi Store, Hisar for April")
    assert f'<a href="/document/{media}">{FILE}</a>' in shown
    assert httpx.get(f"{twin.url}/document/{media}").content == PDF


def test_telephones_are_listed(client, twin):
    assert "No message yet." in httpx.get(twin.url).text

    send(client, upload(client))

    assert f'<a href="/phone/{ASHA}">{ASHA}</a> (1)' in httpx.get(twin.url).text


def test_page_that_is_not_there_is_not_found(twin):
    assert httpx.get(f"{twin.url}/document/1").status_code == 404
