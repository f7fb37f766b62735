"""WhatsApp as the settings say, and its twin from the command line."""

from types import SimpleNamespace

from typer.testing import CliRunner

from rasad import wiring
from rasad.connectors.whatsapp import commands, sandbox
from rasad.connectors.whatsapp.sandbox import ACCOUNT
from rasad.counter.twins_commands import app
from tests.connectors.whatsapp.sent import ASHA, send, upload


def test_without_an_address_there_is_nobody_to_ask(settings):
    settings.WHATSAPP_URL = ""

    assert wiring.whatsapp() is None


def test_documents_go_through_the_departments_account(settings):
    with sandbox.running() as twin:
        settings.WHATSAPP_URL, settings.WHATSAPP_TOKEN = twin.address, ACCOUNT.token
        settings.WHATSAPP_PHONE_ID = ACCOUNT.phone_id

        send(wiring.whatsapp(), upload(wiring.whatsapp()), template=settings.WHATSAPP_TEMPLATE)

        assert [one.template for one in twin.messages_for(ASHA)] == ["ration_token"]


def test_settings_of_the_twin_are_those_of_the_installation(settings):
    with sandbox.running() as twin:
        names = {name.removeprefix("RASAD_") for name in twin.settings}

    assert all(hasattr(settings, name) for name in names)


class Pressed:
    """Waits as long as it takes somebody to press Ctrl-C: not at all."""

    def wait(self):
        raise KeyboardInterrupt


def test_twin_is_a_command_and_says_its_settings(monkeypatch):
    monkeypatch.setattr(commands, "threading", SimpleNamespace(Event=Pressed))
    done = CliRunner().invoke(app, ["whatsapp", "--port", "0"])

    assert done.output.startswith("WhatsApp RASAD_WHATSAPP_URL=http://127.0.0.1:")
    assert done.output.endswith("WhatsApp stopped\n")
    assert commands.PORT == 8412
