"""A shop for tokens without one: chosen, changed, taken back; never beyond its room by accident."""

from datetime import date, timedelta

import pytest

from rasad.delivery.actions import steps
from rasad.delivery.actions.steps import Who
from rasad.delivery.models import Hand
from rasad.desk.actions import shops as actions
from rasad.desk.models import ShopChoice
from rasad.desk.queries.nearby import best, place_of
from rasad.journal.models import Entry
from rasad.relief.models import Token
from rasad.shops.models import Shop
from rasad.values.refused import Refused
from tests.desk.conftest import NOON, TODAY
from tests.relief.cast import ASHA, FULL_SHOP, KAMLA, NOOR, SHOP, SHOP_ELSEWHERE, UKLANA

pytestmark = pytest.mark.django_db(transaction=True)


def shop(number):
    return Shop.objects.get(number=number)


def stands(number):
    token = Token.objects.get(number=number)
    return token.state, token.shop_number, token.shop_reason, token.shop_distance_m


def choose(by, *numbers, at=SHOP, **more):
    tokens = Token.objects.filter(number__in=numbers)
    return actions.choose_shop(tokens=tokens, shop=shop(at), by=by, at=NOON, **more)


@pytest.mark.req("R-DRT-11", "R-DRT-17")
def test_dfsc_gives_a_token_of_the_queue_its_shop_and_it_is_published(desk, meena):
    done = choose(meena, KAMLA)

    assert (done.tokens, done.passed_over) == (1, 0)
    assert stands(KAMLA) == ("published", SHOP, "officer", 44659)
    (choice,) = ShopChoice.objects.all()
    assert (choice.kind, choice.from_state, choice.from_reason, choice.by) == (
        "chosen", "awaiting_shop", "no_capacity", "meena",
    )  # fmt: skip
    assert Entry.objects.get(action="relief.shop_chosen").of_key == SHOP


def test_several_at_once_each_at_its_own_distance(desk, meena):
    done = choose(meena, KAMLA, NOOR)

    assert done.tokens == 2
    assert stands(NOOR) == ("published", SHOP, "officer", None)


def test_token_that_somebody_else_gave_a_shop_is_passed_over(desk, meena):
    choose(meena, KAMLA)

    assert choose(meena, KAMLA, NOOR).passed_over == 1


@pytest.mark.parametrize(
    ("at", "code"), [(FULL_SHOP, "shop_full"), (SHOP_ELSEWHERE, "shop_of_another_district")]
)
def test_shop_that_cannot_serve_is_refused(desk, meena, at, code):
    with pytest.raises(Refused, match=code):
        choose(meena, KAMLA, at=at)

    assert stands(KAMLA)[0] == "awaiting_shop"


def test_full_shop_takes_it_when_the_officer_says_so(desk, meena):
    choose(meena, KAMLA, at=FULL_SHOP, beyond=True)

    assert stands(KAMLA) == ("published", FULL_SHOP, "officer", 0)


def test_closed_shop_is_refused(desk, meena):
    Shop.objects.filter(number=SHOP).update(open_during=(date(2019, 1, 1), TODAY))

    with pytest.raises(Refused, match="shop_not_open"):
        choose(meena, KAMLA)


def test_choice_is_taken_back_as_a_whole(desk, meena):
    done = choose(meena, KAMLA, NOOR)
    back = actions.take_back(act=done.act, choices=ShopChoice.objects.all(), by=meena, at=NOON)

    assert (back.tokens, back.passed_over) == (2, 0)
    assert stands(KAMLA) == ("awaiting_shop", "", "no_capacity", None)
    assert stands(NOOR) == ("awaiting_shop", "", "place_unknown", None)
    with pytest.raises(Refused, match="nothing_to_take_back"):
        actions.take_back(act=done.act, choices=ShopChoice.objects.all(), by=meena, at=NOON)


def test_token_that_was_drawn_on_keeps_its_shop(desk, meena):
    done = choose(meena, KAMLA, NOOR)
    Token.objects.filter(number=KAMLA).update(state="in_use")
    back = actions.take_back(act=done.act, choices=ShopChoice.objects.all(), by=meena, at=NOON)

    assert (back.tokens, back.passed_over) == (1, 1)
    assert stands(KAMLA)[0] == "in_use"


def test_token_moves_when_its_shop_closes_and_stands_where_it_stood(desk, meena):
    Token.objects.filter(number=ASHA).update(state="delivered")
    Shop.objects.filter(number=FULL_SHOP).update(capacity_families=5)
    done = actions.empty_shop(
        shop=shop(SHOP), to=Shop.objects.all(), why="licence suspended", by=meena, at=NOON
    )

    assert done.tokens == 1
    assert stands(ASHA) == ("delivered", FULL_SHOP, "officer", 45523)


def test_shop_cannot_be_emptied_where_no_other_has_room(desk, meena):
    with pytest.raises(Refused, match="no_room_near"):
        actions.empty_shop(shop=shop(SHOP), to=Shop.objects.all(), why="closed", by=meena, at=NOON)

    assert stands(ASHA)[1] == SHOP


def test_change_is_taken_back_to_the_shop_before(desk, meena):
    done = actions.change_shop(
        tokens=Token.objects.filter(number=ASHA),
        shop=shop(FULL_SHOP),
        why="nearer",
        by=meena,
        at=NOON,
        beyond=True,
    )
    actions.take_back(act=done.act, choices=ShopChoice.objects.all(), by=meena, at=NOON)

    assert stands(ASHA) == ("shop_assigned", SHOP, "own_place", 0)


def test_best_shops_have_room_first_then_lie_near(desk):
    hisar = Shop.objects.filter(district_code="63")
    told = [(one.number, one.distance_m, one.room) for one in best(hisar, place_of(UKLANA), on=TODAY)]

    assert told == [(SHOP, 44659, 39), (FULL_SHOP, 0, 0)]


def test_choices_are_only_added(desk, meena):
    choose(meena, KAMLA)

    with pytest.raises(Exception, match="append_only"):
        ShopChoice.objects.update(to_shop="0")


PAPERS = ["given", "printed", "downloaded", "sent"]


@pytest.mark.parametrize("kind", PAPERS)
def test_choice_is_not_taken_back_once_a_paper_names_the_shop(desk, meena, kind):
    done = choose(meena, KAMLA, NOOR)
    token = Token.objects.get(number=KAMLA)
    steps.note(tokens=[token], kind=kind, who=Who(Hand.DFSC, meena), at=NOON + timedelta(minutes=1))
    back = actions.take_back(act=done.act, choices=ShopChoice.objects.all(), by=meena, at=NOON)

    assert (back.tokens, back.passed_over) == (1, 1)
    assert [stands(KAMLA)[:2], stands(NOOR)[:2]] == [("published", SHOP), ("awaiting_shop", "")]


def test_paper_that_names_the_shop_before_keeps_nobody_from_taking_the_change_back(desk, meena):
    token = Token.objects.get(number=ASHA)
    steps.note(tokens=[token], kind="printed", who=Who(Hand.DFSC, meena), at=NOON - timedelta(days=1))
    steps.note(tokens=[token], kind="not_found", who=Who(Hand.DFSC, meena), at=NOON + timedelta(days=1))
    done = actions.change_shop(
        tokens=Token.objects.filter(number=ASHA),
        shop=shop(FULL_SHOP),
        why="nearer",
        by=meena,
        at=NOON,
        beyond=True,
    )
    actions.take_back(act=done.act, choices=ShopChoice.objects.all(), by=meena, at=NOON)

    assert stands(ASHA)[1] == SHOP
