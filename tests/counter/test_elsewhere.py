"""Bengal and Bihar serve Asha's card: what they are told, what they reserve, sell and let go."""

from datetime import UTC, date, datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

import msgspec
import pytest

from rasad.connectors.impds import wire
from rasad.connectors.impds.other_state import OtherState
from rasad.counter.elsewhere.actions import name_of
from rasad.counter.models import ElsewhereLift
from rasad.journal.models import Entry
from rasad.ledger import actions as ledger
from rasad.ledger.models import Account, Transfer
from rasad.registry.models import Card
from rasad.values.refused import Refused
from tests.counter import cast, guests
from tests.registry.files import card_ended

MONTH = "2026-11"


class State:
    """A State that asks for our cards, over Django's test client."""

    forms: ClassVar = {
        wire.CardAsked: wire.HomeCard, wire.ReserveAsked: wire.Reserved, wire.PostAsked: wire.Settled,
        wire.VoidAsked: wire.Settled,
    }  # fmt: skip

    def __init__(self, client, code, key):
        self.client, self.clock = client, cast.NOON
        self.asker = OtherState("http://testserver/api", code, key)

    def sent(self, ask, **changed):
        path, body, headers = self.asker.signed(ask, at=datetime.now(UTC))
        told = {"body": body, "headers": headers} | changed
        return self.client.post(path, told["body"], content_type="application/json", headers=told["headers"])

    def ask(self, ask):
        """What was asked for, or the refusal."""
        reply = self.sent(ask)
        form = self.forms[type(ask)] if reply.status_code == 200 else wire.NoSaid
        return msgspec.json.decode(reply.content, type=form)

    def card(self, number=cast.CARD, month=MONTH):
        return self.ask(wire.CardAsked(number=number, month=month))

    def reserve(self, grams=9_000, *, id=None, **changed):
        told = {
            "reservation": id or uuid4(), "state": "IN-HR", "card": cast.CARD, "month": MONTH,
            "lines": {"wheat": grams}, "shop": "Ma Tara Bhandar, Siliguri", "at": self.clock,
            "until": self.clock + timedelta(hours=24),
        }  # fmt: skip
        return self.ask(wire.ReserveAsked(**told | changed))

    def post(self, id, at=None):
        return self.ask(wire.PostAsked(reservation=id, at=at or self.clock))

    def void(self, id):
        return self.ask(wire.VoidAsked(reservation=id))


@pytest.fixture
def states(ashas, clock, client, settings):
    settings.IMPDS_KEYS = {"IN-WB": b"w" * 32, "IN-BR": b"b" * 32}
    return State(client, "IN-WB", b"w" * 32), State(client, "IN-BR", b"b" * 32)


@pytest.fixture
def bengal(states):
    return states[0]


@pytest.fixture
def bihar(states):
    return states[1]


def wheat():
    """Lifted, kept and left on Asha's card."""
    cast.visit()
    one = Account.objects.get(kind="entitlement", holder=cast.CARD, commodity="wheat")
    return one.received, one.held, one.left


@pytest.mark.req("R-PRT-01", "R-PRT-02")
def test_card_is_told_with_its_members_masked_and_what_is_left(bengal):
    told = bengal.card()

    assert (told.state, told.number, told.category, told.month) == ("IN-HR", cast.CARD, "PHH", MONTH)
    assert (told.is_nfsa, told.is_linked, told.is_validated, told.is_active) == (True, True, True, True)
    assert [(one.line, one.name, one.is_linked, one.is_validated) for one in told.members] == [
        (1, "As** De**", True, True),
        (2, "Bi*** Ku***", True, True),
        (3, "Ch****", True, True),
    ]
    assert [(one.commodity, one.kind, one.full, one.left) for one in told.lines] == [
        ("wheat", "foodgrain", 15_000, 15_000),
        ("pulses", "other", 2_500, 0),
    ]
    assert (told.lifts, told.last_away_on) == ((), None)


@pytest.mark.req("R-PRT-02")
def test_what_uidai_called_a_member_at_a_shop_of_ours_stands_for_the_number(bengal, world):
    cast.finger(cast.visit(), world)

    told = bengal.card().members

    assert [len(one.uid_token) for one in told] == [72, 0, 0]
    assert world.aadhaar.uidai.known.resident(told[0].uid_token, aua="RASADAUA01").uid == cast.ASHA


