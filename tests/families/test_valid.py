"""The pages of families are valid HTML, with a family in them, without one, and refused."""

import pytest

from tests.cast import client_of
from tests.counter import cast
from tests.counter.cast import CARD
from tests.families.test_own_card import NEW, begun, browser
from tests.web.valid import faults

pytestmark = pytest.mark.django_db
PAGES = (
    "/families", "/families?q=Asha", "/families?q=Gulabo", f"/families/{CARD}", f"/families/{CARD}?on=2018-01-01",
    f"/families/{CARD}/print", f"/families/{CARD}/mobile",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_pages_of_the_desk_are_valid(asha, world, meena, language):
    shown = cast.visit()
    cast.unauthenticated(shown)
    cast.sell(shown, wheat=5_000)
    client = client_of(meena)

    found = {page: faults(client.get(page, headers={"accept-language": language}).text) for page in PAGES}
    assert {page: told for page, told in found.items() if told} == {}


def test_own_pages_are_valid(asha, world):
    client, _ = begun(world)
    refused = client.post("/my-card/mobile", {"line": 1, "mobile": NEW})
    pages = [refused, *map(client.get, ("/my-card", "/my-card/mobile", "/my-card/mobile/code"))]
    pages += [browser().get("/my-card"), browser().post("/my-card", {"card": "x"})]

    assert [faults(page.text) for page in pages if page.status_code == 200 or page is refused] == [[]] * 6


def test_code_page_is_valid(asha, world):
    client = browser()
    client.post("/my-card", {"card": CARD, "mobile": "9999900001"})

    assert faults(client.get("/my-card/code").text) == []
