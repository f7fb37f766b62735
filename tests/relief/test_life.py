"""The life of a token: three phases, no move beside the table, and an end on the scheme's last day."""

from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

from rasad.cli import app
from rasad.journal.models import Entry
from rasad.policy.relief import completion
from rasad.relief import actions
from rasad.relief.life import GENERATED, LIVING, MOVES, PHASES, Event, Phase, after, before
from rasad.relief.models import Token
from rasad.relief.printing import to_print
from rasad.values.refused import Refused
from rasad.web.refusals import say
from tests.pipelines.relief.cast import DRT
from tests.relief.cast import run, token
from tests.relief.taking import take_in

State = Token.State
LAST_DAY = date(2020, 6, 30)
AFTER = date(2020, 7, 1)
AT = datetime(2020, 7, 1, 0, 30, tzinfo=UTC)

TABLE = {
    (GENERATED, Event.ASSIGN_SHOP): "shop_assigned",
    (GENERATED, Event.QUEUE): "awaiting_shop",
    ("awaiting_shop", Event.ASSIGN_SHOP): "shop_assigned",
    ("shop_assigned", Event.REASSIGN): "shop_assigned",
    ("published", Event.REASSIGN): "published",
    ("delivered", Event.REASSIGN): "delivered",
    ("in_use", Event.REASSIGN): "in_use",
    ("shop_assigned", Event.UNASSIGN): "awaiting_shop",
    ("published", Event.UNASSIGN): "awaiting_shop",
    ("shop_assigned", Event.PUBLISH): "published",
    ("published", Event.DELIVER): "delivered",
    ("delivered", Event.SELL): "in_use",
    ("in_use", Event.SELL): "in_use",
    ("awaiting_shop", Event.CANCEL): "cancelled",
    ("shop_assigned", Event.CANCEL): "cancelled",
    ("published", Event.CANCEL): "cancelled",
    ("delivered", Event.CANCEL): "cancelled",
    ("in_use", Event.CANCEL): "cancelled",
    ("awaiting_shop", Event.EXPIRE): "expired",
    ("shop_assigned", Event.EXPIRE): "expired",
    ("published", Event.EXPIRE): "expired",
    ("delivered", Event.EXPIRE): "expired",
    ("in_use", Event.EXPIRE): "expired",
}
EVERY = [(state, event) for state in (GENERATED, *State.values) for event in Event]


def test_moves_are_those_of_the_requirements():
    assert {move: after(*move) for move in MOVES} == TABLE


@pytest.mark.parametrize(("state", "event"), [move for move in EVERY if move not in TABLE])
def test_move_beside_the_table_is_refused(state, event):
    with pytest.raises(Refused) as refused:
        after(state, event)

    assert refused.value.code == "move_not_in_life"


def test_refused_move_says_where_the_token_stands():
    with pytest.raises(Refused) as refused:
        after("awaiting_shop", Event.DELIVER)

    assert say(refused.value).what == "“Hand over” is not possible with this token now."
    assert "“Waiting for a shop”" in say(refused.value).why


@pytest.mark.req("R-DRT-17")
def test_token_goes_through_generation_completion_and_delivery_in_this_order():
    order = list(Phase)
    steps = {
        (order.index(PHASES[state]), order.index(PHASES[to]))
        for (state, event), to in MOVES.items()
        if to in PHASES and event is not Event.UNASSIGN
    }

    assert order == ["generation", "completion", "delivery"]
    assert steps == {(0, 1), (1, 1), (1, 2), (2, 2)}
    # Only an officer who takes his own choice of shop back goes back a phase.
    assert before(Event.UNASSIGN) == ("shop_assigned", "published")
    assert set(PHASES) == {GENERATED, *LIVING}


@pytest.mark.req("R-DRT-17")
@pytest.mark.django_db(transaction=True)
def test_run_generates_tokens_and_completes_them_and_delivery_begins_with_a_shop(first):
    take_in(first)

    stand = {token.state: bool(token.shop_number) for token in Token.objects.all()}
    assert stand == {"shop_assigned": True, "awaiting_shop": False}
    assert {completion(DRT, "106300100001").state, completion(DRT, None).state} == set(stand)
    assert {PHASES[state] for state in stand} == {Phase.COMPLETION}
    assert before(Event.PUBLISH) == ("shop_assigned",)
    assert before(Event.DELIVER) == ("published",)
    with pytest.raises(Refused):
        after("awaiting_shop", Event.PUBLISH)