@pytest.mark.req("R-PRT-02", "R-PRT-16")
def test_what_was_lifted_at_home_is_told(bengal, world):
    shown = cast.visit()
    cast.finger(shown, world)
    cast.sell(shown, wheat=6_000, pulses=500)

    told = bengal.card()

    assert told.line("wheat").left == 9_000
    assert [(one.on, one.state, one.shop, one.commodity, one.grams) for one in told.lifts] == [
        (date(2026, 11, 12), "IN-HR", "Ravi Store", "wheat", 6_000),
        (date(2026, 11, 12), "IN-HR", "Ravi Store", "pulses", 500),
    ]
    assert told.last_away_on is None


@pytest.mark.req("R-PRT-18")
def test_card_outside_the_act_is_told_as_such(ravis, clock, client, settings):
    settings.IMPDS_KEYS = {"IN-WB": b"w" * 32}
    cast.card(cast.CARD, cast.person("Asha Devi", cast.ASHA), category="APL")

    told = State(client, "IN-WB", b"w" * 32).card()

    assert (told.is_nfsa, told.category) == (False, "APL")
    assert {one.kind for one in told.lines} <= {"other"}


@pytest.mark.req("R-PRT-18")
def test_card_that_is_not_linked_or_not_validated_is_told_as_such(ravis, clock, client, settings):
    settings.IMPDS_KEYS = {"IN-WB": b"w" * 32}
    cast.card(cast.CARD, cast.person("Asha Devi"))
    cast.card(cast.BINODS_CARD, cast.person("Binod Kumar", cast.BINOD, is_validated=False))
    bengal = State(client, "IN-WB", b"w" * 32)

    told = [bengal.card(number) for number in (cast.CARD, cast.BINODS_CARD)]

    assert [(one.is_linked, one.is_validated) for one in told] == [(False, False), (True, False)]


def test_card_that_ended_is_told_as_not_active_and_nothing_is_reserved(bengal):
    card_ended(Card.objects.get().number, on=date(2026, 11, 1))

    assert (bengal.card().is_active, bengal.card().lines) == (False, ())
    assert bengal.reserve().code == "impds_card_not_active"


def test_card_nobody_has_is_unknown(bengal):
    assert bengal.card("069900009999").code == "impds_card_unknown"
    assert bengal.reserve(card="069900009999").code == "impds_card_unknown"
    assert bengal.reserve(state="IN-UP").code == "impds_card_unknown"
    assert bengal.ask(wire.CardAsked(aadhaar_ref="0" * 64, month=MONTH)).code == "impds_card_unknown"


@pytest.mark.req("R-PRT-02", "R-PRT-16")
def test_what_is_reserved_cannot_be_lifted_at_home_and_what_is_posted_is_lifted(bengal, world):
    kept = bengal.reserve(9_000)

    assert (kept.lines, kept.left) == ({"wheat": 9_000}, {"wheat": 6_000})
    assert kept.until == cast.NOON + timedelta(hours=24)
    assert wheat() == (0, 9_000, 6_000)
    assert bengal.post(kept.reservation).outcome == "posted"
    assert wheat() == (9_000, 0, 6_000)
    moved = Transfer.objects.get(kind="elsewhere")
    assert (moved.quantity, moved.source) == (9_000, ledger.outside("other_states").pk)


@pytest.mark.req("R-POS-16", "R-POS-17", "R-PRT-02")
def test_home_shop_sees_when_where_and_how_much_was_lifted_elsewhere(bengal, world):
    kept = bengal.reserve(9_000)
    bengal.post(kept.reservation, at=cast.at(11, 30))

    shown = cast.visit()

    assert [(one.at, one.state, one.shop, one.lines) for one in shown.elsewhere] == [
        (cast.NOON, "IN-WB", "Ma Tara Bhandar, Siliguri", {"wheat": 9_000})
    ]
    assert shown.offers[0].left == 6_000
    told = bengal.card()
    assert (told.last_away_on, [lift.state for lift in told.lifts]) == (date(2026, 11, 12), ["IN-WB"])


