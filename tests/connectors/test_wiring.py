"""The connectors as the settings say."""

from datetime import datetime, timedelta
from uuid import uuid4

from rasad import wiring
from rasad.connectors.exchange.portals import PORTALS
from rasad.connectors.exchange.sandbox import KEY as PORTAL_KEY
from rasad.connectors.impds import sandbox as impds
from rasad.connectors.sms import sandbox as sms
from rasad.values.month import Month
from tests.connectors.sms.sent import ASHA, CODE


def test_without_addresses_there_is_nobody_to_ask(settings):
    settings.IMPDS_URL = settings.SMS_URL = ""
    settings.IMPDS_KEYS = {}

    assert (wiring.impds(), wiring.impds_home(), wiring.sms()) == (None, None, None)


def test_other_states_are_asked_in_the_name_of_our_own(settings):
    with impds.running() as twin:
        settings.IMPDS_URL, settings.IMPDS_KEY, settings.STATE = twin.url, impds.KEY, "haryana"

        client, now = wiring.impds(), wiring.now()

        assert client.own_state == "IN-HR"
        reserved = client.reserve(
            reservation=uuid4(),
            state="IN-WB",
            card="190000000101",
            month=Month.of(now.date()),
            lines={"rice": 6000},
            shop="Ravi Store, Hisar",
            until=now + timedelta(minutes=10),
            within=5.0,
        )
        assert reserved.left == {"rice": 6000}


def test_kept_client_goes_by_the_clock_of_today_whatever_it_was_when_it_was_made(settings, monkeypatch):
    """Two stories may get the same port, and then the same client."""
    noon = datetime(2026, 11, 12, 12, tzinfo=wiring.INDIA)
    with impds.running(clock=lambda: noon) as twin:
        settings.IMPDS_URL, settings.IMPDS_KEY, settings.STATE = twin.url, impds.KEY, "haryana"
        client = wiring.impds()

        monkeypatch.setattr(wiring, "now", lambda: noon)

        assert wiring.impds() is client
        reserved = client.reserve(
            reservation=uuid4(),
            state="IN-WB",
            card="190000000101",
            month=Month.of(noon.date()),
            lines={"rice": 6000},
            shop="Ravi Store, Hisar",
            until=noon + timedelta(minutes=10),
            within=5.0,
        )
        assert reserved.until == noon + timedelta(minutes=10)


def test_states_with_a_key_may_ask_us(settings):
    settings.IMPDS_KEYS = {"IN-WB": b"w" * 32}

    assert wiring.impds_home().keys == {"IN-WB": b"w" * 32}


def test_messages_go_through_the_departments_account(settings):
    with sms.running() as twin:
        settings.SMS_URL, settings.SMS_USERNAME = twin.address, sms.ACCOUNT.username
        settings.SMS_PASSWORD, settings.SMS_SENDER = sms.ACCOUNT.password, sms.ACCOUNT.sender
        settings.SMS_KEY = sms.ACCOUNT.key

        wiring.sms().send(
            mobile=ASHA,
            template=wiring.sms_templates().template("shop_otp", "hi"),
            variables=CODE,
            within=5.0,
        )

        assert [one.template for one in twin.messages_for(ASHA)] == ["shop_otp.hi"]


def test_departments_own_texts_are_read(settings, tmp_path):
    file = tmp_path / "texts.yaml"
    file.write_text(
        "- {name: hello, kind: notice, texts: {en: {id: '100700000999', text: 'Hello', variables: []}}}"
    )
    settings.SMS_TEMPLATES = str(file)

    assert [str(one) for one in wiring.sms_templates()] == ["hello.en"]


def test_portal_is_asked_where_an_address_is_set(settings):
    with PORTALS["ppp"].twin() as twin:
        settings.PORTALS = {**settings.PORTALS, "ppp": (twin.url, PORTAL_KEY), "saral": ("", b"")}

        assert (wiring.portal("ppp").title, wiring.portal("ppp")) == ("PPP", wiring.portal("ppp"))
        assert wiring.portal("saral") is None
        assert wiring.portal_keys()["ppp"] == PORTAL_KEY
        assert "saral" not in wiring.portal_keys()


def test_settings_name_the_portals_there_are(settings):
    assert list(settings.PORTALS) == list(PORTALS)
