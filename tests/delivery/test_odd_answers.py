"""One thing at fault holds up nothing else: not the other tokens of a portal, not its other rows, not the other SMS."""

import pytest

from rasad.connectors.sms.codes import CODES
from rasad.connectors.twin import Fault
from rasad.connectors.unit_committee.wire import HandOver
from rasad.delivery.models import Pull, Step, ToldRow
from rasad.desk.actions import shops
from rasad.outbox import actions as outbox
from rasad.outbox import sending
from rasad.outbox.models import Line, Message
from rasad.relief.models import Token
from rasad.shops.models import Shop
from tests.cast import client_of
from tests.delivery.conftest import NOON
from tests.delivery.test_portals import collect, publish, push_until_all_left
from tests.relief.cast import ASHA, FARAWAY, FULL_SHOP, SHOP

pytestmark = pytest.mark.django_db(transaction=True)


def ends(system):
    return list(
        Message.objects.filter(system=system).order_by("pk").values_list("about", "kind", "state", "code")
    )


def permanent(code):
    return CODES[code].is_permanent and not CODES[code].is_of_message


def test_answer_that_was_lost_and_a_change_since_leave_the_portal_with_the_change(desk, meena, portals):
    for _ in range(3):
        portals["aepds"].fail(Fault.CUT)
    publish()
    sending.send_round("aepds")
    assert portals["aepds"].known[ASHA].shop == SHOP
    assert Message.objects.filter(system="aepds", state="waiting").count() == 2
    other = Shop.objects.get(number=FULL_SHOP)
    asha = Token.objects.filter(number=ASHA)
    shops.change_shop(tokens=asha, shop=other, why="closer", by=meena, at=NOON, beyond=True)
    push_until_all_left()

    assert portals["aepds"].known[ASHA].shop == FULL_SHOP
    assert portals["aepds"].out_of_order == []
    assert {state for _, _, state, _ in ends("aepds")} == {"sent"}


def test_token_that_a_portal_cannot_read_is_refused_alone(desk, portals, kavita):
    Token.objects.filter(number=FARAWAY).update(months=["2020-4"])
    publish()
    push_until_all_left()

    for name in ("ppp", "unit_committee", "aepds"):
        assert ends(name) == [
            (ASHA, "token_issued", "sent", ""),
            (FARAWAY, "token_issued", "dead", "unreadable"),
        ]
    Token.objects.filter(number=FARAWAY).update(months=["2020-04"])
    outbox.replay(messages=Message.objects.filter(state="dead"), by=kavita, at=NOON)
    push_until_all_left()
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_portal_that_can_read_nothing_of_ours_rests_and_refuses_nothing(desk, portals):
    Token.objects.update(months=["2020-4"])
    publish()
    sending.send_round("ppp")

    assert {state for _, _, state, _ in ends("ppp")} == {"waiting"}
    assert Line.objects.get(system="ppp").last_error == "PPP can read nothing of ours"


@pytest.mark.req("R-INT-07")
def test_row_of_a_portal_that_nobody_can_read_is_kept_and_the_others_are_taken(desk, portals):
    publish()
    push_until_all_left()
    portal = portals["unit_committee"]
    odd = HandOver(
        id="h-000001", token=ASHA, committee="UC", outcome="handed_over", proof="thumb", at=NOON, by="x"
    )
    portal.rows["hand_overs"].append(odd)
    portal.hand_over(FARAWAY, at=NOON)

    assert collect("unit_committee", "hand_overs", rounds=2) == 2
    assert list(Step.objects.values_list("token__number", "kind")) == [(FARAWAY, "handed_over")]
    kept = ToldRow.objects.get(outcome="unreadable")
    assert "Invalid enum value 'thumb'" in kept.facts["why"]
    assert '"proof":"thumb"' in kept.facts["row"]
    assert kept.told_as.startswith("unit_committee:hand_overs:odd:")


def test_row_nobody_could_read_is_on_a_page_for_who_looks_after_the_portals(desk, portals, kavita):
    odd = HandOver(
        id="h-000001", token=ASHA, committee="UC", outcome="handed_over", proof="thumb", at=NOON, by="x"
    )
    portals["unit_committee"].rows["hand_overs"].append(odd)
    collect("unit_committee", "hand_overs", rounds=1)
    page = client_of(kavita).get("/delivery/told").content.decode()

    assert "Unit Committee portal" in page
    assert "&quot;proof&quot;:&quot;thumb&quot;" in page


def test_wrong_password_at_the_gateway_refuses_no_message(desk, telephones):
    publish()
    telephones.refuse("401", times=5)
    sending.drain()

    assert {state for _, _, state, _ in ends("sms")} == {"waiting"}
    Line.objects.update(rests_until=None)
    telephones._refusing.clear()
    sending.drain()
    assert {state for _, _, state, _ in ends("sms")} == {"sent"}


def test_number_the_gateway_does_not_take_is_refused_alone(desk, telephones):
    publish()
    telephones.refuse("406")
    sending.drain()

    assert [(state, code) for _, _, state, code in ends("sms")] == [("dead", "not_sent"), ("sent", "")]


def test_codes_of_the_account_and_of_a_message_are_told_apart():
    assert [code for code in CODES if permanent(code)] == [
        "401",
        "411",
        "412",
        "415",
        "416",
        "422",
        "423",
        "425",
    ]


def test_slow_gateway_rings_once(desk, telephones):
    publish()
    for _ in range(2):
        telephones.fail(Fault.DELAY, seconds=1.4)
    sending.drain()

    assert len(telephones.messages_for("9876500001")) == 1
    assert {state for _, _, state, _ in ends("sms")} == {"sent"}


def test_line_that_fails_for_months_goes_on(desk, portals):
    publish()
    portals["ppp"].kill()
    Line.objects.create(system="ppp", failures=5_000)
    Pull.objects.create(system="trackpds", kind="arrivals", failures=5_000)
    portals["trackpds"].kill()

    assert sending.send_round("ppp").failed == 1
    assert collect("trackpds", "arrivals", rounds=1) == 0
    assert Line.objects.get(system="ppp").failures == 5_001
    assert Pull.objects.get(system="trackpds").failures == 5_001