def test_day_of_a_lift_that_is_told_later_is_the_shops(bengal, clock):
    kept = bengal.reserve(9_000)
    clock.forward(hours=20)

    bengal.post(kept.reservation, at=cast.at(15))

    assert ElsewhereLift.objects.get().at == cast.at(15)


@pytest.mark.req("R-PRT-16")
def test_everything_asked_twice_happens_once(bengal, clock):
    id = uuid4()

    answers = [bengal.reserve(9_000, id=id), bengal.reserve(9_000, id=id)]
    clock.forward(seconds=1)
    outcomes = [bengal.post(id).outcome, bengal.post(id).outcome]

    assert answers[0].left == answers[1].left == {"wheat": 6_000}
    assert outcomes == ["posted", "posted"]
    assert bengal.reserve(9_000, id=id).left == {"wheat": 6_000}
    assert wheat() == (9_000, 0, 6_000)
    assert ElsewhereLift.objects.count() == 1


@pytest.mark.req("R-PRT-16")
def test_what_is_let_go_is_free_again_and_cannot_be_posted(bengal):
    kept = bengal.reserve(9_000)

    assert [bengal.void(kept.reservation).outcome for _ in range(2)] == ["voided", "voided"]
    assert wheat() == (0, 0, 15_000)
    assert bengal.post(kept.reservation).code == "impds_reservation_gone"
    assert bengal.reserve(9_000, id=kept.reservation).code == "impds_reservation_gone"
    assert not ElsewhereLift.objects.exists()


def test_what_is_posted_cannot_be_let_go(bengal):
    kept = bengal.reserve(9_000)
    bengal.post(kept.reservation)

    assert bengal.void(kept.reservation).code == "impds_reservation_posted"


@pytest.mark.req("R-PRT-16")
def test_letting_go_that_overtakes_its_reservation_stops_it(bengal):
    id = uuid4()

    assert bengal.void(id).outcome == "voided"
    assert bengal.reserve(9_000, id=id).code == "impds_reservation_gone"
    assert wheat() == (0, 0, 15_000)


@pytest.mark.parametrize(
    "other",
    [{"grams": 8_999}, {"shop": "Another one"}, {"month": "2026-12"}, {"card": cast.BINODS_CARD}],
    ids=lambda one: next(iter(one)),
)
def test_same_id_for_something_else_is_refused(bengal, other):
    cast.card(cast.BINODS_CARD, cast.person("Binod's sister"))
    kept = bengal.reserve(9_000)

    assert (
        bengal.reserve(**{"grams": 9_000, "id": kept.reservation} | other).code == "impds_reservation_reused"
    )


def test_two_states_may_name_their_reservations_alike(bengal, bihar):
    id = uuid4()

    bengal.reserve(5_000, id=id)
    bihar.reserve(4_000, id=id)
    bihar.void(id)

    assert wheat() == (0, 5_000, 10_000)
    assert bihar.post(id).code == "impds_reservation_gone"
    assert name_of("IN-WB", id) != name_of("IN-BR", id)


@pytest.mark.req("R-PRT-16")
def test_more_than_is_left_is_refused_with_what_is_left(bengal, bihar):
    bengal.reserve(9_000)

    no = bihar.reserve(6_001)

    assert (no.code, no.balance) == ("impds_balance_changed", {"wheat": 6_000})
    assert bihar.reserve(6_000).left == {"wheat": 0}


def test_what_does_not_travel_is_not_reserved(bengal):
    no = bengal.reserve(lines={"wheat": 1_000, "pulses": 500, "gold": 1})

    assert (no.code, no.balance) == ("impds_balance_changed", {"wheat": 15_000, "pulses": 0, "gold": 0})
    assert wheat() == (0, 0, 15_000)


@pytest.mark.parametrize("month", ["2026-10", "2026-12"])
def test_month_that_is_over_or_to_come_has_nothing(bengal, month):
    assert bengal.card(month=month).line("wheat").left == 0
    assert bengal.reserve(month=month).balance == {"wheat": 0}


@pytest.mark.req("R-PRT-16")
def test_reservation_ends_by_itself(bengal, clock):
    kept = bengal.reserve(9_000, until=cast.NOON + timedelta(minutes=30))
    clock.forward(minutes=30)

    assert bengal.post(kept.reservation).code == "impds_reservation_gone"
    assert ledger.expire_holds(at=clock.forward(seconds=1)) == 1
    assert wheat() == (0, 0, 15_000)
    assert bengal.reserve(9_000, id=kept.reservation).code == "impds_reservation_gone"


