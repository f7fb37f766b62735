"""Training: the twins are started together, the counter says where they are, a made-up State is made ready to sell."""

import json

import httpx
import pytest
from django.utils import translation

from rasad.connectors.exchange.portals import PORTALS
from rasad.counter import furnish, twins
from rasad.counter.models import Visit
from rasad.ledger.models import Account
from rasad.shops.models import OpeningHours, Shop
from tests.cast import client_of
from tests.counter import cast
from tests.counter.at_pages import shown, words

ANY = twins.Ports(0, 0, 0)


@pytest.fixture
def training(settings, tmp_path):
    """A folder of its own for what the twins write, and training on."""
    settings.HOME, settings.TRAINING = tmp_path, True
    (tmp_path / "twins").mkdir()
    return tmp_path / "twins"


def test_all_twins_answer_and_write_down_where_they_are(training):
    with twins.running(training, ports=ANY) as made:
        answers = {name: httpx.get(address).status_code for name, address in made.addresses.items()}

    assert answers == dict.fromkeys(["reader", "telephones", "whatsapp", "uidai", "states", *PORTALS], 200)
    assert json.loads((training / "twins.json").read_text()) == made.addresses
    written = (training / "settings.env").read_text()
    assert "export RASAD_TRAINING='1'" in written
    assert (training / "settings.env").stat().st_mode & 0o777 == 0o600
    assert [name for name in made.settings if f"export {name}=" not in written] == []


def test_panel_shows_the_twins_and_the_cards_to_try(training, ravis, ravi, clock):
    furnish.cards_to_try(ravis, at=cast.NOON)
    with twins.running(training, ports=ANY) as made:
        page = client_of(ravi).get("/counter/training")

    said = words(page)
    assert "Training: nothing here is real." in said
    assert "069999000101" in said
    assert "190000000101 IMPDS" in said
    assert made.addresses["reader"] in page.content.decode()


def test_no_panel_outside_training(ravis, ravi, clock):
    page = client_of(ravi).get("/counter/training")

    assert page.status_code == 404
    assert "nothing here is real" not in words(client_of(ravi).get("/counter"))


def test_made_up_state_is_ready_to_sell_and_stays_as_it_is(training, ravi, world, clock):
    shop = cast.shop(stock=0)
    OpeningHours.objects.all().delete()

    furnish.furnish(by="demo", at=cast.NOON, progress=lambda done, of: None)
    furnish.furnish(by="demo", at=cast.NOON, progress=lambda done, of: None)
    furnish.cards_to_try(shop, at=cast.NOON)
    furnish.cards_to_try(shop, at=cast.NOON)

    stock = Account.objects.get(kind="stock", holder=shop.number, commodity="wheat", part="NFSA")
    assert stock.received == furnish.PLENTY
    assert OpeningHours.objects.filter(shop=shop).count() == 14
    page, _ = shown(client_of(ravi), "069999000102")
    assert "Dinesh Lal ◐ Aadhaar linked, not validated ✓ mobile …0002" in words(page)
    assert Visit.objects.get().kind == "home"


def test_shop_with_the_most_cards_of_a_district(ravis, ashas):
    cast.shop(cast.SECOND, name="Second Store")

    assert furnish.busiest_shop("63") == Shop.objects.get(number=cast.RAVIS)
    assert furnish.busiest_shop("999") is None


def test_cards_to_try_speak_the_readers_language(training, ravis, ravi, clock):
    furnish.cards_to_try(ravis, at=cast.NOON)

    with translation.override("hi"):
        said = words(client_of(ravi).get("/counter/training?language=hi"))

    assert "आशा का परिवार।" in said
