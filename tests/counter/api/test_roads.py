"""Tokens, which no lane takes; the road without a quick one; a database that is gone."""

import pytest
from django.db import OperationalError

from rasad.counter import stock
from rasad.registry import vault
from rasad.relief.models import Token, TokenMember
from tests.counter import cast
from tests.counter.api import conftest, live, stories
from tests.counter.test_tokens import MAY, NUMBER
from tests.relief import cast as relief

ASHAS_MOBILE = "9999900001"
pytestmark = pytest.mark.django_db(transaction=True)


class TestInMay:
    """A token lives in its months."""

    @pytest.fixture
    def begins(self):
        return MAY

    def test_token_is_sold_by_its_own_finger(self, server, world):
        shop = cast.shop()
        made = relief.token(relief.run(), NUMBER, "Asha Devi", shop_number=cast.RAVIS)
        ref = vault.store_many([cast.ASHA], at=MAY)[0]
        TokenMember.objects.create(token=made, scheme="drt_2020", line=1, name="Asha Devi", aadhaar_ref=ref)
        till = conftest.device(server, shop)

        given = stories.matched(till, world, NUMBER)
        receipt = stories.sold(till, given, wheat=1_000)

        assert (receipt["mode"], receipt["amount"], stories.sold(till, given, wheat=1_000)["is_replay"]) == (
            "biometric",
            0,
            True,
        )
        assert Token.objects.get().state == Token.State.IN_USE
        assert stories.refusal(stories.sold, till, given, wheat=2_000) == (409, "sale_id_reused")


def test_without_the_quick_road_a_sale_is_the_same(till):
    given, second = stories.served(till), stories.served(till)
    quick = stories.sold(till, given, wheat=1_000)
    till._http._transport.without_the_quick_road()

    slow = stories.sold(till, second, wheat=1_000)

    assert stories.sold(till, given, wheat=1_000) == quick | {
        "is_replay": True,
        "lines": [quick["lines"][0] | {"left": 13_000}],
    }
    differs = {name for name in slow if slow[name] != quick[name]}
    assert differs == {"id", "number", "at", "lines"}
    assert slow["at"][-6:] == quick["at"][-6:] == "+05:30"
    assert stories.refusal(stories.sold, till, second, wheat=2_000) == (409, "sale_id_reused")


def test_family_is_told_once_of_a_sale_by_the_quick_road(till, world):
    before = len(world.sms.messages_for(ASHAS_MOBILE))
    given = stories.served(till)

    stories.sold(till, given, wheat=1_000)
    stories.sold(till, given, wheat=1_000)
    live.tell_all()

    told = world.sms.messages_for(ASHAS_MOBILE)[before:]
    assert len(told) == 1
    assert "Wheat 1 kg" in told[0].text


def test_books_that_cannot_be_reached_are_said_to_be_so(till, monkeypatch):
    def gone(_shop):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(stock, "balances", gone)

    answer = till.raw("GET", "/stock")

    assert (answer.status_code, answer.json()["code"]) == (503, "server_unreachable")