@pytest.fixture
def tokens(db):
    """One token in every state, and one of another scheme that goes on."""
    made = run()
    for number, state in enumerate(State.values):
        shop = "" if state == "awaiting_shop" else "106300100001"
        token(made, f"0630000000{number}", "Asha Devi", state=state, shop_number=shop)
    goes_on = run(key="another", scheme="still_on", conditions=still_on())
    token(goes_on, "06300000009", "Kamla", scheme="still_on", shop_number="106300100001")


def still_on():
    """The conditions of a scheme like the one of 2020 that ends ten years later."""
    told = DRT.model_dump(mode="json")
    told["code"] = "still_on"
    months = [month.replace("2020", "2030") for month in told["validity"]["months"]]
    told["validity"] |= {"months": months, "first_day": "2030-04-01", "last_day": "2030-06-30"}
    return told


def expire(on, at=AT):
    return actions.expire_tokens(scheme="drt_2020", on=on, by="clock", at=at)


@pytest.mark.req("R-DRT-20")
def test_every_living_token_expires_when_the_last_day_is_over(tokens):
    assert expire(AFTER) == 5

    told = Token.objects.filter(scheme="drt_2020").order_by("number")
    assert list(told.values_list("state", "state_before_end")) == [
        ("expired", "awaiting_shop"),
        ("expired", "shop_assigned"),
        ("expired", "published"),
        ("expired", "delivered"),
        ("expired", "in_use"),
        ("expired", ""),
        ("cancelled", ""),
    ]
    assert Token.objects.get(scheme="still_on").state == "shop_assigned"


@pytest.mark.req("R-DRT-20")
def test_expired_tokens_are_kept_for_record_with_their_people_and_shop(tokens):
    expire(AFTER)

    kept = Token.objects.get(state_before_end="delivered")
    assert (kept.holder_name, kept.shop_number, kept.months[-1]) == ("Asha Devi", "106300100001", "2020-06")
    assert (kept.last_state, kept.last_state_words) == ("delivered", "Delivered")
    assert not to_print(Token.objects.filter(scheme="drt_2020")).exists()
    entry = Entry.objects.get()
    assert (entry.action, entry.of_kind, entry.of_key, entry.by) == (
        "relief.expired",
        "scheme",
        "drt_2020",
        "clock",
    )
    assert entry.facts == {
        "tokens": 5,
        "last_day": "2020-06-30",
        "before": {
            "awaiting_shop": 1,
            "delivered": 1,
            "in_use": 1,
            "published": 1,
            "shop_assigned": 1,
        },
    }


@pytest.mark.req("R-DRT-20")
def test_no_token_expires_on_the_last_day_itself(tokens):
    assert expire(LAST_DAY) == 0
    assert Token.objects.filter(state="in_use").count() == 1


def test_expiring_again_changes_nothing(tokens):
    expire(AFTER)

    assert expire(AFTER) == 0
    assert Entry.objects.count() == 1


def test_no_token_expires_before_its_time(tokens):
    with pytest.raises(Refused) as refused:
        expire(AFTER, at=datetime(2020, 6, 30, 18, 29, tzinfo=UTC))

    assert (refused.value.code, Token.objects.filter(state="expired").count()) == ("day_to_come", 1)


def test_midnight_in_india_is_the_end(tokens):
    assert expire(AFTER, at=datetime(2020, 6, 30, 18, 30, tzinfo=UTC)) == 5


@pytest.mark.req("R-DRT-20")
@pytest.mark.django_db(transaction=True)
def test_command_expires_each_scheme_that_is_over(tokens):
    told = CliRunner().invoke(app, ["relief", "expire", "--on", "2020-07-01", "--by", "meena"])

    assert told.output == "drt_2020: 5 tokens expired\nstill_on: 0 tokens expired\n"
    assert Entry.objects.get().by == "meena"


def test_pages_still_tell_who_had_the_token_in_hand(tokens, headquarters, logged_in):
    client = logged_in(headquarters)
    address = "/relief/tokens?state=delivered"
    before_the_end = client.get(address).content.decode()
    expire(AFTER)

    after_it = client.get(address).content.decode()

    assert after_it.count("Asha Devi") == before_the_end.count("Asha Devi") == 1
    assert "(before: Delivered)" in client.get("/relief/tokens/06300000003").content.decode()
