"""Cards of another shop, tokens, alternatives, and lifts in other States, as the counter's pages show them."""

from uuid import uuid4

import pytest

from rasad.counter.models import ElsewhereLift, Sale
from tests.cast import client_of
from tests.counter import cast
from tests.counter.at_pages import pid_data, shown, words


@pytest.fixture
def counter(ravis, clock, world, ravi):
    """Ravi's browser."""
    return client_of(ravi)


@pytest.fixture
def seconds(counter):
    """Asha's card belongs to the second shop: at Ravi's it is away from home."""
    cast.shop(cast.SECOND, name="Second Store")
    return cast.ashas_card(tagged_to=cast.SECOND)


def test_card_of_another_shop_is_served_by_finger(counter, seconds, world):
    page, visit = shown(counter)

    counter.post(f"{visit}/finger", {"member": 1, "finger": "LEFT_INDEX", "captured": pid_data(world)})
    sold = counter.post(f"{visit}/quantities", {"wheat": "5", "sell": "1"}, follow=True)

    assert "Card of another shop of the State" in words(page)
    assert "Receipt" in words(sold)
    assert Sale.objects.get().kind == "away"


def test_card_of_another_shop_is_not_served_without_authentication(counter, seconds):
    _, visit = shown(counter)
    counter.post(f"{visit}/finger/skip")

    offered = counter.get(f"{visit}/without")
    forced = counter.post(f"{visit}/without", {"why": "mobile_not_carried"})

    assert "the finger or the code must match" in words(offered)
    assert forced.status_code == 409
    assert Sale.objects.count() == 0


def test_card_of_another_shop_without_a_mobile_is_told_what_can_be_done(counter, world):
    cast.shop(cast.SECOND, name="Second Store")
    cast.card(cast.BINODS_CARD, cast.person("Binod", cast.BINOD), tagged_to=cast.SECOND)
    _, visit = shown(counter, cast.BINODS_CARD)

    page = counter.post(f"{visit}/finger/skip", follow=True)

    assert page.status_code == 409
    assert "This card cannot be served this way at this shop." in words(page)
    assert counter.get(f"{visit}/quantities").url == f"{visit}/stuck"


@pytest.mark.req("R-POS-16", "R-POS-17", "R-ACT-21")
def test_lift_in_another_state_is_told_with_day_state_shop_and_quantity(counter):
    cast.ashas_card()
    ElsewhereLift.objects.create(
        reservation=uuid4(), holder=cast.CARD, month="2026-11", state="IN-WB", shop="Ma Tara Bhandar, Siliguri",
        lines={"wheat": 4_000}, at=cast.at(9, day=5),
    )  # fmt: skip

    page, _ = shown(counter)

    said = words(page)
    assert "5 November 2026, IN-WB, Ma Tara Bhandar, Siliguri: Wheat 4 kg" in said
    assert "contact the Inspector, F&amp;S" in said


def test_family_with_neither_aadhaar_nor_mobile_goes_straight_to_the_grain(counter):
    cast.card("069900000050", cast.person("Kamla"))

    page, visit = shown(counter, "069900000050")

    assert "Go on to the grain" in words(page)
    assert "How much? Without authentication" in words(counter.get(f"{visit}/quantities"))


def test_nothing_left_is_said_and_sells_nothing(counter):
    cast.card("069900000050", cast.person("Kamla"))
    _, visit = shown(counter, "069900000050")
    counter.post(f"{visit}/quantities", {"wheat": "5", "pulses": "2.5", "sell": "1"})
    _, again = shown(counter, "069900000050")

    page = counter.get(f"{again}/quantities")

    assert "Nothing can be handed over now." in words(page)


def test_what_was_sold_meanwhile_is_refused_with_what_is_left(counter):
    cast.card("069900000050", cast.person("Kamla"))
    _, first = shown(counter, "069900000050")
    _, second = shown(counter, "069900000050")
    counter.post(f"{first}/quantities", {"wheat": "4", "sell": "1"})

    page = counter.post(f"{second}/quantities", {"wheat": "2", "sell": "1"})

    assert "Only 1 kg is left on the card this month." in words(page)
    assert Sale.objects.count() == 1
