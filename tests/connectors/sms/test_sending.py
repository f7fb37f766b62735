"""Asha gets her message; what is wrong with a request is told by the gateway's own codes."""

from dataclasses import replace

import httpx
import pytest

from rasad.connectors.sms import client as sending
from rasad.connectors.sms.client import Account, SmsClient
from rasad.connectors.sms.sandbox import ACCOUNT
from rasad.connectors.sms.templates import Template, UnfitMessageError, ours
from rasad.values.refused import OutsideError
from tests.connectors.sms.sent import ASHA, CODE, PATIENCE, RECEIPT, STOCK, send_code


def received(twin, mobile=ASHA):
    return [(one.kind, one.text) for one in twin.messages_for(mobile)]


def refusal(call):
    with pytest.raises(OutsideError) as failed:
        call()
    return failed.value.permanent, str(failed.value)


def test_code_arrives_as_it_was_registered(client, twin):
    number = send_code(client)

    assert received(twin) == [("otpmsg", ours().template("shop_otp", "en").filled(CODE))]
    assert twin.messages_for(ASHA)[0].id == number


@pytest.mark.parametrize("language", ["hi", "bn"])
def test_code_in_another_script_arrives_whole(client, twin, language):
    send_code(client, language=language)

    assert received(twin) == [("unicodeotpmsg", ours().template("shop_otp", language).filled(CODE))]


@pytest.mark.parametrize(
    ("language", "kind"), [("en", "singlemsg"), ("hi", "unicodemsg"), ("bn", "unicodemsg")]
)
def test_receipt_arrives_in_the_familys_language(client, twin, language, kind):
    template = ours().template("sale_receipt", language)
    client.send(mobile=ASHA, template=template, variables=RECEIPT, within=PATIENCE)

    assert received(twin) == [(kind, template.filled(RECEIPT))]


def test_english_text_with_a_name_in_hindi_goes_as_unicode(client, twin):
    template = ours().template("stock_arrived", "en")
    client.send(mobile=ASHA, template=template, variables={**STOCK, "shop": "रवि स्टोर"}, within=PATIENCE)

    assert received(twin)[0][0] == "unicodemsg"


def test_messages_stay_apart_by_telephone(client, twin):
    send_code(client)
    send_code(client, mobile="9812345678")

    assert len(received(twin)) == len(received(twin, "9812345678")) == 1


def test_message_that_must_not_leave_does_not(client, twin):
    with pytest.raises(UnfitMessageError):
        client.send(
            mobile=ASHA,
            template=ours().template("stock_arrived", "en"),
            variables={**STOCK, "goods": "9999 4105 7058"},
            within=PATIENCE,
        )
    assert received(twin) == []


@pytest.mark.parametrize("mobile", ["2810806979", "98765", "+919876543210", "98765432100", "९८७६५४३२१०"])
def test_number_that_is_no_mobile_is_refused_before_it_is_sent(client, twin, mobile):
    assert refusal(lambda: send_code(client, mobile=mobile))[0] is True


@pytest.mark.parametrize(
    ("account", "code"),
    [
        (replace(ACCOUNT, password="wrong"), "401"),
        (replace(ACCOUNT, username="nobody"), "401"),
        (replace(ACCOUNT, sender="OTHERS"), "411"),
        (replace(ACCOUNT, key="another secure key"), "416"),
    ],
)
def test_wrong_account_is_refused_for_good(twin, account, code):
    permanent, said = refusal(lambda: send_code(SmsClient(twin.address, account)))

    assert permanent is True
    assert said.startswith(f"SMS gateway: {code} ")


def test_text_that_is_not_registered_is_rejected_by_the_operator(client, twin):
    made_up = Template(
        "made_up", "en", "notice", "1007000000000000201", "You have won {#var#}", variables=("goods",)
    )

    permanent, said = refusal(
        lambda: client.send(mobile=ASHA, template=made_up, variables={"goods": "rice"}, within=PATIENCE)
    )
    assert (permanent, said) == (
        True,
        "SMS gateway: 414 rejected by the operator: made_up.en to XXXXXX3210",
    )


@pytest.mark.parametrize(
    ("code", "permanent"),
    [
        ("403", False),
        ("404", False),
        ("406", True),
        ("408", False),
        ("413", True),
        ("418", False),
        ("499", True),
    ],
)
def test_code_of_the_gateway_says_whether_trying_again_helps(client, twin, code, permanent):
    twin.refuse(code)

    assert refusal(lambda: send_code(client))[0] is permanent
    assert received(twin) == []


def test_message_the_operator_was_slow_with_is_not_sent_again(client, twin):
    twin.refuse("409")

    assert send_code(client) == "409"


def test_what_is_told_of_a_failure_has_neither_code_nor_number(client, twin):
    twin.refuse("413")

    said = refusal(lambda: send_code(client))[1]

    assert said == "SMS gateway: 413 taken for spam: shop_otp.en to XXXXXX3210"


def test_password_and_key_go_hashed():
    account = Account(username="food", password="abc", sender="FOODHR", key="key-of-the-account")
    form = sending.form(account, ASHA, ours().template("shop_otp", "en"), "text")

    assert form == {
        "username": "food",
        "password": "a9993e364706816aba3e25717850c26c9cd0d89d",
        "senderid": "FOODHR",
        "content": "text",
        "smsservicetype": "otpmsg",
        "mobileno": ASHA,
        "key": "30e64a6b8b4563348c9d344a26d7f53988e9c3e1541bafea07081646196a1ccd"
        "7737dd47d5283c54cddfd768481253defadecf3da97149a61281adbe1fd7ef40",
        "templateid": "1007000000000000101",
    }
    assert repr(account) == "Account(food, FOODHR)"


def test_text_beyond_ascii_goes_as_numbered_characters():
    assert sending.entities("राशन") == "&#2352;&#2366;&#2358;&#2344;"


def test_telephone_on_the_screen_shows_the_newest_first(client, twin):
    send_code(client)
    client.send(
        mobile=ASHA,
        template=ours().template("stock_arrived", "en"),
        variables={**STOCK, "goods": "<b>Wheat</b>"},
        within=PATIENCE,
    )

    shown = httpx.get(f"{twin.url}/phone/{ASHA}").text

    assert shown.index("&lt;b&gt;Wheat&lt;/b&gt; has arrived") < shown.index("482913 is your code")


def test_telephone_without_messages_says_so(twin):
    assert "No message yet." in httpx.get(f"{twin.url}/phone/9812345678").text


def test_telephones_are_listed(client, twin):
    send_code(client)

    assert f'<a href="/phone/{ASHA}">{ASHA}</a> (1)' in httpx.get(twin.url).text


def test_page_that_is_not_there_is_not_found(twin):
    assert httpx.get(f"{twin.url}/inbox").status_code == 404