def test_reservation_that_is_over_makes_room_for_the_next_one(bengal, clock):
    bengal.reserve(9_000, until=cast.NOON + timedelta(minutes=30))
    clock.forward(minutes=31)

    assert bengal.reserve(15_000).left == {"wheat": 0}


def test_clock_of_the_asking_state_need_not_agree_with_ours(bengal, clock):
    bengal.clock = cast.NOON - timedelta(days=3)
    kept = bengal.reserve(9_000)
    clock.forward(hours=23)

    assert kept.until == bengal.clock + timedelta(hours=24)
    assert bengal.post(kept.reservation).outcome == "posted"


def test_no_state_keeps_grain_for_weeks(bengal, clock):
    kept = bengal.reserve(9_000, until=cast.NOON + timedelta(days=30))

    assert kept.until == cast.NOON + timedelta(hours=72)
    assert bengal.reserve(1_000, until=cast.NOON).code == "impds_reservation_gone"


def test_reservation_of_november_may_be_posted_in_december(bengal, clock):
    clock.at = cast.at(23, 50, day=30)
    kept = bengal.reserve(9_000)
    clock.forward(minutes=20)

    assert bengal.post(kept.reservation).outcome == "posted"
    assert ElsewhereLift.objects.get().month == MONTH


@pytest.mark.req("R-PRT-16")
def test_home_sale_beside_a_reservation_takes_what_is_left_only(bengal, world):
    bengal.reserve(9_000)
    shown = cast.visit()
    cast.finger(shown, world)

    with pytest.raises(Refused, match="more_than_left"):
        cast.sell(shown, wheat=6_001)
    assert cast.sell(shown, wheat=6_000).lines[0].left == 0


def test_journal_says_which_state_reserved_what_for_which_shop(bengal):
    kept = bengal.reserve(9_000)

    entry = Entry.objects.get(action="elsewhere.reserved")
    assert (entry.by, entry.of_key) == ("IN-WB", str(name_of("IN-WB", kept.reservation)))
    assert (entry.facts["card"], entry.facts["lines"]) == (cast.CARD, {"wheat": 9_000})


def code(reply):
    return reply.status_code, msgspec.json.decode(reply.content, type=wire.NoSaid).code


def test_who_does_not_sign_is_not_answered(bengal, bihar, client):
    ask = wire.CardAsked(number=cast.CARD, month=MONTH)
    _, _, headers = bihar.asker.signed(ask, at=datetime.now(UTC))
    stale = bengal.asker.signed(ask, at=datetime.now(UTC) - timedelta(minutes=3))[2]
    stranger = OtherState("http://testserver/api", "IN-UP", b"u" * 32).signed(ask, at=datetime.now(UTC))[2]

    assert [code(bengal.sent(ask, headers=one)) for one in ({}, stale, stranger)] == [
        (401, "unsigned_malformed"),
        (401, "unsigned_clock"),
        (401, "unsigned_unknown_state"),
    ]
    assert code(bengal.sent(ask, body=b"{}")) == (401, "unsigned_signature")
    assert bengal.sent(ask, headers=headers).status_code == 200
    assert code(bengal.sent(ask, headers=headers)) == (401, "unsigned_nonce")


@pytest.mark.parametrize("month", ["2026-13", "0000-01"])
def test_what_cannot_be_read_is_said_to_be_so(bengal, month):
    assert code(bengal.sent(wire.CardAsked(number=cast.CARD, month=month))) == (400, "unreadable")


def test_state_that_shares_keys_with_nobody_has_no_such_address(ashas, client, settings):
    settings.IMPDS_KEYS = {}

    assert client.post("/api/impds/v1/card").status_code == 404


def test_numbers_of_visits_here_and_of_reservations_there_do_not_meet(bengal, world):
    shown = cast.visit()
    cast.finger(shown, world)
    receipt = cast.sell(shown, wheat=1_000)

    kept = bengal.reserve(1_000, id=UUID(receipt.id))

    assert bengal.post(kept.reservation).outcome == "posted"
    assert wheat() == (2_000, 0, 13_000)
    assert guests.standing(shown).mode == "biometric"
