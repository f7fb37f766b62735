"""Help Me is told lines for telephones; the app asks us in a citizen's name, signed, and knows our answer."""

from datetime import UTC, datetime

import pytest

from rasad.connectors.exchange import offered
from rasad.connectors.exchange.offered import Asked, Offered
from rasad.connectors.exchange.sandbox import KEY
from rasad.connectors.exchange.signing import UnsignedError
from rasad.connectors.exchange.wire import Item
from rasad.connectors.help_me.client import HelpMeClient
from rasad.connectors.help_me.sandbox import HelpMeApp, HelpMeTwin, RefusedError
from rasad.connectors.help_me.wire import CodeAsked, CodeSent, OwnToken, OwnTokens, TokensAsked
from tests.connectors.exchange.examples import MONTHS, THINGS, TOKEN

ASHA = "9876500001"
OWN = OwnTokens(
    tokens=(
        OwnToken(
            token=TOKEN, scheme="drt_2020", scheme_title="Distress Ration Token", holder="Asha Devi", members=3,
            months=MONTHS, state="published", state_words="Published", shop=None, nearest=(), ticket="ticket",
        ),
    )
)  # fmt: skip


class Ours:
    """Our side of the app's line, as small as can be."""

    def __init__(self):
        self.door, self.heard = Offered({"help_me": KEY}), []

    def __call__(self, method, path, headers, body):
        try:
            sender = self.door.verify(Asked(method, path, headers, body), at=datetime.now(UTC))
        except UnsignedError as error:
            answer = offered.unsigned(error)
        else:
            answer = self.answer(sender, path.rpartition("/")[2], body)
        return answer.status, dict(answer.headers), answer.body

    def answer(self, sender, name, body):
        self.heard.append((name, body))
        if name == "codes":
            asked = offered.read(body, CodeAsked)
            return self.door.accepted(sender, CodeSent(sent=asked.mobile == ASHA, wait_seconds=60))
        if name == "tokens" and offered.read(body, TokensAsked).code == "123456":
            return self.door.accepted(sender, OWN)
        if name == "pdf":
            return self.door.of(sender, 200, b"%PDF-1.7", "application/pdf")
        return self.door.refused(sender, "code_wrong", 403)


@pytest.mark.req("R-INT-09")
def test_line_for_a_telephone_is_told():
    with HelpMeTwin() as twin:
        item = Item(id="item-00001", about=TOKEN, body=THINGS["help_me", "notices"](1))
        told = HelpMeClient(twin.url, KEY).notices([item], within=10.0)

        assert told["item-00001"].outcome == "accepted"
        assert (twin.known[TOKEN].message_en, twin.known[TOKEN].message_hi) == ("Token 1", "टोकन")


def test_app_asks_for_a_code_the_tokens_and_the_paper():
    ours = Ours()
    app = HelpMeApp(ours)

    assert app.ask_code(ASHA) == CodeSent(sent=True, wait_seconds=60)
    assert app.tokens(ASHA, "123456") == OWN
    assert app.pdf(TOKEN, "ticket") == b"%PDF-1.7"
    assert [name for name, _ in ours.heard] == ["codes", "tokens", "pdf"]


def refusal(asking):
    with pytest.raises(RefusedError) as error:
        asking()
    return error.value.status, error.value.code


def test_expected_no_reaches_the_app_with_its_code():
    assert refusal(lambda: HelpMeApp(Ours()).tokens(ASHA, "000000")) == (403, "code_wrong")


def test_other_key_or_name_is_not_heard():
    ours = Ours()

    assert refusal(lambda: HelpMeApp(ours, key=bytes(32)).ask_code(ASHA)) == (401, "unsigned_bad_signature")
    assert refusal(lambda: HelpMeApp(ours, system="ppp").ask_code(ASHA)) == (401, "unsigned_unknown_system")
    assert ours.heard == []


def test_app_does_not_take_an_answer_that_is_not_ours():
    ours = Ours()

    def altered(method, path, headers, body):
        status, said, answer = ours(method, path, headers, body)
        return status, said, answer.replace(b"60", b"10")

    assert refusal(lambda: HelpMeApp(altered).ask_code(ASHA)) == (200, "not_signed")
