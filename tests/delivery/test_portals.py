"""What leaves for the portals and what they tell us, whatever they do in between: nothing lost, nothing doubled."""

from datetime import date

import pytest

from rasad.connectors.twin import Fault
from rasad.delivery import collecting
from rasad.delivery.models import Pull, Step, ToldRow
from rasad.desk.actions import shops
from rasad.outbox import sending
from rasad.outbox.models import Line, Message
from rasad.relief import publishing
from rasad.relief.models import Token
from rasad.shops.models import Shop
from tests.delivery.conftest import NOON
from tests.relief.cast import ASHA, FARAWAY, KAMLA, SHOP, run, token

pytestmark = pytest.mark.django_db(transaction=True)
FOUR = ("ppp", "unit_committee", "aepds", "help_me")


def publish():
    return publishing.publish(Token.objects.all(), at=NOON)


def push_until_all_left(rounds=200):
    """Send as the worker does, without its pauses; the rounds it took."""
    for count in range(1, rounds):
        Line.objects.update(rests_until=None)
        sending.drain()
        if not Message.objects.filter(state="waiting").exists():
            return count
    raise AssertionError("something waits for ever")


def known(portals, name):
    return {about: body.state for about, body in portals[name].known.items()}


@pytest.mark.req("R-DRT-12", "R-INT-06", "R-INT-07", "R-INT-08", "R-INT-09")
def test_published_token_is_told_to_four_portals_and_the_family(desk, portals, telephones):
    assert publish() == 2
    push_until_all_left()

    for name in ("ppp", "unit_committee", "aepds"):
        assert known(portals, name) == {ASHA: "published", FARAWAY: "published"}
    assert set(portals["help_me"].known) == {ASHA, FARAWAY}
    body = portals["ppp"].known[ASHA]
    assert (body.holder, body.members, body.months, body.shop, body.shop_name) == (
        "Asha Devi", 3, ("2020-04", "2020-05", "2020-06"), SHOP, "Ravi Fair Price Shop",
    )  # fmt: skip
    (asha,), (far,) = telephones.messages_for("9876500001"), telephones.messages_for("9876500004")
    assert ("XXXXXXXXXX0014" in asha.text, "XXXXXXXXXX0011" in far.text) == (True, True)


@pytest.mark.req("R-DRT-12")
def test_committee_of_the_family_is_found_and_shown_a_link(desk, portals):
    publish()
    push_until_all_left()

    told = Message.objects.get(system="unit_committee", about=ASHA)
    assert told.answer == {"committee": "UC-61001", "committee_name": "Unit Committee, Hansi"}
    assert portals["unit_committee"].links[ASHA].endswith(f"/tokens/{ASHA}.pdf")


def test_publishing_again_tells_nobody_again(desk, portals):
    publish()
    push_until_all_left()
    assert publish() == 0
    push_until_all_left()

    assert {name: len(portals[name].received) for name in FOUR} == dict.fromkeys(FOUR, 2)


def test_new_shop_is_told_after_the_old_one_and_says_what_is_true_then(desk, meena, portals, telephones):
    publish()
    token_ = Token.objects.filter(number=ASHA)
    other = Shop.objects.get(number="106300100002")
    shops.change_shop(tokens=token_, shop=other, why="closer", by=meena, at=NOON, beyond=True)
    push_until_all_left()

    assert portals["aepds"].known[ASHA].shop == "106300100002"
    assert [one.text.count("Uklana Depot") for one in telephones.messages_for("9876500001")] == [1, 1]


def test_refusal_of_a_portal_is_a_dead_letter_with_its_owner(desk, portals):
    portals["unit_committee"].without_committee = {"61001"}
    publish()
    push_until_all_left()

    (dead,) = Message.objects.filter(state="dead")
    assert (dead.system, dead.about, dead.code, dead.district_code) == (
        "unit_committee",
        ASHA,
        "committee_unknown",
        "63",
    )


def test_portals_killed_slow_failing_doubling_and_talking_rubbish_lose_and_double_nothing(desk, portals):
    made = run(key="c" * 64)
    for place in range(120):
        token(made, f"064{place:011d}", f"Holder {place}", shop_number=SHOP, mobile="9876500001")
    publish()
    for name in FOUR:
        for fault in (Fault.ERROR, Fault.CUT, Fault.TWICE, Fault.RUBBISH) * 5:
            portals[name].fail(fault)
    portals["ppp"].kill()
    for _ in range(3):
        Line.objects.update(rests_until=None)
        sending.drain()
    assert portals["ppp"].received == []
    assert Message.objects.filter(system="ppp", state="waiting").count() == 122
    portals["ppp"].revive()
    push_until_all_left()

    for name in FOUR:
        assert len(portals[name].received) == len({one.id for one in portals[name].received}) == 122
        assert set(portals[name].known) == set(
            Token.objects.filter(state="published").values_list("number", flat=True)
        )
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def collect(system, kind, rounds=60):
    count = 0
    for _ in range(rounds):
        Pull.objects.update(rests_until=None)
        count += collecting.collect(system, kind)
    return count


@pytest.mark.req("R-DRT-13", "R-INT-07", "R-INT-19")
def test_hand_over_on_the_committees_portal_counts_here_once_through_every_fault(desk, portals):
    publish()
    push_until_all_left()
    portal = portals["unit_committee"]
    portal.hand_over(ASHA, "downloaded", at=NOON)
    portal.hand_over(ASHA, "handed_over", proof="mark", at=NOON)
    portal.hand_over(ASHA, "handed_over", at=NOON)
    portal.hand_over(FARAWAY, "not_found", at=NOON)
    for fault in (Fault.ERROR, Fault.RUBBISH, Fault.CUT, Fault.TWICE):
        portal.fail(fault)

    assert collect("unit_committee", "hand_overs") == 4
    assert list(Step.objects.order_by("pk").values_list("token__number", "kind", "hand", "proof")) == [
        (ASHA, "downloaded", "unit_committee", ""),
        (ASHA, "handed_over", "unit_committee", "mark"),
        (FARAWAY, "not_found", "unit_committee", ""),
    ]
    assert Token.objects.get(number=ASHA).state == "delivered"
    Pull.objects.update(cursor="")
    assert collect("unit_committee", "hand_overs") == 0


def test_hand_over_of_a_token_nobody_knows_ends_in_a_named_place(desk, portals):
    publish()
    push_until_all_left()
    portals["unit_committee"].hand_over(ASHA, at=NOON)
    Token.objects.filter(number=ASHA).update(number="06300000000099")
    collect("unit_committee", "hand_overs", rounds=1)

    assert ToldRow.objects.get().outcome == "token_unknown"


@pytest.mark.req("R-INT-02")
def test_families_of_a_shop_are_told_when_grain_arrives(desk, portals, telephones):
    publish()
    portals["trackpds"].arrive(SHOP, "wheat", 5_000_000, on=date(2020, 5, 14))
    collect("trackpds", "arrivals", rounds=2)
    push_until_all_left()

    _, told = telephones.messages_for("9876500001")
    assert ["पहुँच" in told.text, "14.05.2020" in told.text, "Ravi Fair Price Shop" in told.text] == [True] * 3


def test_token_that_waits_for_a_shop_is_told_to_nobody(desk, portals):
    publish()

    assert not Message.objects.filter(about=KAMLA).exists()
